"""A canary: walks a path up to the click that cannot be undone, and tells what has moved."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Error

from automation.flow.binding import Bound, bind
from automation.flow.library import Library
from automation.flow.model import Flow
from automation.jobs.listing import whole_list
from automation.jobs.orders import read_order
from automation.jobs.reading import Post
from automation.outcome import Outcome
from automation.pages.landmarks import Landmarks, landmarks_of
from automation.pages.readings import LAPSED, State
from automation.pages.values import Items
from automation.run.endings import Hiccup, SignedOut, WalkEnded
from automation.run.evidence import Evidence
from automation.run.following import Asked, Following, Tools
from automation.run.journal import Journal
from automation.run.judgement import Verdict, Wanted, before_the_click
from automation.run.places import private_folder, state_folder, write_private
from automation.run.record import StepTaken
from automation.run.rules import Rules
from automation.run.stopping import Stopping
from automation.run.visit import Visit
from automation.run.walk_result import Result
from automation.run.watcher import Watcher

_MOST_OPENED = 20
_GONE = {State.CANCELLED, State.RETURNED, *LAPSED}
_NAMED = {
    "address": "the address",
    "heading": "the heading",
    "landmark": "the landmark",
    "control": "the control",
    "wording": "the wording of the control",
}


@dataclass(frozen=True)
class Moved:
    """Something that is not as it was when it was last seen."""

    page: str
    what: str
    was: str
    now: str
    last_seen: str  # a day

    def __str__(self) -> str:
        return f"{self.page}: {self.what} was `{self.was}` on {self.last_seen}, and is `{self.now}`"


@dataclass(frozen=True)
class Walked:
    """One flow's walk. *moved* is in the order of the walk; the first is where to look."""

    flow: str
    outcome: Outcome
    reason: str
    order: str
    moved: tuple[Moved, ...]
    folder: Path

    @property
    def exit_code(self) -> int:
        """9 where the path is broken, 4 where it holds but something has moved."""
        if self.outcome is Outcome.REHEARSED:
            return 4 if self.moved else 0
        return self.outcome.exit_code


class NothingToWalkOn(Exception):  # noqa: N818 (it may be so for weeks, and nothing is wrong)
    """No order of the account offers what the flow is about."""

    def __init__(self, flow: str) -> None:
        super().__init__(f"no order of the account offers what `{flow}` is about")


class _Looks(Watcher):
    """Takes note of each page that the walk comes to."""

    def __init__(self, mask: Callable[[str], str]) -> None:
        self._mask = mask
        self.following: Following | None = None
        self.seen: dict[str, Landmarks] = {}

    def took(self, step: StepTaken) -> None:
        here = self.following.walk.here if self.following else None
        if step.problem or here is None:
            return
        try:
            self.seen[here.name] = landmarks_of(here, self._mask)
        except Error:
            return  # the walk says more, if it matters


@dataclass(frozen=True)
class Canary:
    """What a walk needs. *given* are the flow's inputs beside the order."""

    visit: Visit
    post: Post
    journal: Journal
    stopping: Stopping
    given: Mapping[str, list[str]]

    def walk(self, name: str) -> Walked:
        """Walk a flow on an order that offers it. `NothingToWalkOn` if there is none."""
        flow = Library.of(self.post.storefront).find(name)
        mask = self.visit.masker.text
        run = f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}-canary-{flow.name}-{secrets.token_hex(2)}"
        folder = private_folder(self.journal.path.parent / run)
        bound = self._an_order(flow, folder)
        asked = Asked(bound, self.post.storefront, self.post.account, Rules(), commit=False)
        looks, result = _Looks(mask), Result()
        evidence = Evidence(folder, self.visit.masker)
        tools = Tools(self.visit, self.journal, evidence, looks, self.stopping)
        looks.following = Following(asked, run, tools, result)
        try:
            looks.following.go()
        except WalkEnded as ending:
            result.verdict = ending.verdict
        except (SignedOut, Hiccup) as problem:
            reason = str(problem) or "the store asks to sign in"
            result.verdict = Verdict(Outcome.BROKEN, reason)
        moved = remember(_memory(self.post, flow.name), looks.seen)
        return Walked(flow.name, result.verdict.outcome, mask(result.verdict.reason), bound.order,
                      moved, folder)  # fmt: skip

    def _an_order(self, flow: Flow, folder: Path) -> Bound:
        """The flow, bound to the newest order on which it could do something."""
        storefront = self.post.storefront
        for card in whole_list(self.visit).cards[:_MOST_OPENED]:
            if card.said and {storefront.state(said) for said in card.said} <= _GONE:
                continue
            bound = self._bound(flow, card.number)
            order = read_order(self.visit, card.number, folder)
            if isinstance(before_the_click(order, Items(), bound.effects), Wanted):
                return bound
        raise NothingToWalkOn(flow.name)

    def _bound(self, flow: Flow, order: str) -> Bound:
        given = {name: values for name, values in self.given.items() if name in flow.inputs}
        library = Library.of(self.post.storefront)
        return bind(flow, {**given, "order": [order]}, self.post.storefront, library.find)


def _memory(post: Post, flow: str) -> Path:
    storefront = post.storefront
    return state_folder("canary") / f"{storefront.name}-{storefront.language}-{flow}.json"


def remember(path: Path, seen: Mapping[str, Landmarks]) -> tuple[Moved, ...]:
    """What has moved since each page was last seen; then what was seen now is what is known."""
    today = datetime.now(UTC).date().isoformat()
    known = _known(path)
    moved = [
        Moved(page, _NAMED[fact.name], known[page][fact.name], getattr(now, fact.name),
              known[page]["seen"])
        for page, now in seen.items()
        if page in known
        for fact in fields(now)
        if known[page].get(fact.name) != getattr(now, fact.name)
    ]  # fmt: skip
    newly = {page: {**asdict(now), "seen": today} for page, now in seen.items()}
    write_private(path, json.dumps(known | newly, ensure_ascii=False, indent=1).encode())
    return tuple(moved)


def _known(path: Path) -> dict[str, dict[str, str]]:
    try:
        known: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known
