"""The matrix as a page to look at: a cell a layout and language, a dot a trial."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from statistics import median

from automation.testing.matrix.tally import groups_of, line_of, percent
from automation.testing.matrix.trials import Trial


@dataclass(frozen=True)
class Dot:
    """One trial: whether it passed, and where its run is kept, if it is."""

    passed: bool
    title: str
    link: str | None


@dataclass(frozen=True)
class Row:
    """One case under one quirk, with a cell for each column."""

    name: str
    detail: str
    cells: tuple[tuple[Dot, ...], ...]


@dataclass(frozen=True)
class Section:
    """The rows of one case."""

    it: str
    flow: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Failure:
    """A trial that failed, told at length."""

    case: str
    told: str
    link: str | None


def write_page(path: Path, trials: list[Trial], *, times: int, command: str) -> None:
    """Write the page; links to runs are relative to it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 (start-up)

    environment = Environment(
        loader=PackageLoader("automation.testing.matrix"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters["percent"] = percent
    columns = _columns(trials)
    layouts = [(name, len(list(own))) for name, own in groupby(layout for layout, _ in columns)]
    html = environment.get_template("matrix.html").render(
        times=times,
        command=command,
        whole=line_of("all", trials),
        groups=groups_of(trials),
        layouts=layouts,
        columns=columns,
        sections=_sections(trials, columns, path.parent),
        failures=_failures(trials, path.parent),
        when=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        version=version("unorder"),
        median=median(trial.seconds for trial in trials),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, "utf-8")


def _columns(trials: list[Trial]) -> list[tuple[str, str]]:
    layouts = list(dict.fromkeys(trial.layout for trial in trials))
    languages = list(dict.fromkeys(trial.language for trial in trials))
    there = {(trial.layout, trial.language) for trial in trials}
    return [(layout, language) for layout in sorted(layouts, key=_usual) for language in languages
            if (layout, language) in there]  # fmt: skip


def _usual(layout: str) -> int:
    order = ("documented", "current", "mobile")
    return order.index(layout) if layout in order else len(order)


def _sections(
    trials: list[Trial], columns: list[tuple[str, str]], folder: Path
) -> tuple[Section, ...]:
    cases: dict[tuple[str, str], list[Trial]] = defaultdict(list)
    for trial in trials:
        cases[trial.it, trial.flow].append(trial)
    ordered = sorted(cases.items(), key=lambda pair: pair[1][0].quirk != "none")
    return tuple(
        Section(it, flow, tuple(_rows(own, columns, folder))) for (it, flow), own in ordered
    )


def _rows(trials: list[Trial], columns: list[tuple[str, str]], folder: Path) -> list[Row]:
    own: dict[tuple[str, str], list[Trial]] = defaultdict(list)
    for trial in trials:
        own[trial.quirk, trial.mode].append(trial)
    return [
        Row(
            name="" if quirk == "none" else quirk.replace("_", " "),
            detail=" or ".join(dict.fromkeys(t.outcome or "no outcome" for t in found)),
            cells=tuple(
                tuple(_dot(t, folder) for t in found if (t.layout, t.language) == column)
                for column in columns
            ),
        )
        for (quirk, _), found in own.items()
    ]


def _dot(trial: Trial, folder: Path) -> Dot:
    how = "passed" if trial.passed else "failed"
    word = f" · {trial.outcome}" if trial.outcome else ""
    return Dot(trial.passed, f"{how}{word} · {trial.seconds:.1f} s", _link(trial, folder))


def _link(trial: Trial, folder: Path) -> str | None:
    if trial.report is None or not trial.report.is_file():
        return None
    return Path(os.path.relpath(trial.report, folder)).as_posix()


def _failures(trials: list[Trial], folder: Path) -> list[Failure]:
    return [Failure(t.case, t.told, _link(t, folder)) for t in trials if not t.passed]
