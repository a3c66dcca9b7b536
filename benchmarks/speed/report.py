"""The table: what each way took, beside what loads the same pages."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.machine import the_machine
from benchmarks.speed.chart import Bar, drawn
from benchmarks.speed.rounds import Results
from benchmarks.speed.tally import Measured, Spread, ratio, spread
from benchmarks.speed.ways import BASE, SHORTEST, Loads, Way
from faults.tables import table

_HEAD = ("", "pages", "requests", "seconds", "CPU seconds", "MiB",
         "ratio, same pages", "ratio, shortest")  # fmt: skip
_NONE = "·"
_SMALL = 0.1  # below it two decimals tell too little


class Report:
    """What was measured, ready to be shown."""

    def __init__(self, ways: Sequence[Way], results: Results, times: int, browser: str) -> None:
        self._ways = [way for way in ways if way.name in results.measured]
        self._titles = {way.name: way.title for way in ways}
        self._results = results
        self._times = times
        self._on = f"{the_machine()}; {browser}"

    def text(self) -> str:
        """A table in Markdown, and what is to be known of it."""
        first = (f"{self._on}. Medians of {self._times} rounds, one order for each way in each, "
                 "after one to warm up; least and most in brackets.")  # fmt: skip
        rows = [self._row(way) for way in self._ways]
        return "\n\n".join([first, table(_HEAD, rows), *self._notes()])

    def picture(self) -> str:
        bars = [
            Bar(way.title, way.loads.value, spread(self._of(way).seconds), ours=way.ours)
            for way in self._ways
        ]
        return drawn(bars, f"Median of {self._times} rounds in which all take turns, each in a "
                           "browser of its own")  # fmt: skip

    def _of(self, way: Way) -> Measured:
        return self._results.measured[way.name]

    def _row(self, way: Way) -> Sequence[object]:
        measured = self._of(way)
        return (
            way.title,
            len(measured.pages),
            measured.requests,
            _told(spread(measured.seconds)),
            _told(spread(measured.cpu)),
            f"{measured.pss:.0f}" if measured.pss is not None else _NONE,
            self._ratio(measured, BASE) if way.loads is Loads.OURS else _NONE,
            self._ratio(measured, SHORTEST),
        )

    def _ratio(self, measured: Measured, base: str) -> str:
        other = self._results.measured.get(base)
        return _told(ratio(measured.seconds, other.seconds)) if other else _NONE

    def _notes(self) -> list[str]:
        notes = [f"{way.title}: {way.note}." for way in self._ways if way.note]
        notes += self._same_pages()
        for said, ways in (("Left out", self._results.left_out), ("FAILED", self._results.failed)):
            notes += [f"{said}: {self._titles[name]}: {why}." for name, why in ways.items()]
        return notes

    def _same_pages(self) -> list[str]:
        """Whether those that are said to load the same pages did."""
        same = [way for way in self._ways if way.loads is Loads.OURS]
        if len({self._of(way).pages for way in same}) < 2:  # noqa: PLR2004 (or they are the same)
            return []
        return ["NOT the same pages: " + "; ".join(
            f"{way.title}: {', '.join(self._of(way).pages)}" for way in same
        )]  # fmt: skip


def _told(one: Spread) -> str:
    return f"{_number(one.median)} ({_number(one.least)} to {_number(one.most)})"


def _number(value: float) -> str:
    return f"{value:.2f}" if value >= _SMALL else f"{value:.3f}"
