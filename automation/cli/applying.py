"""`unorder apply`: exactly the orders of a plan, most urgent first."""

from __future__ import annotations

import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from automation.cli.batch import WORKERS, AtWork, Status, at_work, columns
from automation.cli.options import JSON, RUNS
from automation.cli.pipe import even_if_nobody_reads
from automation.cli.terminal import outcome_in_colour
from automation.run.plain import json_text, plain

if TYPE_CHECKING:
    from automation.jobs.plan import Plan
    from automation.jobs.reading import RulesFile
    from automation.jobs.results import Result, Summary
    from automation.jobs.writing import Written
    from automation.run.rules import Rules

_WIDTHS = (20, 22, 14, 34)


@click.command("apply")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--commit", is_flag=True, help="Do it. Without this, the last clicks are not made.")
@JSON
@WORKERS
@RUNS
def apply_(
    plan: Path, workers: int | None, runs_folder: Path | None, *, commit: bool, as_json: bool
) -> int:
    """Apply PLAN: these orders and no other. It rehearses unless told to --commit.

    Interrupted, the same command goes on where it was; no click is made twice.
    """
    from automation.jobs.admission import admit  # noqa: PLC0415 (start-up)
    from automation.jobs.planfile import read_plan  # noqa: PLC0415
    from automation.run.journal import Journal  # noqa: PLC0415
    from automation.run.places import default_runs_folder  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415

    read = read_plan(plan)
    settings = read_settings()
    folder = (runs_folder or default_runs_folder()).resolve()
    journal = Journal.open(folder)
    try:
        rules = admit(read, journal, settings, datetime.now(UTC))
    finally:
        journal.close()
    with at_work(folder, workers, rules) as work:
        limits = rules.book.limits.and_also(settings.rules)
        summary, written = apply_plan(read, rules, limits, work, commit=commit)
    with even_if_nobody_reads():
        tell_summary(summary, written, sys.stderr if as_json else sys.stdout)
        if as_json:
            click.echo(json_text(summary.line()))
    return summary.exit_code


def apply_plan(
    plan: Plan, rules: RulesFile, limits: Rules, work: AtWork, *, commit: bool
) -> tuple[Summary, Written]:
    """Apply a plan that was admitted, with progress; its summary, and where that lies."""
    from automation.jobs.admission import note_applied  # noqa: PLC0415 (start-up)
    from automation.jobs.applying import Applying, committed_before  # noqa: PLC0415
    from automation.jobs.budget import Budget  # noqa: PLC0415
    from automation.jobs.hands import lend_workers  # noqa: PLC0415
    from automation.jobs.standing import standings  # noqa: PLC0415
    from automation.jobs.writing import write_summary  # noqa: PLC0415

    known = standings(work.journal, plan.id, commit=commit)
    if commit:
        note_applied(plan, work.journal)
    progress = _Progress(len(plan.to_do) - sum(each.final for each in known.values()))
    try:
        summary = Applying(
            plan=plan,
            rules=rules,
            known=known,
            budget=Budget(limits, work.journal, committed_before(plan, known)),
            stopping=work.crew.stopping,
            lend=lend_workers(work.crew, plan.id, commit=commit),
            told=progress.told,
            commit=commit,
        ).go(work.crew)
    finally:
        progress.done()
    return summary, write_summary(summary, work.folder / plan.id)


class _Progress:
    """A line for each order, and how long the others will take."""

    def __init__(self, orders: int) -> None:
        self._orders = orders
        self._done = 0
        self._begun = time.monotonic()
        self._status = Status()
        self._turn = threading.Lock()

    def told(self, result: Result) -> None:
        with self._turn:
            self._done += 1
            word = outcome_in_colour(result.outcome) if result.outcome else "not begun"
            pad = " " * max(1, 18 - len(click.unstyle(word)))
            left = (time.monotonic() - self._begun) / self._done * (self._orders - self._done)
            self._status.line(
                f"{self._done:>4} of {self._orders}  {word}{pad}{plain(result.order.order)}  "
                f"{result.order.where.account:<10} {result.seconds:5.1f} s"
            )
            self._status.tail(f"about {_length(left)} left" if left else "")

    def done(self) -> None:
        self._status.done()


def _length(seconds: float) -> str:
    from automation.jobs.pages import length  # noqa: PLC0415 (start-up)

    return length(timedelta(seconds=round(seconds)))


def tell_summary(summary: Summary, written: Written, stream: TextIO) -> None:
    """The closing table: how many ended how, and those that somebody should look at."""
    from automation.jobs.pages import in_words  # noqa: PLC0415 (start-up)

    open_ = [result for result in summary.results if result.exit_code]
    if open_:
        names = ("outcome", "order", "account", "items", "what happened")
        rows = [tuple(click.style(name, dim=True) for name in names), *map(_row, open_)]
        click.echo(file=stream)
        for line in columns(rows, _WIDTHS):
            click.echo(line, file=stream)
    for held in summary.held:
        click.echo(plain(f"\n{held.where} is held: {held.reason}"), file=stream)
        if held.hint:
            click.echo(plain(f"hint: {held.hint}"), file=stream)
    how = "" if summary.commit else " (rehearsed: nothing was clicked)"
    click.echo(f"\n{click.style(in_words(summary), bold=True)}{how}", file=stream)
    click.echo(f"summary: {written.page}", file=stream)
    click.echo(f"         {written.csv}", file=stream)
    if summary.results and not summary.commit and not summary.exit_code:
        click.echo("add --commit to do it", file=stream)


def _row(result: Result) -> tuple[str, ...]:
    from automation.run.report import plainly  # noqa: PLC0415 (start-up)

    word = outcome_in_colour(result.outcome) if result.outcome else "not begun"
    order = result.order
    titles = ", ".join(dict.fromkeys(order.titles))
    return (
        word,
        plain(order.order),
        order.where.account,
        plain(titles),
        plain(plainly(result.reason)),
    )
