"""What many trials come to: pass^K, the share of cells of which every trial passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from automation.testing.matrix.trials import Trial

DIMENSIONS: tuple[tuple[str, Callable[[Trial], str]], ...] = (
    ("flow", lambda trial: trial.flow),
    ("layout", lambda trial: trial.layout),
    ("language", lambda trial: trial.language),
    ("quirk", lambda trial: trial.quirk),
)


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    name: str
    cells: int
    runs: int
    passed: int
    whole: int  # cells of which every trial passed
    false_words: int

    @property
    def pass_k(self) -> float:
        return self.whole / self.cells if self.cells else 0.0


@dataclass(frozen=True)
class Group:
    """The lines of one dimension."""

    name: str
    lines: tuple[Line, ...]


def line_of(name: str, trials: Iterable[Trial]) -> Line:
    cells: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        cells[trial.case].append(trial)
    every = [trial for own in cells.values() for trial in own]
    return Line(
        name=name,
        cells=len(cells),
        runs=len(every),
        passed=sum(trial.passed for trial in every),
        whole=sum(all(trial.passed for trial in own) for own in cells.values()),
        false_words=sum(bool(trial.false_word) for trial in every),
    )


def groups_of(trials: list[Trial]) -> tuple[Group, ...]:
    """The table: for each dimension a line for each of its values, in the order they came."""
    groups = []
    for name, value_of in DIMENSIONS:
        own: dict[str, list[Trial]] = defaultdict(list)
        for trial in trials:
            own[value_of(trial)].append(trial)
        ordered = sorted(own.items(), key=lambda pair: (pair[0] != "none", pair[0]))
        groups.append(Group(name, tuple(line_of(value, found) for value, found in ordered)))
    return tuple(groups)


def table(trials: list[Trial], times: int) -> str:
    """The table as text."""
    groups = groups_of(trials)
    width = 2 + max(len(line.name) for group in groups for line in group.lines)
    shown = [_row(" " * width, "cells", "runs", "passed", f"pass^{times}", "false words")]
    for group in groups:
        shown.append(group.name)
        shown += [_line(line, width, indent="  ") for line in group.lines]
    shown.append(_line(line_of("all", trials), width))
    return "\n".join(shown)


def _line(line: Line, width: int, indent: str = "") -> str:
    return _row(
        f"{indent}{line.name}".ljust(width),
        str(line.cells),
        str(line.runs),
        str(line.passed),
        percent(line.pass_k),
        str(line.false_words),
    )


def _row(name: str, *columns: str) -> str:
    widths = (8, 8, 8, 9, 14)
    return name + "".join(text.rjust(width) for text, width in zip(columns, widths, strict=True))


def percent(share: float) -> str:
    """Never rounded up to all, nor down to none."""
    if share in (0, 1):
        return f"{share:.0%}".replace("%", " %")
    return f"{min(max(share * 100, 0.1), 99.9):.1f} %"
