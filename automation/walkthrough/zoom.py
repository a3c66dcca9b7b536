"""Coming nearer to what is pressed, and going back."""

from __future__ import annotations

from dataclasses import dataclass

from automation.walkthrough.edit import Edit
from automation.walkthrough.motion import Point, eased

NEAREST = 1.35
_COMES, _GOES = 0.7, 0.6  # seconds
_PRESSED_WITHIN = 0.6  # seconds from the end of a travel to the press it was made for
_CLOSE = (260, 150)  # CSS pixels
_WAITS = 1.4  # nearer than this to the next target, one stays near


@dataclass(frozen=True)
class Nearness:
    """For a while, the page is shown larger, round a point."""

    start: float
    end: float
    point: Point


def nearness(edit: Edit) -> tuple[Nearness, ...]:
    """When to be near to what: from before a hand arrives until what it did is seen."""
    wanted = [
        Nearness(travel.start - 0.25, press.at + 0.35, press.point)
        for travel in edit.travels
        for press in edit.presses
        if 0 <= press.at - travel.end < _PRESSED_WITHIN
    ]
    joined: list[Nearness] = []
    for one in wanted:
        # What is close by in time and place is one visit: going back and forth makes dizzy.
        if joined and one.start - joined[-1].end < _WAITS and _close(joined[-1].point, one.point):
            joined[-1] = Nearness(joined[-1].start, one.end, joined[-1].point)
            continue
        start = max(one.start, joined[-1].end + _GOES) if joined else one.start
        if one.end - start > _COMES:
            joined.append(Nearness(start, one.end, one.point))
    return tuple(joined)


def _close(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < _CLOSE[0] and abs(one[1] - other[1]) < _CLOSE[1]


def view(now: float, visits: tuple[Nearness, ...], width: float, height: float) -> tuple[
    float, float, float
]:  # fmt: skip
    """How near one is at this second, and the corner of what is seen; in CSS pixels."""
    for visit in visits:
        coming = eased((now - visit.start) / _COMES)
        going = eased((now - visit.end) / _GOES)
        if coming > 0 and going < 1:
            near = 1 + (NEAREST - 1) * coming * (1 - going)
            seen_width, seen_height = width / near, height / near
            # The corner glides from the page's own to one that has the point in the middle.
            part = (near - 1) / (NEAREST - 1)
            wide, high = width / NEAREST, height / NEAREST
            left = min(max(visit.point[0] - wide / 2, 0), width - wide) * part
            top = min(max(visit.point[1] - high / 2, 0), height - high) * part
            return near, min(left, width - seen_width), min(top, height - seen_height)
    return 1.0, 0.0, 0.0
