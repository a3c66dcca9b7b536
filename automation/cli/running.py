"""`unorder run` and `unorder cancel`: following a flow from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NotRequired, TypedDict, TypeVar, Unpack

import click

from automation.cli.drawing import film_of
from automation.cli.options import ACCOUNT, BASE_URL, JSON, KEY, LANGUAGE, LANGUAGES, RUNS, STORE
from automation.cli.pipe import even_if_nobody_reads
from automation.cli.recording import need_the_libraries
from automation.cli.terminal import Progress, outcome_in_colour
from automation.cli.unended import note_left
from automation.errors import InputError, UnorderError
from automation.outcome import Outcome
from automation.run.plain import json_text, plain
from automation.run.record import Run

if TYPE_CHECKING:  # start-up
    from automation.flow.model import Flow
    from automation.pages.storefront import Storefront
    from automation.run.order_keys import KeyPlace


class Options(TypedDict):
    """How a flow is to be followed, as the options of a command say it."""

    store_name: str
    base_url: str | None
    language: str
    account: str | None
    commit: bool
    headed: bool
    runs_folder: Path | None
    key: NotRequired[KeyPlace | None]
    filmed: NotRequired[bool]


F = TypeVar("F", bound=Callable[..., object])
_COMMON = (
    STORE,
    BASE_URL,
    LANGUAGE,
    ACCOUNT,
    KEY,
    click.option("--commit", is_flag=True, help="Do it. Without this, the last click is not made."),
    click.option("--headed", is_flag=True, help="Show the browser."),
    click.option("--film", "filmed", is_flag=True, help="Film it; the report shows the film."),
    JSON,
    RUNS,
)


def _common(command: F) -> F:
    for option in reversed(_COMMON):
        command = option(command)
    return command


@click.command()
@click.argument("flow")
@click.argument("inputs", nargs=-1, metavar="[NAME=VALUE]...")
@_common
def run(flow: str, inputs: tuple[str, ...], *, as_json: bool, **options: Unpack[Options]) -> int:
    """Follow FLOW with these inputs. Say a name again for a list: items=A items=B."""
    return follow_and_tell(flow, inputs_in(inputs), as_json=as_json, **options)


def inputs_in(texts: tuple[str, ...]) -> dict[str, list[str]]:
    """What is given as name=value, by name."""
    given: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise InputError(f"`{text}` is not an input", hint="write it as name=value")
        given.setdefault(name, []).append(value)
    return given


@click.command()
@click.argument("order")
@click.option("--item", "items", multiple=True, metavar="TITLE", help="Only this item; repeat it.")
@click.option("--reason", help="A reason that the store offers.")
@_common
def cancel(
    order: str,
    items: tuple[str, ...],
    reason: str | None,
    *,
    as_json: bool,
    **options: Unpack[Options],
) -> int:
    """Cancel ORDER, or only some of its items."""
    given = {"order": [order]}
    if items:
        given["items"] = list(items)
    if reason:
        given["reason"] = [reason]
    return follow_and_tell("cancel-order", given, as_json=as_json, **options)


def follow_and_tell(
    flow_name: str, given: dict[str, list[str]], *, as_json: bool, **options: Unpack[Options]
) -> int:
    """Follow a flow as the options say, tell how it ended, and return the exit code."""
    try:
        ended = _follow(flow_name, given, **options)
    except UnorderError as problem:
        if as_json:
            with even_if_nobody_reads():
                click.echo(json_text(_line_of(problem, flow_name, given, options)))
        raise
    with even_if_nobody_reads():
        tell(ended, as_json=as_json)
    return ended.exit_code


def _line_of(
    problem: UnorderError, flow: str, given: dict[str, list[str]], options: Options
) -> dict[str, object]:
    from automation.pages.bearer_secrets import without_secrets  # noqa: PLC0415 (start-up)

    return {
        "run": None,
        "flow": flow,
        "store": options["store_name"],
        "account": options["account"],
        "order": given.get("order", [None])[0],
        "outcome": None,
        "exit": problem.exit_code,
        "items": {},
        "reason": without_secrets(problem.message),
        "report": None,
    }


def _follow(
    flow_name: str,
    given: dict[str, list[str]],
    *,
    store_name: str,
    base_url: str | None,
    language: str,
    account: str | None,
    commit: bool,
    headed: bool,
    runs_folder: Path | None,
    key: KeyPlace | None = None,
    filmed: bool = False,
) -> Run:
    if filmed:
        need_the_libraries()
    # Everything that can be wrong is found before a browser is started, or even loaded.
    from automation.flow.binding import bind  # noqa: PLC0415
    from automation.flow.library import Library  # noqa: PLC0415
    from automation.run.order_keys import (  # noqa: PLC0415
        take_out_of_the_environment,
        with_its_key,
    )
    from automation.run.settings import read_settings  # noqa: PLC0415
    from automation.storefronts.profile import open_storefront  # noqa: PLC0415

    storefront = open_storefront(store_name, base_url=base_url, language=language)
    settings = read_settings()
    who = settings.account(account, storefront)
    library = Library.of(storefront)
    bound = bind(library.find(flow_name), given, storefront, library.find)
    storefront = with_its_key(storefront, bound.order, key)

    from automation.run.browser import open_browser  # noqa: PLC0415
    from automation.run.engine import follow  # noqa: PLC0415
    from automation.run.following import Asked  # noqa: PLC0415
    from automation.run.intents import open_intents  # noqa: PLC0415
    from automation.run.journal import Journal  # noqa: PLC0415
    from automation.run.places import default_runs_folder  # noqa: PLC0415
    from automation.run.stopping import Stopping  # noqa: PLC0415

    progress = Progress()
    filming = _Filming(bound.flow, storefront, progress) if filmed else None
    journal = Journal.open((runs_folder or default_runs_folder()).resolve())
    if not storefront.has_accounts:
        take_out_of_the_environment(intent.store for intent in open_intents(journal))
    stopping = Stopping()
    try:
        screen = filming.screen if filming else None
        with (
            stopping.listening(),
            open_browser(storefront, headed=headed, screen=screen) as browser,
        ):
            run = follow(
                Asked(bound, storefront, who, settings.rules, commit=commit, covered=filmed),
                browser,
                journal,
                watcher=filming.watcher if filming else progress,
                stopping=stopping,
            )
    except UnorderError as problem:
        if progress.run:
            note_left(journal, progress.run, problem)
        raise
    finally:
        journal.close()
    return filming.filmed(run) if filming else run


class _Filming:
    """A run that is filmed, and its film in the run's folder."""

    def __init__(self, flow: Flow, storefront: Storefront, progress: Progress) -> None:
        from automation.run.watcher import Several  # noqa: PLC0415 (start-up)
        from automation.walkthrough.film import Wishes  # noqa: PLC0415
        from automation.walkthrough.recorder import Recorder  # noqa: PLC0415

        self._flow = flow
        self._language = storefront.language if storefront.language in LANGUAGES else "en"
        self._wishes = Wishes()
        self.screen = self._wishes.screen(phone=flow.phone)
        self._recorder = Recorder(flow, storefront, self.screen, layout="")
        self.watcher = Several(progress, self._recorder)

    def filmed(self, run: Run) -> Run:
        """The run with its film. A film that cannot be made changes no outcome."""
        from automation.run.engine import keep  # noqa: PLC0415 (start-up)
        from automation.run.places import closed_to_others  # noqa: PLC0415

        try:
            timeline = self._recorder.write(run.folder / "film.timeline")
            if timeline is None:
                return run
            made = film_of(timeline, self._wishes, self._language, run.folder / "film", self._flow)
        except (UnorderError, OSError) as problem:
            return replace(run, notes=(*run.notes, f"the film was not made: {problem}"))
        closed_to_others(run.folder)
        run = replace(run, film=made.path.name)
        keep(run)
        return run


def tell(run: Run, *, as_json: bool) -> None:
    """The closing lines of a run."""
    from automation.run.report import summary_line  # noqa: PLC0415

    stream = sys.stderr if as_json else sys.stdout
    broken = next((step.problem for step in run.steps if step.problem), None)
    click.echo(file=stream)
    click.echo(f"{outcome_in_colour(run.outcome)}  {plain(summary_line(run))}", file=stream)
    if broken and run.outcome is Outcome.BROKEN:
        click.echo(f"\n  {plain(broken)}", file=stream)
    for note in run.notes:
        click.echo(f"note: {plain(note)}", file=stream)
    if run.hint:
        click.echo(f"hint: {plain(run.hint)}", file=stream)
    click.echo(f"report: {run.report}", file=stream)
    if as_json:
        click.echo(json_text(run.line()))
