"""`unorder matrix`: how sure it is, over every cell of the cases."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.errors import InputError

if TYPE_CHECKING:
    from automation.testing.matrix.trials import Trial

_HERE = Path(__file__).resolve().parents[1]
_SUFFIXES = ("*.cases.yaml", "*.cases.yml")
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("cases", nargs=-1, type=click.Path(path_type=Path))
@click.option("--times", type=click.IntRange(1, 1000), default=1, show_default=True, metavar="K",
              help="How often each cell is followed.")  # fmt: skip
@click.option("--junit", type=_FILE, metavar="FILE", help="Write JUnit XML.")
@click.option("--html", type=_FILE, metavar="FILE", help="Write a page to look at.")
@click.option("--runs", "runs_folder", type=click.Path(path_type=Path, file_okay=False),
              default=Path("test-results/matrix"), show_default=True,
              help="Where the reports of the runs are kept.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), metavar="N",
              help="How many cells at a time; with pytest-xdist, one a core.")  # fmt: skip
def matrix(
    cases: tuple[Path, ...],
    times: int,
    junit: Path | None,
    html: Path | None,
    runs_folder: Path,
    workers: int | None,
) -> int:
    """Follow every cell of the CASES, and print pass^K and the rate of false words.

    CASES are *.cases.yaml files, or folders of them: `cases/` here if none is named, else those
    that come with unorder. Leaves with 0 when every trial passed, else with 1.
    """
    files = _files(cases)
    from automation.testing.matrix import tally, trials  # noqa: PLC0415 (start-up)

    side_by_side = trials.can_work_side_by_side()
    if workers is None:
        workers = (os.cpu_count() or 1) if side_by_side else 1
    elif workers > 1 and not side_by_side:
        raise InputError("several workers need pytest-xdist", hint="pip install pytest-xdist")
    telling = _Telling(times, workers)
    noted = trials.Noted(telling.begins, telling.ended)
    trials.follow_all(
        files, times=times, runs=runs_folder.resolve(), junit=junit, workers=workers, noted=noted
    )
    telling.still()
    click.echo(tally.table(noted.trials, times))
    _tell_what_failed(noted.trials)
    _tell_what_is_missing(noted.trials)
    if html is not None:
        from automation.testing.matrix.page import write_page  # noqa: PLC0415 (start-up)

        command = shlex.join(["unorder", *sys.argv[1:]])
        write_page(html.resolve(), noted.trials, times=times, command=command)
        click.echo(f"page: {html}")
    return int(not all(trial.passed for trial in noted.trials))


def _files(named: tuple[Path, ...]) -> list[Path]:
    if not named:
        folders = (Path("cases"), _HERE / "_cases", _HERE.parent / "cases")
        return next((found for folder in folders if (found := _in(folder))), [])
    files = []
    for path in named:
        if not path.exists():
            raise InputError(
                f"there is no file or folder `{path}`",
                hint="name files that end in .cases.yaml, or folders of them",
            )
        found = _in(path) if path.is_dir() else [path]
        if not found:
            raise InputError(f"`{path}` holds no cases",
                             hint="a file of cases ends in .cases.yaml")  # fmt: skip
        files += found
    return files


def _in(folder: Path) -> list[Path]:
    return sorted(path for suffix in _SUFFIXES for path in folder.rglob(suffix))


def _tell_what_failed(trials: list[Trial]) -> None:
    for trial in trials:
        if not trial.passed:
            first = trial.told.strip().partition("\n")[0]
            click.echo(f"\n{click.style('✗', fg='red')} {trial.case}\n  {first}")
            if trial.report:
                click.echo(f"  report: {trial.report}")


def _tell_what_is_missing(trials: list[Trial]) -> None:
    from mock_store.quirks import Quirk  # noqa: PLC0415 (start-up)

    asked = (name for trial in trials for name in trial.quirk.split(" + "))
    tried = {name.partition("=")[0] for name in asked}
    missing = [quirk.value for quirk in Quirk if quirk.value not in tried]
    if missing:
        click.echo(f"\nno case asks for {len(missing)} quirks: {', '.join(missing)}")


class _Telling:
    """Tells how far it is: one line that lives in a terminal, now and then a line in a pipe."""

    def __init__(self, times: int, workers: int) -> None:
        self._times = times
        self._workers = workers
        self._live = sys.stderr.isatty() and not os.environ.get("CI")
        # pytest's own words are held back meanwhile; these are not.
        self._stream = sys.stderr
        self._of = self._done = self._failed = 0

    def begins(self, count: int) -> None:
        self._of = count
        cells = count // self._times
        self._say(f"{cells} cells, {self._times} times each: {count} runs, "
                  f"{self._workers} at a time\n")  # fmt: skip

    def ended(self, trial: Trial) -> None:
        self._done += 1
        self._failed += not trial.passed
        text = f"{self._done} of {self._of} · {self._failed} failed"
        if self._live:
            self._say(f"\r\033[K{text}")
        elif self._done % max(1, self._of // 20) == 0:
            self._say(f"{text}\n")

    def still(self) -> None:
        if self._live:
            self._say("\r\033[K")

    def _say(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
