"""`unorder runs` and `unorder show`: looking back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from automation.cli.batch import SINCE
from automation.cli.options import RUNS
from automation.cli.terminal import outcome_in_colour
from automation.errors import InputError
from automation.outcome import Outcome
from automation.run.journal import Journal
from automation.run.places import default_runs_folder
from automation.run.plain import json_text, plain
from automation.run.record import Run

if TYPE_CHECKING:
    from automation.jobs.ledger import Line


@click.command()
@RUNS
@click.option("--last", default=20, show_default=True, help="How many, of those that fit.")
@click.option("--since", type=SINCE, help="7d, 36h, or a day such as 2026-11-24.")
@click.option(
    "--outcome",
    "words",
    multiple=True,
    metavar="WORD",
    type=click.Choice([*(each.label for each in Outcome), "interrupted"]),
    help="Only this outcome; repeat it.",
)
@click.option("--store", help="Only of this storefront.")
@click.option("--account", help="Only of this account.")
@click.option("--order", help="Only about this order; the end of its number is enough.")
@click.option("--commit/--rehearsal", default=None, help="Only those that were to act, or not.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON each.")
def runs(runs_folder: Path | None, last: int, *, as_json: bool, **wanted: Any) -> None:
    """List what was run, newest last."""
    from automation.jobs.ledger import Wanted, ledger  # noqa: PLC0415 (start-up)

    journal = Journal.open((runs_folder or default_runs_folder()).resolve())
    lines = ledger(journal, Wanted(**wanted))
    journal.close()
    if not lines:
        any_wish = any(wish not in (None, ()) for wish in wanted.values())
        click.echo("no run fits" if any_wish else
                   "nothing was run yet; `unorder demo` shows how", err=True)  # fmt: skip
    for line in lines[-last:]:
        click.echo(_as_json(line) if as_json else _as_line(line))


@click.command()
@click.argument("run_id", metavar="RUN")
@RUNS
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON.")
def show(run_id: str, runs_folder: Path | None, *, as_json: bool) -> int:
    """Tell what RUN did, and where its report is. The end of its name is enough."""
    run = find_run((runs_folder or default_runs_folder()).resolve(), run_id)
    if as_json:
        click.echo(run.as_json(), nl=False)
        return 0
    from automation.run.report import summary_line  # noqa: PLC0415 (start-up)

    click.echo(f"{outcome_in_colour(run.outcome)}  {plain(summary_line(run))}")
    for step in run.steps:
        mark = "✗" if step.problem else "✓"
        click.echo(plain(f"{step.number:>2} {mark} {step.sentence} {step.given}").rstrip())
    for title, state in run.items.items():
        click.echo(plain(f"   {title}: {state}"))
    click.echo(f"report: {run.report}")
    return 0


def find_run(folder: Path, run_id: str) -> Run:
    """The run of this name, or the only one whose name ends so; `InputError` if there is none."""
    found = [path.parent for path in folder.glob("*/run.json") if path.parent.name.endswith(run_id)]
    if len(found) != 1:
        what = "no run is" if not found else f"{len(found)} runs are"
        raise InputError(
            f"{what} called `{run_id}` in `{folder}`",
            hint="`unorder runs` lists them; --runs DIR names another folder",
        )
    try:
        return Run.read(found[0])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise InputError(f"the record of `{run_id}` cannot be read: {problem}") from problem


def _as_line(line: Line) -> str:
    outcome = (outcome_in_colour(line.outcome) if line.outcome
               else click.style("interrupted", fg="red"))  # fmt: skip
    how = "commit" if line.commit else "rehearsal"
    pad = " " * max(1, 18 - len(click.unstyle(outcome)))
    return f"{line.run}  {outcome}{pad}{how:<10} {plain(line.order)}"


def _as_json(line: Line) -> str:
    outcome = line.outcome.label if line.outcome else None
    return json_text({"run": line.run, **line.asked, "outcome": outcome})
