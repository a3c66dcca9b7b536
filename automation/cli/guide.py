"""`unorder guide`: how a flow is done, in words and pictures."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

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
    from automation.walkthrough.guide import Chapter

_DETAIL = 2.0  # pixels for a CSS pixel: guides are printed


@click.command()
@click.argument("flow", required=False)
@click.argument("inputs", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--all", "every", is_flag=True, help="A handbook of all flows.")
@TEXT_LANGUAGE
@STORE_LANGUAGE
@LAYOUT
@click.option(
    "--format",
    "formats",
    default="html",
    show_default=True,
    help="html, md, pdf, or several with commas.",
)
@click.option("--theme", type=click.Path(path_type=Path), help="A style sheet for frames.")
@OUT
@STORE
@BASE_URL
@ACCOUNT
@REAL_COMMIT
@MASK
def guide(
    flow: str | None, inputs: tuple[str, ...], language: str, store_language: str | None,
    layout: str | None, formats: str, theme: Path | None, out: Path, store_name: str,
    base_url: str | None, account: str | None, commit: bool, mask: bool, *, every: bool,
) -> int:  # fmt: skip
    """Tell how FLOW is done, step by step, with pictures; --all makes a handbook."""
    need_the_libraries()
    from automation.walkthrough.guide import (  # noqa: PLC0415 (start-up)
        FORMATS,
        Guide,
        write_guide,
    )
    from automation.walkthrough.painting import drawing_browser  # noqa: PLC0415
    from automation.walkthrough.stage import Stage  # noqa: PLC0415
    from automation.walkthrough.words import words_in  # noqa: PLC0415

    if every and flow is not None:
        raise InputError("--all tells of every flow, and here one is named",
                         hint="one or the other: leave out --all, or the name")  # fmt: skip
    if flow is None and not every:
        raise InputError("a guide needs a flow, or --all", hint="unorder guide cancel-items")
    wanted = tuple(formats.split(","))
    if unknown := set(wanted) - set(FORMATS):
        raise InputError(f"no format is called `{min(unknown)}`",
                         hint="there are " + ", ".join(FORMATS))  # fmt: skip
    store = Store(store_name, base_url, account, layout, commit, mask)
    flows = in_reading_order(store) if every else [flows_of(store).find(str(flow))]
    given = inputs_in(inputs)
    out.mkdir(parents=True, exist_ok=True)
    for each in LANGUAGES if language == "all" else (language,):
        chapters = tuple(
            _chapter(one, given, store, language=each, store_language=store_language or each,
                     theme=theme)
            for one in flows
        )  # fmt: skip
        words = words_in(each)
        book = Guide(words["handbook"] if every else chapters[0].title,
                     words["handbook_lead"] if every else chapters[0].summary,
                     each, chapters)  # fmt: skip
        base = out / f"{'handbook' if every else flows[0].name}.{each}"
        with drawing_browser(Stage()) as browser:
            for path in write_guide(book, base, wanted, browser):
                click.echo(path)
    return 0


def _chapter(
    flow: Flow, given: dict[str, list[str]], store: Store, *, language: str, store_language: str,
    theme: Path | None,
) -> Chapter:  # fmt: skip
    from dataclasses import replace  # noqa: PLC0415

    from automation.walkthrough.guide import chapter  # noqa: PLC0415 (start-up)
    from automation.walkthrough.painting import drawing_browser  # noqa: PLC0415
    from automation.walkthrough.stage import Stage  # noqa: PLC0415
    from automation.walkthrough.staging import staging_of  # noqa: PLC0415

    click.echo(f"{click.style(flow.name, bold=True)} · {language} · recording", err=True)
    stage = Stage(phone=flow.phone)
    with tempfile.TemporaryDirectory() as folder:
        recorded = record(flow, given, store, language=store_language,
                          screen=replace(stage.screen, scale=_DETAIL),
                          folder=Path(folder))  # fmt: skip
        if recorded.problem:
            raise recorded.problem
        with drawing_browser(Stage()) as browser:
            return chapter(recorded.timeline, staging_of(flow, language), language, browser, theme)
