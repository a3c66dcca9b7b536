"""Following every cell so many times: pytest does it, and each trial is noted as it ends."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from automation.errors import EnvironmentProblem, InputError

_BAD_USAGE = (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR)


@dataclass(frozen=True)
class Trial:
    """One cell, followed once."""

    it: str
    case: str
    flow: str
    layout: str
    language: str
    mode: str
    quirk: str
    passed: bool
    outcome: str  # "" if the run did not come to one
    false_word: str
    told: str  # why it failed, at length; "" if it passed
    seconds: float
    report: Path | None


@dataclass
class Noted:
    """A pytest plugin that notes each trial, and keeps of a cell that passes the newest run."""

    begins: Callable[[int], None]
    ended: Callable[[Trial], None]
    trials: list[Trial] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _passing: dict[str, Path] = field(default_factory=dict)
    _begun: bool = False

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(report.longreprtext)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._begin(len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self._begin(len(ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.failed:
            self._note(report)

    def _begin(self, count: int) -> None:
        if count and not self._begun:
            self._begun = True
            self.begins(count)

    def _note(self, report: pytest.TestReport) -> None:
        told: dict[str, Any] = dict(report.user_properties)
        kept = told.get("unorder_report")
        trial = Trial(
            it=told["it"],
            case=told["case"],
            flow=told["flow"],
            layout=told["layout"],
            language=told["language"],
            mode=told["mode"],
            quirk=told["quirk"],
            passed=report.passed,
            outcome=told.get("outcome", ""),
            false_word=told.get("false_word", ""),
            told="" if report.passed else str(report.longrepr),
            seconds=report.duration,
            report=Path(kept) if kept else None,
        )
        if trial.passed and trial.report is not None:
            older = self._passing.get(trial.case)
            if older is not None:
                shutil.rmtree(older.parents[1], ignore_errors=True)
            self._passing[trial.case] = trial.report
        self.trials.append(trial)
        self.ended(trial)


def follow_all(
    files: list[Path],
    *,
    times: int,
    runs: Path,
    junit: Path | None,
    workers: int,
    noted: Noted,
) -> None:
    """Follow every cell of these files *times* times; `InputError` if a file cannot be read."""
    with tempfile.TemporaryDirectory() as artifacts:
        words = [
            *map(str, files),
            f"--unorder-times={times}",
            f"--unorder-runs={runs}",
            f"--output={artifacts}",
            "--tracing=off",  # the folder is gone when the table is printed
            "--assert=plain",  # ours are loaded already, and cases hold no assert
            "-p", "no:randomly",
            "-p", "no:cacheprovider",
        ]  # fmt: skip
        if junit is not None:
            words.append(f"--junitxml={junit}")
        if workers > 1:
            words += ["-n", str(workers)]
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            code = pytest.main(words, plugins=[noted])
    if noted.problems:
        raise InputError(noted.problems[0])
    if code in _BAD_USAGE or not noted.trials:
        raise EnvironmentProblem(
            "pytest could not follow the cases",
            hint=(err.getvalue() or out.getvalue()).strip()[-1000:] or None,
        )


def can_work_side_by_side() -> bool:
    """Whether pytest-xdist is there, which follows several cells at a time."""
    return find_spec("xdist") is not None
