"""From what was measured to what is told: medians, spreads and ratios. Nothing here measures."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spread:
    """A median, and what lay least and most."""

    median: float
    least: float
    most: float


@dataclass
class Measured:
    """What one way cost, round by round. The round that warms up is not among them."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    pss: float | None = None  # MiB, alone, after an order
    pages: tuple[str, ...] = ()  # that the store was asked for in the last round
    requests: int = 0  # all of them, with styles, scripts and pictures


def spread(values: Sequence[float]) -> Spread:
    return Spread(statistics.median(values), min(values), max(values))


def ratio(way: Sequence[float], base: Sequence[float]) -> Spread:
    """How many times *base* it took, round by round: what slows a round down slows both."""
    return spread([one / other for one, other in zip(way, base, strict=True)])


def turned(names: Sequence[str], by: int) -> list[str]:
    """The same names, begun with another one each round: none always follows the same moment."""
    at = by % len(names) if names else 0
    return [*names[at:], *names[:at]]
