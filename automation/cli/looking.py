"""`unorder runs` and `unorder show`: looking back."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from automation.cli.batch import SINCE
from automation.cli.options import RUNS
from automation.cli.terminal import outcome_in_colour
from automation.cli.unended import Stood, Unended, how_it_stands
from automation.errors import InputError
from automation.outcome import Outcome
from automation.run.journal import ELSEWHERE, NAME, Journal
from automation.run.places import default_runs_folder
from automation.run.plain import json_text, plain
from automation.run.record import Run

if TYPE_CHECKING:
    from automation.jobs.ledger import Line


@click.command()
@RUNS
@click.option("--last", type=click.IntRange(min=1), default=20, show_default=True,
              help="How many, of those that fit.")  # fmt: skip
@click.option("--since", type=SINCE, help="7d, 36h, or a day such as 2026-11-24.")
@click.option(
    "--outcome",
    "words",
    multiple=True,
    metavar="WORD",
    type=click.Choice([*(each.label for each in Outcome), "interrupted"]),
    help="Only this outcome; repeat it. `interrupted` are all that have none.",
)
@click.option("--store", help="Only of this storefront.")
@click.option("--account", help="Only of this account.")
@click.option("--order", help="Only about this order; the end of its number is enough.")
@click.option("--commit/--rehearsal", default=None, help="Only those that were to act, or not.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON each.")
def runs(runs_folder: Path | None, last: int, *, as_json: bool, **wanted: Any) -> None:
    """List what was run, newest last."""
    from automation.jobs.ledger import Wanted, ledger  # noqa: PLC0415 (start-up)

    with closing(Journal.open(folder_to_look_in(runs_folder))) as journal:
        lines = ledger(journal, Wanted(**wanted))
        told = [(line, None if line.outcome else how_it_stands(journal, line.run))
                for line in lines[-last:]]  # fmt: skip
    if not lines:
        any_wish = any(wish not in (None, ()) for wish in wanted.values())
        click.echo("no run fits" if any_wish else
                   "nothing was run yet; `unorder demo` shows how", err=True)  # fmt: skip
    for line, unended in told:
        click.echo(_as_json(line, unended) if as_json else _as_line(line, unended))
    if any(unended and unended.stood is Stood.CLICKED for _, unended in told):
        click.echo(f"hint: {Stood.CLICKED.next}", err=True)


@click.command()
@click.argument("run_id", metavar="RUN")
@RUNS
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON.")
def show(run_id: str, runs_folder: Path | None, *, as_json: bool) -> int:
    """Tell what RUN did, and where its report is. The end of its name is enough."""
    run = find_run(folder_to_look_in(runs_folder), run_id)
    if not isinstance(run, Run):
        tell_without_record(*run, as_json=as_json)
        return 0
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


def folder_to_look_in(named: Path | None) -> Path:
    """The folder of runs, for who only looks. One that was named is not made: it is mistyped."""
    folder = (named or default_runs_folder()).resolve()
    was_named = named is not None or os.environ.get("UNORDER_RUNS")
    if was_named and not os.environ.get(ELSEWHERE) and not folder.is_dir():
        raise InputError(
            f"there is no folder `{folder}`",
            hint="--runs DIR, or else UNORDER_RUNS, names where runs were kept",
        )
    return folder


def find_run(folder: Path, run_id: str) -> Run | tuple[Line, Unended | None]:
    """The run of this name, or the only one whose name ends so; `InputError` if there is none.

    One that left no record is what the journal knows of it.
    """
    found = [path.parent for path in folder.glob("*/run.json") if path.parent.name.endswith(run_id)]
    if not found and (known := _in_the_journal(folder, run_id)):
        return known
    if len(found) != 1:
        raise _not_one(folder, run_id, len(found))
    try:
        return Run.read(found[0])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise InputError(f"the record of `{run_id}` cannot be read: {problem}") from problem


def _in_the_journal(folder: Path, run_id: str) -> tuple[Line, Unended | None] | None:
    from automation.jobs.ledger import ledger  # noqa: PLC0415 (start-up)

    if not os.environ.get(ELSEWHERE) and not (folder / NAME).exists():
        return None
    with closing(Journal.open(folder)) as journal:
        found = [line for line in ledger(journal) if line.run.endswith(run_id)]
        if not found:
            return None
        if len(found) > 1:
            raise _not_one(folder, run_id, len(found))
        line = found[0]
        return line, None if line.outcome else how_it_stands(journal, line.run)


def _not_one(folder: Path, run_id: str, count: int) -> InputError:
    return InputError(
        f"{f'{count} runs are' if count else 'no run is'} called `{run_id}` in `{folder}`",
        hint="`unorder runs` lists them; --runs DIR names another folder",
    )


def tell_without_record(line: Line, unended: Unended | None, *, as_json: bool) -> None:
    """What the journal knows of a run whose folder holds no record of it."""
    if as_json:
        click.echo(_as_json(line, unended))
        return
    about = f"{line.flow} {line.order}".rstrip()
    if unended is None:
        click.echo(f"{_word(line, unended)}  {plain(f'{about}: {line.reason}')}")
        click.echo("its evidence is not kept any more; the journal knows no more")
        return
    why = f": {unended.why}" if unended.why else ""
    click.echo(f"{_word(line, unended)}  {plain(about + why)}")
    click.echo(f"hint: {unended.stood.next}")


def _word(line: Line, unended: Unended | None) -> str:
    if unended is not None:
        return click.style(unended.stood.words, fg=unended.stood.colour)
    assert line.outcome is not None
    return outcome_in_colour(line.outcome)


def _as_line(line: Line, unended: Unended | None) -> str:
    word = _word(line, unended)
    how = "commit" if line.commit else "rehearsal"
    pad = " " * max(1, 22 - len(click.unstyle(word)))
    return f"{line.run}  {word}{pad}{how:<10} {plain(line.order)}"


def _as_json(line: Line, unended: Unended | None) -> str:
    told = {"run": line.run, **line.asked, "outcome": line.outcome and line.outcome.label}
    if unended is not None:
        told |= {"stood": unended.stood.words, "why": unended.why}
    return json_text(told)
