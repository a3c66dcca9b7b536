"""Cases as pytest sees them: a file, and an item for each cell of each case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from automation.errors import UnorderError
from automation.flow.library import Library
from automation.source import SourceError
from automation.testing.cases.model import Case
from automation.testing.cases.reading import read_cases
from automation.testing.cases.running import CaseFailed, Checked, follow_case
from automation.testing.cases.telling import failure_told


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[CaseItem]:
        times: int = self.config.getoption("--unorder-times")
        try:
            cases = read_cases(self.path, Library(), name=self._shown())
            for case in cases:
                for number in range(1, times + 1):
                    name = case.name if times == 1 else f"{case.name} #{number}"
                    yield CaseItem.from_parent(self, name=name, case=case)
        except UnorderError as problem:
            raise self.CollectError(str(problem)) from problem

    def _shown(self) -> str:
        here = Path.cwd()
        return str(self.path.relative_to(here) if self.path.is_relative_to(here) else self.path)


class CaseItem(pytest.Function):
    """One cell of a case."""

    def __init__(self, *, case: Case, **given: Any) -> None:
        super().__init__(callobj=follow_case, **given)
        self.case = case
        self.checked: Checked | None = None
        for mark in case.marks:
            self._add(mark)
        self.user_properties += [
            ("it", case.it),
            ("flow", case.follow.flow),
            ("layout", case.cell.layout),
            ("language", case.cell.language),
            ("mode", case.cell.mode),
            ("quirk", case.quirk),
            ("case", case.name),
        ]

    @classmethod
    def from_parent(cls, parent: pytest.Collector, **given: Any) -> CaseItem:
        item: CaseItem = super().from_parent(parent, **given)
        return item

    def note_what_came(self) -> None:
        """Keep the run's word with the item, for reporters of any kind."""
        assert self.checked is not None
        self.user_properties += [
            ("outcome", self.checked.run.outcome.label),
            ("false_word", self.checked.false_word or ""),
        ]

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.case.place.line - 1, self.name

    def repr_failure(  # type: ignore[override]  # as pytest.Function has it
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> Any:
        """The case itself, and what came of it, instead of a traceback of ours."""
        kept = self.unorder_kept
        if kept is not None and isinstance(excinfo.value, CaseFailed | UnorderError):
            kept.keep()
            kept.told = True
            return failure_told(self.case, self.checked, excinfo.value, kept)
        return super().repr_failure(excinfo)

    @property
    def unorder_kept(self) -> Any:
        return self.funcargs.get("unorder_kept")

    def _add(self, mark: str) -> None:
        try:
            self.add_marker(getattr(pytest.mark, mark))
        except (AttributeError, pytest.fail.Exception) as problem:
            raise SourceError(
                f"no mark is called `{mark}`",
                self.case.place,
                hint="register it among `markers` in pytest's configuration",
            ) from problem
