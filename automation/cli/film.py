"""`unorder film`: a film of a flow, for those who want to see how it is done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.cli.drawing import film_of
from automation.cli.options import (
    ACCOUNT,
    BASE_URL,
    LANGUAGES,
    LAYOUT,
    MASK,
    OUT,
    REAL_COMMIT,
    STORE,
    STORE_LANGUAGE,
    TEXT_LANGUAGE,
)
from automation.cli.recording import (
    Recorded,
    Store,
    flows_of,
    in_reading_order,
    need_the_libraries,
    record,
)
from automation.cli.running import inputs_in
from automation.errors import InputError

if TYPE_CHECKING:  # start-up
    from automation.flow.model import Flow
    from automation.walkthrough.film import Wishes
    from automation.walkthrough.timeline import Timeline

_RECORDINGS = "`unorder film` keeps one beside each film, in a folder that ends in .timeline"


@click.command()
@click.argument("flow", required=False)
@click.argument("inputs", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--all", "every", is_flag=True, help="A film of each flow.")
@TEXT_LANGUAGE
@STORE_LANGUAGE
@LAYOUT
@click.option("--fps", type=click.Choice(["30", "60"]), default="30", show_default=True)
@click.option("--size", default="1280x720", show_default=True, metavar="WxH")
@click.option("--speed", default=1.0, show_default=True, type=click.FloatRange(0.5, 3))
@click.option(
    "--theme", type=click.Path(path_type=Path), help="A style sheet for captions, cards and cursor."
)
@click.option("--zoom", is_flag=True, help="Come nearer to what is pressed.")
@click.option("--reduced-motion", is_flag=True, help="Nothing travels, pans or fades.")
@click.option("--gif", is_flag=True, help="An animated picture too.")
@click.option("--webm", is_flag=True, help="A WebM file too.")
@OUT
@click.option(
    "--render",
    "rendered",
    type=click.Path(path_type=Path),
    metavar="TIMELINE",
    help="Draw an earlier recording again, instead of a new one.",
)
@STORE
@BASE_URL
@ACCOUNT
@REAL_COMMIT
@MASK
def film(
    flow: str | None, inputs: tuple[str, ...], language: str, store_language: str | None,
    layout: str | None, fps: str, size: str, speed: float, theme: Path | None, zoom: bool,
    reduced_motion: bool, gif: bool, webm: bool, out: Path, rendered: Path | None,
    store_name: str, base_url: str | None, account: str | None, commit: bool, mask: bool, *,
    every: bool,
) -> int:  # fmt: skip
    """Film FLOW. In the practice store, it places what it needs and makes the last click.

    In a real store it rehearses unless told to --commit, and covers what is personal.
    """
    need_the_libraries()
    from automation.walkthrough.cutting import Pace  # noqa: PLC0415 (start-up)
    from automation.walkthrough.film import Wishes  # noqa: PLC0415
    from automation.walkthrough.stage import size_in  # noqa: PLC0415
    from automation.walkthrough.timeline import read_timeline  # noqa: PLC0415

    if every and (flow is not None or rendered is not None):
        raise InputError("--all films every flow, and here one is named",
                         hint="one or the other: leave out --all, or the name")  # fmt: skip
    if [flow is None, rendered is None, not every].count(False) != 1:
        raise InputError("a film needs a flow, or a recording, or --all",
                         hint="unorder film cancel-items, or: --render TIMELINE")  # fmt: skip
    wishes = Wishes(*size_in(size), fps=int(fps), theme=theme, gif=gif, webm=webm, zoom=zoom,
                    pace=Pace(speed, reduced_motion))  # fmt: skip
    languages = LANGUAGES if language == "all" else (language,)
    out.mkdir(parents=True, exist_ok=True)
    store = Store(store_name, base_url, account, layout, commit, mask)
    if rendered:
        if not rendered.exists():  # or its parent would be told of
            raise InputError(f"there is no recording `{rendered}`", hint=_RECORDINGS)
        timeline = read_timeline(rendered)
        found = flows_of(store).find(timeline.flow)
        return max(_shoot(timeline, wishes, each, out, found) for each in languages)
    code = 0
    for found in in_reading_order(store) if every else [flows_of(store).find(str(flow))]:
        for each in languages:
            folder = out / f"{found.name}.{each}.timeline"
            _say(f"{click.style(found.name, bold=True)} · {each} · recording")
            recorded = record(found, inputs_in(inputs), store, language=store_language or each,
                              screen=wishes.screen(phone=found.phone), folder=folder)  # fmt: skip
            drawn = _shoot(recorded.timeline, wishes, each, out, found)
            code = code or _judge(recorded, found, store, each) or drawn
    return code


def _judge(recorded: Recorded, flow: Flow, store: Store, language: str) -> int:
    """The exit code of a film: 0 if it shows what its staging says that it should."""
    from automation.walkthrough.staging import staging_of  # noqa: PLC0415 (start-up)

    if recorded.problem:
        raise recorded.problem
    meant = staging_of(flow, language).ends
    ended = recorded.timeline.ending.outcome
    if store.practice and meant and ended != meant:
        _say(f"note: it should have ended in `{meant}`, and ended in `{ended}`")
        return recorded.exit_code or 9
    return 0 if store.practice else recorded.exit_code


def _shoot(timeline: Timeline, wishes: Wishes, language: str, out: Path, flow: Flow) -> int:
    """Draw a film; 9 if it is not what players expect."""
    made = film_of(timeline, wishes, language, out / f"{flow.name}.{language}", flow)
    megabytes = made.path.stat().st_size / 1_000_000
    click.echo(f"{made.path}  {made.seconds:.1f} s, {megabytes:.2f} MB")
    for problem in made.problems:
        _say(f"note: {problem}")
    return 9 if made.problems else 0


def _say(text: str) -> None:
    click.echo(text, err=True)
