"""All ways side by side: an order each, round by round, in an order that turns with the rounds."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
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
        """Weigh each way alone, then start them all, so that they are warm."""
        for name in self._ways:
            self._attempt(name, lambda way: self._weigh(way, errand(f"{way}-alone")))
        for name in list(self.results.measured):
            self._attempt(name, lambda way: self._start(way, errand(way)))

    def go(self, times: int) -> None:
        """A round that warms up, then as many as were asked for."""
        for number in range(times + 1):
            print(f"round {number} of {times}", file=sys.stderr)
            for name in turned(list(self._children), number):
                self._attempt(name, partial(self._turn, counts=number > 0))
        for name in list(self._children):
            self._attempt(name, self._close_books)

    def stop(self) -> None:
        for child in self._children.values():
            child.stop()

    def _start(self, name: str, errand: Path) -> None:
        command, log = self._ways[name].command(str(errand)), errand.with_suffix(".log")
        try:
            self._children[name] = Child(command, log, {"PYTHONPATH": str(ROOT)})
        except WayFailed as problem:
            raise Missing(f"it does not start: {problem}") from None

    def _weigh(self, name: str, errand: Path) -> None:
        """Its memory after an order. Beside other browsers it would seem less: they share files."""
        print(f"weighing {name}", file=sys.stderr)
        self._start(name, errand)
        self._order(name)
        self.results.measured[name] = Measured(pss=self._children[name].pss())
        self._children.pop(name).stop()

    def _turn(self, name: str, *, counts: bool) -> None:
        self._mark(name)
        self._counter.look()
        seconds = self._order(name)
        measured = self.results.measured[name]
        measured.pages, measured.requests = self._counter.look()
        if counts:
            measured.seconds.append(seconds)

    def _order(self, name: str) -> float:
        """The seconds that an order took which is truly cancelled; `WayFailed` if it is not."""
        order = self._store.place(ITEM)
        seconds = self._children[name].cancel(order.number)
        see_the_truth(order, commits=self._ways[name].commits)
        return seconds

    def _mark(self, name: str) -> None:
        # From turn to turn, so that what a way still does after its answer counts too.
        self._marks[name].append(self._children[name].cpu())

    def _close_books(self, name: str) -> None:
        self._mark(name)
        measured = self.results.measured[name]
        _, *marks = self._marks[name]
        measured.cpu = [after - before for before, after in pairwise(marks)]

    def _attempt(self, name: str, act: Callable[[str], None]) -> None:
        """What goes wrong with one way ends that way only."""
        try:
            act(name)
        except Missing as problem:
            self.results.left_out[name] = str(problem)
            self.results.measured.pop(name, None)
        except WayFailed as problem:
            self.results.failed[name] = str(problem)
            self.results.measured.pop(name, None)
            child = self._children.pop(name, None)
            if child:
                child.stop()
