"""`unorder nightly`: everything that a night needs, in one command for a timer."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.cli.applying import apply_plan, tell_summary
from automation.cli.batch import WORKERS, AtWork, Status, at_work
from automation.cli.options import JSON, RUNS
from automation.cli.pipe import even_if_nobody_reads
from automation.cli.planning import tell_plan
from automation.cli.terminal import outcome_in_colour
from automation.cli.verifying import tell_verified
from automation.errors import UnorderError
from automation.run.plain import json_text, plain

if TYPE_CHECKING:
    from automation.jobs.plan import Plan
    from automation.jobs.reading import RulesFile
    from automation.jobs.results import Summary
    from automation.jobs.verifying import Verified
    from automation.run.settings import Settings


@click.command()
@click.argument("rules", type=click.Path(path_type=Path))
@click.option("--commit", is_flag=True, help="Do it. Without this, the last clicks are not made.")
@JSON
@WORKERS
@RUNS
def nightly(
    rules: Path, workers: int | None, runs_folder: Path | None, *, commit: bool, as_json: bool
) -> int:
    """Settle what is open, plan by RULES, apply the plan, and tell. One night at a time.

    An interrupted night is gone on with; what was clicked is not clicked again.
    """
    from automation.jobs.notify import by_apprise, send_all  # noqa: PLC0415 (start-up)
    from automation.jobs.pages import in_words  # noqa: PLC0415
    from automation.jobs.ping import Ping  # noqa: PLC0415
    from automation.jobs.reading import read_rules  # noqa: PLC0415
    from automation.jobs.writing import write_summary  # noqa: PLC0415
    from automation.run.lock import locked  # noqa: PLC0415
    from automation.run.settings import read_settings  # noqa: PLC0415

    settings = read_settings()
    read = read_rules(rules, settings)
    ping = Ping(read.book.ping)
    with locked(f"nightly {read.path.resolve()}"), at_work(runs_folder, workers, read) as work:
        ping.begins()
        try:
            summary = _night(read, settings, work, commit=commit)
        except UnorderError as problem:
            ping.ends(problem.exit_code, "the night did not come to its end")
            raise
    written = write_summary(summary, work.folder / summary.plan)
    problems = send_all(read.book.notify, summary, by_apprise)
    ping.ends(summary.exit_code, in_words(summary))
    with even_if_nobody_reads():
        tell_summary(summary, written, sys.stderr if as_json else sys.stdout)
        for said in [*problems, *([ping.problem] if ping.problem else [])]:
            click.echo(plain(f"note: {said}"), err=True)
        if as_json:
            click.echo(json_text(summary.line()))
    _prune(read, work.folder)  # last: tidying up must not cost a word of the night
    return summary.exit_code


def _night(rules: RulesFile, settings: Settings, work: AtWork, *, commit: bool) -> Summary:
    from automation.errors import TryLater  # noqa: PLC0415 (start-up)
    from automation.jobs import nightly as night  # noqa: PLC0415
    from automation.jobs.planning import NoPlan  # noqa: PLC0415

    started = datetime.now(UTC)
    verified = _verified(rules, settings, work)
    limits = rules.book.limits.and_also(settings.rules)
    if commit and (no := rules.book.why_not_now(started)):
        raise TryLater(f"nothing was planned: {no}", hint="what was open is settled; try later")
    try:
        plan = _plan(rules, settings, work, commit=commit)
    except NoPlan as problem:
        summary = night.night_without_a_plan(rules, problem, started, commit=commit)
    else:
        summary, _ = apply_plan(plan, rules, limits, work, commit=commit)
        if commit:
            night.note_ended(summary, work.journal)
    return night.with_what_was_verified(summary, verified)


def _prune(rules: RulesFile, folder: Path) -> None:
    """Remove old evidence, as the rules say. The night itself is over and well."""
    from automation.jobs.retention import remove, too_much  # noqa: PLC0415 (start-up)
    from automation.run.journal import Journal  # noqa: PLC0415

    journal = Journal.open(folder)
    try:
        remove(too_much(folder, journal, rules.book.retention, datetime.now(UTC)))
    finally:
        journal.close()


def _verified(rules: RulesFile, settings: Settings, work: AtWork) -> Verified:
    from automation.jobs.nightly import opens_of  # noqa: PLC0415 (start-up)
    from automation.jobs.verifying import Verified, verify  # noqa: PLC0415

    opens = opens_of(rules, work.journal)
    if not opens:
        return Verified()
    found = verify(opens, work.crew, settings, work.folder)
    for run in found.runs:
        word = outcome_in_colour(run.outcome)
        click.echo(f"settled: order {plain(run.order)} {word}", err=True)
    tell_verified(found, sys.stderr)
    return found


def _plan(rules: RulesFile, settings: Settings, work: AtWork, *, commit: bool) -> Plan:
    from automation.jobs.nightly import PLAN, unfinished  # noqa: PLC0415 (start-up)
    from automation.jobs.pages import write_plan_page  # noqa: PLC0415
    from automation.jobs.planfile import write_plan  # noqa: PLC0415
    from automation.jobs.planning import make_plan  # noqa: PLC0415
    from automation.run.places import private_folder  # noqa: PLC0415

    if commit and (left := unfinished(rules, work.journal, settings, work.folder)):
        click.echo(f"going on with {left.id}", err=True)
        return left
    status = Status()
    limits = rules.book.limits.and_also(settings.rules)
    try:
        plan = make_plan(rules, limits, work.crew, work.journal, status.opened)
    finally:
        status.done()
    folder = private_folder(work.folder / plan.id)
    write_plan(plan, folder / PLAN)
    write_plan_page(plan, folder / "plan.html")
    tell_plan(plan, sys.stderr)
    return plan
