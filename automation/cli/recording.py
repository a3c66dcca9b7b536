"""Recording a run for films and guides: in a practice store of its own, or in a real one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.cli.practice import PracticeStore, practice_store
from automation.errors import EnvironmentProblem, UnorderError

if TYPE_CHECKING:  # the real imports wait until a flow is followed: start-up
    from automation.flow.library import Library
    from automation.flow.model import Flow
    from automation.pages.storefront import Storefront
    from automation.run.browser import Screen
    from automation.run.journal import Journal
    from automation.run.rules import Rules
    from automation.walkthrough.staging import Placed, Staging
    from automation.walkthrough.timeline import Timeline

# In this order a handbook is read; flows of one's own come after.
_ORDER = ("cancel-order", "cancel-items", "cancel-items-mobile", "digital-on-mobile",
          "request-cancellation", "contact-seller", "shipped", "start-return",
          "end-subscription", "end-prime")  # fmt: skip
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Store:
    """Where to record: the practice store, unless another one is named."""

    name: str = "mock"
    base_url: str | None = None
    account: str | None = None
    layout: str | None = None
    commit: bool = False
    mask: bool = False

    @property
    def practice(self) -> bool:
        return self.name == "mock" and self.base_url is None


@dataclass(frozen=True)
class Recorded:
    """What was recorded. *problem* is why the run has no outcome, if it has none."""

    timeline: Timeline
    exit_code: int
    problem: UnorderError | None = None


def need_the_libraries() -> None:
    """`EnvironmentProblem` if the libraries that draw and encode are not installed."""
    try:
        import av  # noqa: F401, PLC0415 (start-up)
        import numpy as np  # noqa: F401, PLC0415
        import PIL  # noqa: F401, PLC0415
    except ImportError as problem:
        raise EnvironmentProblem(
            f"films and guides need the library `{problem.name}`",
            hint="pip install 'unorder[film]'",
        ) from problem


def flows_of(store: Store) -> Library:
    """The flows that can be filmed there: a real store has its own before those of every store."""
    from automation.flow.library import Library  # noqa: PLC0415 (start-up)
    from automation.storefronts.profile import open_storefront  # noqa: PLC0415

    return Library() if store.practice else Library.of(open_storefront(store.name))


def in_reading_order(store: Store) -> list[Flow]:
    """All flows that the store has pages for, in the order in which a handbook tells of them."""
    from automation.flow.proof import followed_flows  # noqa: PLC0415 (start-up)
    from automation.storefronts.profile import open_storefront  # noqa: PLC0415

    library = flows_of(store)
    names = followed_flows(open_storefront(store.name), library)
    known = [name for name in _ORDER if name in names]
    return [library.find(name) for name in (*known, *(each for each in names if each not in known))]


def record(
    flow: Flow,
    given: Mapping[str, list[str]],
    store: Store,
    *,
    language: str,
    screen: Screen,
    folder: Path,
) -> Recorded:
    """Follow *flow* and record it into *folder*. What it needs is placed in a practice store."""
    from automation.run.settings import read_settings  # noqa: PLC0415 (start-up)
    from automation.storefronts.profile import open_storefront  # noqa: PLC0415
    from automation.walkthrough.staging import history, staging_of  # noqa: PLC0415

    settings = read_settings()
    if not store.practice:
        from automation.run.journal import Journal  # noqa: PLC0415
        from automation.run.places import default_runs_folder  # noqa: PLC0415

        storefront = open_storefront(store.name, base_url=store.base_url, language=language)
        journal = Journal.open(default_runs_folder().resolve())
        try:
            take = _Take(flow, store, storefront, settings.rules, journal, screen, "")
            return take.record(given, folder)
        finally:
            journal.close()
    staging = staging_of(flow, language)
    layout = store.layout or ("mobile" if flow.phone else "documented")
    options = ("--scenario", "empty", "--layout", layout, "--language", language)
    with practice_store(*options) as own, _own_journal() as journal:
        for placed in reversed(history(language)):
            _place(own, placed)
        needed = _stage(own, flow, staging)
        storefront = open_storefront("mock", base_url=own.url, language=language)
        if not store.mask:
            storefront = replace(storefront, personal=())  # its people are invented
        take = _Take(flow, replace(store, commit=True), storefront, settings.rules, journal,
                     screen, layout)  # fmt: skip
        return take.record({**needed, **given}, folder)


@dataclass(frozen=True)
class _Take:
    flow: Flow
    store: Store
    storefront: Storefront
    rules: Rules
    journal: Journal
    screen: Screen
    layout: str

    def record(self, given: Mapping[str, list[str]], folder: Path) -> Recorded:
        from automation.flow.binding import bind  # noqa: PLC0415 (start-up)
        from automation.flow.library import Library  # noqa: PLC0415
        from automation.run.browser import open_browser  # noqa: PLC0415
        from automation.run.engine import follow  # noqa: PLC0415
        from automation.run.following import Asked  # noqa: PLC0415
        from automation.run.settings import read_settings  # noqa: PLC0415
        from automation.run.stopping import Stopping  # noqa: PLC0415
        from automation.walkthrough.recorder import Recorder  # noqa: PLC0415

        bound = bind(self.flow, dict(given), self.storefront, Library.of(self.storefront).find)
        account = read_settings().account(self.store.account, self.storefront)
        # The film is the picture of each step.
        asked = Asked(bound, self.storefront, account, self.rules,
                      commit=self.store.commit, covered=True, each_step=False)  # fmt: skip
        recorder = Recorder(self.flow, self.storefront, self.screen, layout=self.layout)
        stopping = Stopping()
        exit_code, problem = 0, None
        try:
            with (
                stopping.listening(),
                open_browser(self.storefront, screen=self.screen) as browser,
            ):
                run = follow(asked, browser, self.journal, watcher=recorder, stopping=stopping)
                exit_code = run.exit_code
        except UnorderError as raised:
            exit_code, problem = raised.exit_code, raised
        timeline = recorder.write(folder)
        if timeline is None:
            raise problem or EnvironmentProblem("the run came to no page that could be filmed")
        return Recorded(timeline, exit_code, problem)


@contextmanager
def _own_journal() -> Iterator[Journal]:
    from automation.run.journal import Journal  # noqa: PLC0415 (start-up)

    with tempfile.TemporaryDirectory() as own:
        # The store is gone afterwards, so what it signed in to and did is kept nowhere.
        os.environ["UNORDER_STATE"] = own
        journal = Journal.open(Path(own) / "runs")
        try:
            yield journal
        finally:
            journal.close()


def _stage(own: PracticeStore, flow: Flow, staging: Staging) -> dict[str, list[str]]:
    """Place what the flow needs, and tell which inputs name it."""
    given = {name: list(values) for name, values in (staging.given or {}).items()}
    kinds = {declared.type: name for name, declared in flow.inputs.items()}
    if staging.order and "order" in kinds:
        given[kinds["order"]] = [_place(own, staging.order)]
    if staging.subscription and "subscription" in kinds:
        wanted = staging.subscription
        own.ask("subscriptions", {"name": wanted.name, "plan": wanted.plan})
        given[kinds["subscription"]] = [wanted.name]
    return given


def _place(own: PracticeStore, placed: Placed) -> str:
    ago = timedelta(**{_UNITS[placed.age[-1]]: int(placed.age[:-1])})
    body: dict[str, Any] = {
        "items": list(placed.items),
        "state": placed.state,
        "placed": (datetime.now(UTC) - ago).isoformat(),
        "digital": placed.digital,
    }
    number: str = own.ask("orders", body)["number"]
    return number
