"""Many seeds on every core, and what they add up to."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import TypeVar

from faults.checker import Finding, Kind, Word
from faults.mutants import MUTANTS
from faults.shop import Mode
from faults.simulation import Result, simulate
from faults.trouble import Fault, Window

_CHUNK = 250  # seeds that a worker takes at a time
T = TypeVar("T")
R = TypeVar("R")


@dataclass
class Sum:
    """What many histories add up to."""

    seeds: int = 0
    runs: int = 0
    clicks: int = 0
    requests: int = 0
    on_disk: int = 0
    fired: Counter[tuple[Fault, Window]] = field(default_factory=Counter)
    outcomes: Counter[tuple[Fault, str]] = field(default_factory=Counter)
    words: Counter[Word] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    failing: list[tuple[int, Mode, Finding]] = field(default_factory=list)
    failing_seeds: int = 0

    def add(self, result: Result) -> None:
        self.seeds += 1
        self.runs += result.runs
        self.clicks += result.clicks
        self.requests += result.requests
        self.on_disk += result.on_disk
        self.fired += result.fired
        self.words += result.words
        for fault in {fault for fault, _ in result.fired}:
            for word, count in result.words.items():
                self.outcomes[fault, word.value] += count
        self.kinds.update({finding.kind for finding in result.findings})
        self.failing += [(result.seed, result.mode, finding) for finding in result.findings][:1]
        self.failing_seeds += bool(result.findings)

    def merge(self, other: Sum) -> None:
        for name in ("seeds", "runs", "clicks", "requests", "on_disk", "failing_seeds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("fired", "outcomes", "words", "kinds"):
            getattr(self, name).update(getattr(other, name))
        self.failing += other.failing


@dataclass(frozen=True)
class Caught:
    """How a mutant fared."""

    name: str
    sentence: str
    runs: int
    failing: int
    kinds: Counter[Kind]
    first: tuple[int, Mode, Finding] | None


def run(seeds: range, modes: Iterable[Mode], *, workers: int) -> Sum:
    """Every seed in every mode."""
    chunks = [(mode, seeds[at : at + _CHUNK]) for mode, at in
              product(modes, range(0, len(seeds), _CHUNK))]  # fmt: skip
    total = Sum()
    for part in _spread(_chunk, chunks, workers):
        total.merge(part)
    return total


def hunt(seeds: range, *, workers: int, until_caught: bool = False) -> list[Caught]:
    """Let every mutant live through every seed, or until it is caught."""
    one = partial(_hunt_one, seeds=seeds, until_caught=until_caught)
    return _spread(one, list(range(len(MUTANTS))), workers)


def _chunk(told: tuple[Mode, range]) -> Sum:
    mode, seeds = told
    part = Sum()
    for seed in seeds:
        part.add(simulate(seed, mode))
    return part


def _hunt_one(number: int, *, seeds: range, until_caught: bool) -> Caught:
    mutant = MUTANTS[number]
    kinds: Counter[Kind] = Counter()
    first, failing, runs = None, 0, 0
    with mutant.lives():
        for seed, mode in product(seeds, Mode):
            result = simulate(seed, mode, mutant.hands)
            runs += 1
            kinds.update({finding.kind for finding in result.findings})
            failing += bool(result.findings)
            first = first or next(((seed, mode, found) for found in result.findings), None)
            if first and until_caught:
                break
    return Caught(mutant.name, mutant.sentence, runs, failing, kinds, first)


def _spread(work: Callable[[T], R], parts: list[T], workers: int) -> list[R]:
    if workers == 1:
        return [work(part) for part in parts]
    # A fresh interpreter for each: a fork would inherit greenlets and patches.
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return list(pool.imap(work, parts))


def all_cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Stopwatch:
    """How long it took, for the last line of a table."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def __str__(self) -> str:
        return f"{time.monotonic() - self._started:.0f} s"
