"""The table: what each way took, beside what loads the same pages."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.machine import the_machine
from benchmarks.speed.chart import Bar
from benchmarks.speed.rounds import Results
from benchmarks.speed.tally import Measured, Spread, ratio, spread
from benchmarks.speed.ways import BASE, SHORTEST, Loads, Way
from faults.tables import table

_HEAD = ("", "pages", "requests", "seconds", "CPU seconds", "MiB",
         "× bare, same pages", "× bare, shortest")  # fmt: skip
_NONE = "·"


class Report:
    """What was measured, ready to be shown."""

    def __init__(self, ways: Sequence[Way], results: Results, times: int, browser: str) -> None:
        self._ways = [way for way in ways if way.name in results.measured]
        self._titles = {way.name: way.title for way in ways}
        self._results = results
        self._times = times
        self._browser = browser

    def text(self) -> str:
        """A table in Markdown, and what is to be known of it."""
        first = (f"{the_machine()}; {self._browser}; medians of {self._times} rounds, one order "
                 "per way and round, after one to warm up; least and most in brackets.")  # fmt: skip
        rows = [self._row(way) for way in self._ways]
        return "\n\n".join([first, table(_HEAD, rows), *self._notes()])

    def bars(self) -> list[Bar]:
        return [
            Bar(way.title, way.loads.value, spread(self._of(way).seconds), ours=way.ours)
            for way in self._ways
        ]

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
        for said, ways in (("left out", self._results.left_out), ("FAILED", self._results.failed)):
            notes += [f"{said}: {self._titles[name]}: {why}" for name, why in ways.items()]
        return notes

    def _same_pages(self) -> list[str]:
        """Whether those that are said to load the same pages did."""
        whole = [way for way in self._ways if way.loads is Loads.OURS]
        loaded = {self._of(way).pages for way in whole}
        if len(loaded) < 2:  # noqa: PLR2004 (with one of them there is nothing to compare)
            return []
        return ["NOT the same pages: " + "; ".join(
            f"{way.name}: {', '.join(self._of(way).pages)}" for way in whole
        )]  # fmt: skip


def _told(one: Spread) -> str:
    return f"{one.median:.2f} ({one.least:.2f}–{one.most:.2f})"
