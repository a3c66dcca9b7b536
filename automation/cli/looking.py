"""`unorder runs` and `unorder show`: looking back."""

from __future__ import annotations

from pathlib import Path

import click

from automation.cli.terminal import outcome_in_colour
from automation.errors import InputError
from automation.outcome import Outcome
from automation.run.journal import Entry, Journal
from automation.run.places import default_runs_folder
from automation.run.plain import json_text, plain
from automation.run.record import Run

_RUNS = click.option("--runs", "runs_folder", type=click.Path(path_type=Path, file_okay=False),
                     help="Where the journal and the evidence are kept.")  # fmt: skip


@click.command()
@_RUNS
@click.option("--last", default=20, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON each.")
def runs(runs_folder: Path | None, last: int, *, as_json: bool) -> None:
    """List what was run, newest last."""
    journal = Journal.open((runs_folder or default_runs_folder()).resolve())
    asked = journal.of_kind("asked")[-last:]
    ended = {entry.run: entry for entry in journal.of_kind("ended", "record")}
    journal.close()
    if not asked:
        click.echo("nothing was run yet; `unorder demo` shows how", err=True)
    for entry in asked:
        click.echo(_as_json(entry, ended.get(entry.run)) if as_json
                   else _as_line(entry, ended.get(entry.run)))  # fmt: skip


@click.command()
@click.argument("run_id", metavar="RUN")
@_RUNS
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


def _as_line(asked: Entry, ended: Entry | None) -> str:
    body = asked.body
    outcome = (outcome_in_colour(Outcome.named(ended.body["outcome"])) if ended
               else click.style("interrupted", fg="red"))  # fmt: skip
    how = "commit" if body["commit"] else "rehearsal"
    pad = " " * max(1, 18 - len(click.unstyle(outcome)))
    return f"{asked.run}  {outcome}{pad}{how:<10} {plain(body['order'])}"


def _as_json(asked: Entry, ended: Entry | None) -> str:
    outcome = ended.body["outcome"] if ended else None
    return json_text({"run": asked.run, **asked.body, "outcome": outcome})
