"""`unorder canary`: whether the paths still hold, before a night needs them."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.cli.options import ACCOUNT, BASE_URL, JSON, LANGUAGE, RUNS, STORE
from automation.cli.running import inputs_in
from automation.cli.terminal import outcome_in_colour
from automation.outcome import gravest
from automation.run.plain import json_text, plain

if TYPE_CHECKING:
    from automation.jobs.canary import Walked

_NOTHING = 75  # try later: there was no order to walk on


@click.command()
@click.argument("flows", nargs=-1, metavar="[FLOW]...")
@STORE
@BASE_URL
@LANGUAGE
@ACCOUNT
@click.option("--given", multiple=True, metavar="NAME=VALUE", help="Another input of the flows.")
@JSON
@RUNS
def canary(
    flows: tuple[str, ...],
    store_name: str,
    base_url: str | None,
    language: str,
    account: str | None,
    given: tuple[str, ...],
    runs_folder: Path | None,
    *,
    as_json: bool,
) -> int:
    """Walk each FLOW up to its last click, on an order that offers it. Nothing is clicked.

    Tells the first address, heading, landmark or wording that has moved since it was last seen.
    Leaves with 9 when a path is broken, 4 when it holds but something has moved, 75 when there is
    no order to walk on.
    """
    from automation.jobs.book import Where  # noqa: PLC0415 (start-up)
    from automation.jobs.canary import Canary, NothingToWalkOn  # noqa: PLC0415
    from automation.jobs.reading import Post  # noqa: PLC0415
    from automation.run.browser import open_browser  # noqa: PLC0415
    from automation.run.endings import WalkEnded  # noqa: PLC0415
    from automation.run.journal import Journal  # noqa: PLC0415
    from automation.run.masking import Masker  # noqa: PLC0415
    from automation.run.places import default_runs_folder  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415
    from automation.run.stopping import Stopping  # noqa: PLC0415
    from automation.run.visit import visiting  # noqa: PLC0415
    from automation.storefronts.abilities import see_that_there_is_a_list  # noqa: PLC0415
    from automation.storefronts.profile import open_storefront  # noqa: PLC0415

    storefront = open_storefront(store_name, base_url=base_url, language=language)
    see_that_there_is_a_list(storefront)
    who = read_settings().account(account, storefront)
    post = Post(Where(store_name, who.name, base_url, language), storefront, who)
    inputs = inputs_in(given)
    journal = Journal.open((runs_folder or default_runs_folder()).resolve())
    stopping, codes = Stopping(), []
    try:
        with (
            stopping.listening(),
            journal.locked(f"account {post.key}"),
            open_browser(storefront) as browser,
            visiting(browser, storefront, who, Masker(storefront)) as visit,
        ):
            for name in flows or ("cancel-items",):
                stopping.check()
                try:
                    walked = Canary(visit, post, journal, stopping, inputs).walk(name)
                except NothingToWalkOn as problem:
                    click.echo(plain(f"{name}: {problem}"), err=True)
                    codes.append(_NOTHING)
                else:
                    _tell(walked, as_json=as_json)
                    codes.append(walked.exit_code)
    except WalkEnded as ending:
        click.echo(plain(f"unorder: {ending.verdict.reason}"), err=True)
        codes.append(ending.verdict.outcome.exit_code)
    finally:
        journal.close()
    return gravest(codes)


def _tell(walked: Walked, *, as_json: bool) -> None:
    stream = sys.stderr if as_json else sys.stdout
    word = outcome_in_colour(walked.outcome)
    click.echo(
        f"{click.style(walked.flow, bold=True)}  {word}  {plain(walked.reason)}", file=stream
    )
    for at, moved in enumerate(walked.moved):
        mark = click.style("moved first" if not at else "      also", fg="yellow")
        click.echo(f"  {mark}  {plain(str(moved))}", file=stream)
    if walked.exit_code:
        click.echo(f"  seen: {walked.folder}", file=stream)
    if as_json:
        told = {
            "flow": walked.flow,
            "outcome": walked.outcome.label,
            "reason": walked.reason,
            "moved": [asdict(moved) for moved in walked.moved],
            "exit": walked.exit_code,
        }
        click.echo(json_text(told))
