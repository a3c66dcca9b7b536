"""`unorder scale`: the same plans, worked through by several machines on one PostgreSQL."""

from __future__ import annotations

import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from automation.cli.applying import tell_summary
from automation.cli.batch import WORKERS
from automation.cli.options import JSON, RUNS
from automation.cli.pipe import even_if_nobody_reads
from automation.cli.terminal import outcome_in_colour
from automation.errors import InputError
from automation.run.plain import json_text, plain


@click.group()
def scale() -> None:
    """Apply plans with the workers of several machines. `UNORDER_DATABASE` names the database."""


@scale.command()
@click.option(
    "--station", help="This station's name, the same after each restart; else the host's."
)
@click.option("--adopt", multiple=True, metavar="STATION",
              help="Go on with what this dead station left; repeat it.")  # fmt: skip
@WORKERS
@RUNS
def serve(
    station: str | None, adopt: tuple[str, ...], workers: int | None, runs_folder: Path | None
) -> int:
    """Take accounts' shares of plans from the queue, until SIGTERM.

    An order that is being worked on then is read back, and gone on with by the next start.
    """
    from automation.jobs.crew import default_workers  # noqa: PLC0415 (start-up)
    from automation.run.journal import Journal  # noqa: PLC0415
    from automation.run.places import default_runs_folder  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415
    from automation.run.stopping import Stopping  # noqa: PLC0415
    from automation.scale import engine  # noqa: PLC0415
    from automation.scale.station import Floor  # noqa: PLC0415

    url = _database()
    name = station or socket.gethostname()
    folder = (runs_folder or default_runs_folder()).resolve()
    settings = read_settings()
    stopping = Stopping()
    floor = Floor(folder, settings, stopping)
    at = engine.Station(url, name, workers or default_workers())
    journal = Journal.open(folder)
    # Two processes of one name would both go on with what either left.
    with journal.locked(f"station {name}"), stopping.listening():
        for dead in adopt:
            with journal.locked(f"station {dead}"):
                pass  # nobody holds it: it is dead indeed
        with engine.at_work(at, floor.do, floor.ended):
            if adopt:
                click.echo(f"adopted {engine.adopt(adopt)} shares", err=True)
            click.echo(f"station {plain(name)} takes {at.at_once} accounts at once", err=True)
            while stopping.signal is None:
                stopping.pause(0.2)
            floor.stop()
            sys.stderr.flush()
            # Threads that must not note anything as done any more are left where they are.
            os._exit(128 + stopping.signal)
    return 0


@scale.command("apply")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--commit", is_flag=True, help="Do it. Without this, the last clicks are not made.")
@JSON
@RUNS
def apply_(plan: Path, runs_folder: Path | None, *, commit: bool, as_json: bool) -> int:
    """Put PLAN into the queue, and wait until the stations have done it.

    Interrupted, the same command waits on; no click is made twice.
    """
    from automation.jobs.admission import admit, note_applied  # noqa: PLC0415 (start-up)
    from automation.jobs.applying import committed_before  # noqa: PLC0415
    from automation.jobs.budget import Budget  # noqa: PLC0415
    from automation.jobs.planfile import read_plan  # noqa: PLC0415
    from automation.jobs.results import Result  # noqa: PLC0415
    from automation.jobs.standing import standings  # noqa: PLC0415
    from automation.jobs.writing import write_summary  # noqa: PLC0415
    from automation.run.journal import Journal  # noqa: PLC0415
    from automation.run.places import default_runs_folder  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415
    from automation.scale.applying import apply_by_queue  # noqa: PLC0415
    from automation.scale.engine import Queue  # noqa: PLC0415

    def told(result: Result) -> None:
        word = outcome_in_colour(result.outcome) if result.outcome else "not begun"
        click.echo(f"{word}  {plain(result.order.order)}  {result.order.where.account}", err=True)

    url = _database()
    read = read_plan(plan)
    settings = read_settings()
    folder = (runs_folder or default_runs_folder()).resolve()
    journal = Journal.open(folder)
    try:
        rules = admit(read, journal, settings, datetime.now(UTC))
        if commit and (no := rules.book.why_not_now(datetime.now(UTC))):
            raise InputError(f"nothing was put into the queue: {no}", hint="try later")
        known = standings(journal, read.id, commit=commit)
        if commit:
            note_applied(read, journal)
        limits = rules.book.limits.and_also(settings.rules)
        budget = Budget(limits, journal, committed_before(read, known))
        queue = Queue(url)
        try:
            summary = apply_by_queue(read, queue, known, budget, told, commit=commit)
        finally:
            queue.close()
    finally:
        journal.close()
    written = write_summary(summary, folder / read.id)
    with even_if_nobody_reads():
        tell_summary(summary, written, sys.stderr if as_json else sys.stdout)
        if as_json:
            click.echo(json_text(summary.line()))
    return summary.exit_code


def _database() -> str:
    from automation.run.journal import ELSEWHERE  # noqa: PLC0415 (start-up)
    from automation.run.shared import name_of  # noqa: PLC0415

    url = os.environ.get(ELSEWHERE, "")
    if not url:
        raise InputError(
            f"`{ELSEWHERE}` does not name a database",
            hint="write it like postgresql://unorder@db.example/unorder; one machine needs none: "
            "unorder apply PLAN",
        )
    name_of(url)
    return url
