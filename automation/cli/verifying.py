"""`unorder verify`: settling what earlier runs left open."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from automation.cli.batch import WORKERS, at_work
from automation.cli.looking import find_run, folder_to_look_in, tell_without_record
from automation.cli.options import RUNS, STORE_ADDRESS
from automation.cli.pipe import even_if_nobody_reads
from automation.cli.running import tell
from automation.run.plain import json_text, plain
from automation.run.record import Run

if TYPE_CHECKING:
    from automation.jobs.refunds import RefundSeen
    from automation.jobs.verifying import Open, Verified


@click.command()
@click.argument("run_id", metavar="[RUN]", required=False)
@click.option("--base-url", type=STORE_ADDRESS, help="Where the store is now, if it has moved.")
@click.option("--json", "as_json", is_flag=True, help="Close with one line of JSON for each.")
@WORKERS
@RUNS
def verify(
    run_id: str | None,
    base_url: str | None,
    workers: int | None,
    runs_folder: Path | None,
    *,
    as_json: bool,
) -> int:
    """Read the orders again whose outcome is not known for good. Nothing is clicked.

    Clicks that were interrupted, requests that were not decided, and money that was promised.
    """
    from automation.jobs import verifying  # noqa: PLC0415 (start-up)
    from automation.run.journal import Journal  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415

    folder = folder_to_look_in(runs_folder)
    journal = Journal.open(folder)
    try:
        journal.prove()
        opens = verifying.what_is_open(journal, base_url=base_url, run=run_id)
    finally:
        journal.close()
    if not opens:
        return _nothing(folder, run_id, as_json=as_json)
    with at_work(folder, workers) as work:
        found = verifying.verify(opens, work.crew, read_settings(), folder)
    for run in found.runs:
        with even_if_nobody_reads():
            tell(run, as_json=as_json)
    with even_if_nobody_reads():
        tell_verified(found, sys.stderr if as_json else sys.stdout)
        for refund in found.refunds if as_json else ():
            _line(refund)
        if not (
            found.runs
            or found.held
            or found.unchanged
            or any(refund.said for refund in found.refunds)
        ):
            click.echo(_nothing_new(opens, found), err=True)
    return found.exit_code


def tell_verified(found: Verified, stream: TextIO) -> None:
    """What is said of money, and which account needs a person."""
    for refund in found.refunds:
        for said in refund.said:
            late = click.style(" (overdue)", fg="red") if refund.overdue else ""
            click.echo(plain(f"order {refund.order}: {said}") + late, file=stream)
    for order in found.unchanged:
        click.echo(plain(f"order {order}: its run was stopped before the click; it is unchanged"),
                   file=stream)  # fmt: skip
    for held in found.held:
        click.echo(plain(f"unorder: {held.where}: {held.reason}"), err=True)
        if held.hint:
            click.echo(plain(f"hint: {held.hint}"), err=True)


def _line(refund: RefundSeen) -> None:
    if refund.said:
        told = {"run": refund.run, "order": refund.order, "refund": list(refund.said),
                "overdue": refund.overdue}  # fmt: skip
        click.echo(json_text(told))


def _nothing_new(opens: list[Open], found: Verified) -> str:
    if found.refunds and not any(each.clicks for each in opens):
        return "nothing is open; no page tells of a refund yet"
    return "nothing new is known of what is open"


def _nothing(folder: Path, run_id: str | None, *, as_json: bool) -> int:
    if run_id is not None:
        run = find_run(folder, run_id)
        if not isinstance(run, Run):
            tell_without_record(*run, as_json=as_json)
            return run[0].outcome.exit_code if run[0].outcome else 0
        tell(run, as_json=as_json)
        return run.exit_code
    click.echo("nothing is open", err=True)
    if as_json:
        click.echo(json_text({"run": None, "outcome": None, "exit": 0, "items": {}}))
    return 0
