"""How things move: as a hand does, never as a machine would."""

from __future__ import annotations

from math import hypot

Point = tuple[float, float]


def eased(part: float) -> float:
    """Minimum jerk: from 0 to 1, starting and arriving at rest."""
    part = min(max(part, 0.0), 1.0)
    return part**3 * (10 - 15 * part + 6 * part**2)


def faded(now: float, start: float, end: float, *, soft: float) -> float:
    """How much is there of what comes at *start* and goes at *end*, each in *soft* seconds."""
    if not start <= now < end:
        return 0.0
    if soft <= 0:
        return 1.0
    return eased(min((now - start) / soft, (end - now) / soft, 1.0))


def travel_time(begin: Point, end: Point) -> float:
    """Seconds that a hand takes from one point to the other; points in CSS pixels."""
    far = hypot(end[0] - begin[0], end[1] - begin[1])
    return min(max(0.30 + 0.00062 * far, 0.36), 0.95) if far > 1 else 0.0


def along(begin: Point, end: Point, part: float) -> Point:
    """Where a hand is that has gone this *part* of its time: on a slight arc."""
    gone = eased(part)
    across, down = end[0] - begin[0], end[1] - begin[1]
    # The arc bends to the side by a fourteenth of the way, and is gone at both ends.
    bend = 4 * gone * (1 - gone) / 14
    return begin[0] + across * gone + down * bend, begin[1] + down * gone - across * bend
