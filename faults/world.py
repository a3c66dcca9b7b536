"""A world in which time passes only when somebody waits, and everything is decided by a seed.

Each actor is a greenlet: it runs until it waits, then whoever is next in time goes on. So many
runners interleave at every step, thousands of times a second, and the same way each time.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from greenlet import getcurrent, greenlet

_MOST = 20_000  # turns; a history that takes more has gone round in circles


class Endless(Exception):  # noqa: N818 (a history without an end)
    """The actors never came to an end."""


@dataclass(order=True)
class _Turn:
    at: float
    number: int
    go: Callable[[], object] = field(compare=False)


class World:
    """Time, chance, and who is next."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (to be repeated, not secret)
        self.now = 1000.0  # the monotonic clock, which nobody can set
        self.wall = 1_790_000_000.0 - self.now  # to be added to it; faults set this one
        self._turns: list[_Turn] = []
        self._number = 0
        self._hub: greenlet = getcurrent()

    def at(self, moment: float, go: Callable[[], object]) -> None:
        """Let *go* happen at that moment."""
        self._number += 1
        heapq.heappush(self._turns, _Turn(moment, self._number, go))

    def begin(self, life: Callable[[], None], *, after: float = 0.0) -> None:
        """An actor that begins to live."""
        self.at(self.now + after, greenlet(life, parent=self._hub).switch)

    def wait(self, seconds: float) -> None:
        """Called by an actor: the others go on meanwhile."""
        self.at(self.now + seconds, getcurrent().switch)
        self._hub.switch()

    def run(self) -> None:
        """Until nobody waits any more."""
        for _ in range(_MOST):
            if not self._turns:
                return
            turn = heapq.heappop(self._turns)
            self.now = max(self.now, turn.at)
            turn.go()
        raise Endless
