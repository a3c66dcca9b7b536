"""All ways side by side: an order each, round by round, in an order that turns with the rounds."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.speed.child import Child, WayFailed
from benchmarks.speed.environments import ROOT, Missing
from benchmarks.speed.shop import Counter, see_the_truth
from benchmarks.speed.tally import Measured, turned
from benchmarks.speed.ways import Way
from mock_store.store import Store

ITEM = "Desk lamp"


@dataclass
class Results:
    """What was measured, and of each way that is not in it why."""

    measured: dict[str, Measured] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)  # it cannot be had here
    failed: dict[str, str] = field(default_factory=dict)  # it did not do what it should


class Rounds:
    """Measures ways in one store."""

    def __init__(self, ways: Sequence[Way], store: Store, counter: Counter) -> None:
        self._ways = {way.name: way for way in ways}
        self._store = store
        self._counter = counter
        self._children: dict[str, Child] = {}
        self._marks: defaultdict[str, list[float]] = defaultdict(list)
        self.results = Results()

    def start(self, errand: Callable[[str], Path]) -> None:
        """Start each way with the errand of its name, so that all are warm."""

        def begin(name: str) -> None:
            file = errand(name)
            command = self._ways[name].command(str(file))
            self._children[name] = Child(
                command, file.with_suffix(".log"), {"PYTHONPATH": str(ROOT)}
            )

        for name in self._ways:
            self._attempt(name, begin)

    def go(self, times: int) -> None:
        """A round that warms up, then as many as were asked for."""
        for number in range(times + 1):
            print(f"round {number} of {times}", file=sys.stderr)
            for name in turned(list(self._children), number):
                self._attempt(name, lambda way: self._turn(way, counts=number > 0))
        for name in list(self._children):
            self._attempt(name, self._close_books)

    def stop(self) -> None:
        for child in self._children.values():
            child.stop()

    def _turn(self, name: str, *, counts: bool) -> None:
        order = self._store.place(ITEM)
        child = self._children[name]
        self._mark(name)
        self._counter.look()
        seconds = child.cancel(order.number)
        pages, requests = self._counter.look()
        see_the_truth(order, commits=self._ways[name].commits)
        measured = self.results.measured.setdefault(name, Measured())
        measured.pages, measured.requests = pages, requests
        if counts:
            measured.seconds.append(seconds)

    def _mark(self, name: str) -> None:
        # From turn to turn, so that what a way still does after its answer counts too.
        self._marks[name].append(self._children[name].cpu())

    def _close_books(self, name: str) -> None:
        self._mark(name)
        measured = self.results.measured[name]
        _, *marks = self._marks[name]
        measured.cpu = [after - before for before, after in zip(marks, marks[1:], strict=False)]
        measured.pss = self._children[name].pss()

    def _attempt(self, name: str, act: Callable[[str], None]) -> None:
        """What goes wrong with one way ends that way only."""
        try:
            act(name)
        except Missing as problem:
            self.results.left_out[name] = str(problem)
        except WayFailed as problem:
            self.results.failed[name] = str(problem)
            self.results.measured.pop(name, None)
            child = self._children.pop(name, None)
            if child:
                child.stop()
