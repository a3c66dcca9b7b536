"""`unorder report` and `unorder prune`: what became of it all, and how long it is kept."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from automation.cli.batch import SINCE
from automation.cli.looking import folder_to_look_in
from automation.cli.options import JSON, RUNS
from automation.cli.outputs import OUTPUT_FILE
from automation.run.journal import Journal


@click.command()
@click.option(
    "--since",
    type=SINCE,
    default="7d",
    show_default=True,
    help="7d, 36h, or a day such as 2026-11-24.",
)
@click.option(
    "-o",
    "output",
    type=OUTPUT_FILE,
    default=Path("report.html"),
    show_default=True,
    help="Where to write it.",
)
@JSON
@RUNS
def report(since: datetime, output: Path, runs_folder: Path | None, *, as_json: bool) -> None:
    """Write a page of what was cancelled, what money comes back, and what waits for whom."""
    from automation.jobs.ledger import Upshot, Wanted, ledger  # noqa: PLC0415 (start-up)
    from automation.jobs.pages import write_report_page  # noqa: PLC0415

    folder = folder_to_look_in(runs_folder)
    journal = Journal.open(folder)
    upshot = Upshot.of(ledger(journal, Wanted(since=since)))
    journal.close()
    write_report_page(upshot, since, folder, output)
    words: dict[str, int] = {}
    for line in upshot.lines:
        words[line.word] = words.get(line.word, 0) + 1
    told = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in words.items())
    click.echo(told or "nothing was to be acted on since then",
               file=sys.stderr if as_json else sys.stdout)  # fmt: skip
    click.echo(f"report: {output}", file=sys.stderr if as_json else sys.stdout)
    if as_json:
        today = datetime.now(UTC).date()
        overdue = sum(promise.overdue(today) for _, promise in upshot.promises)
        click.echo(json.dumps({"since": since.isoformat(), "outcomes": words, "overdue": overdue,
                               "report": str(output)}))  # fmt: skip


@click.command()
@click.option("--days", type=click.IntRange(0), help="Remove evidence older than this.")
@click.option("--mib", type=click.IntRange(0), help="Remove the oldest until no more is left.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be removed.")
@RUNS
def prune(days: int | None, mib: int | None, runs_folder: Path | None, *, dry_run: bool) -> None:
    """Remove old evidence. The journal stays, and so does what is not settled."""
    from automation.errors import InputError  # noqa: PLC0415 (start-up)
    from automation.jobs.retention import Retention, remove, too_much  # noqa: PLC0415

    if days is None and mib is None:
        raise InputError("how much to keep is not said", hint="add --days 90, --mib 2000, or both")
    folder = folder_to_look_in(runs_folder)
    journal = Journal.open(folder)
    try:
        gone = too_much(folder, journal, Retention(days, mib), datetime.now(UTC))
    finally:
        journal.close()
    if not dry_run:
        remove(gone)
    size = sum(each.size for each in gone) / 2**20
    said = "would be removed" if dry_run else "removed"
    click.echo(f"{len(gone)} folders {said}, {size:.1f} MiB; the journal is as it was")
