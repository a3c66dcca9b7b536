"""What a test's runs leave behind, and whether it is kept when the test is over."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from automation.run.record import Run

KEPT = pytest.StashKey["Kept"]()


class Kept:
    """The runs and traces of one test. They move to *output* when they are to be kept."""

    def __init__(self, folder: Path, output: Path, *, always: bool) -> None:
        self.runs_folder = folder / "runs"
        self.traces_folder = folder / "traces"
        self._output = output
        self._always = always
        self._moved = False
        self.runs: list[Run] = []
        self.told = False  # whether the test's own failure tells of the runs

    def new_trace(self) -> Path:
        """Where the next trace goes."""
        self.traces_folder.mkdir(parents=True, exist_ok=True)
        return self.traces_folder / f"trace-{len(list(self.traces_folder.iterdir())) + 1}.zip"

    def keep(self, *, whole: bool = True) -> None:
        """Copy everything to where it outlives the test; if not *whole*, only the reports."""
        if self._moved:
            return
        self._moved = True
        for run in self.runs:
            folder = self._output / run.folder.name
            if whole:
                shutil.copytree(run.folder, folder, dirs_exist_ok=True)
            else:
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy(run.report, folder)
        for trace in self.traces() if whole else ():
            self._output.mkdir(parents=True, exist_ok=True)
            shutil.copy(trace, self._output / trace.name)

    def traces(self) -> list[Path]:
        return sorted(self.traces_folder.glob("*.zip"))

    def place(self, path: Path) -> Path:
        """Where something of a run or a trace is to be found now, as short as can be told."""
        if self._moved:
            path = self._output / (
                path.relative_to(self.runs_folder)
                if path.is_relative_to(self.runs_folder)
                else path.name
            )
        here = Path.cwd()
        return path.relative_to(here) if path.is_relative_to(here) else path

    def tell(self, report: pytest.TestReport) -> None:
        """Add to a test's report what its runs saw, if that is to be kept."""
        if not (report.failed or self._always):
            return
        self.keep(whole=report.failed)
        report.user_properties += [
            ("unorder_report", str(self.place(run.report))) for run in self.runs
        ]
        if report.failed and self.runs and not self.told:
            from automation.testing.telling import run_told  # noqa: PLC0415 (start-up)

            text = "\n\n".join(run_told(run, self) for run in self.runs)
            report.sections.append(("what the runs saw", text))
