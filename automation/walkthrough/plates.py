"""The pictures of a guide: a piece of the page, with what is meant framed and numbered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from automation.walkthrough.edit import Edit
from automation.walkthrough.encoding import Pixels
from automation.walkthrough.layers import clipped, lay, pixels_in, ring
from automation.walkthrough.painting import Drawings
from automation.walkthrough.timeline import Act, Box, Kind, Taken, Timeline

_PAD = 6  # CSS pixels between a target and its frame
_WIDTH_OF_PAGE = 0.88  # a picture leaves out a page's margins, and nothing that one could read
_SHAPE = 0.42  # height by width
_PHONE_HEIGHT = 0.62  # so much of a phone's height
_ROOM = 90  # CSS pixels round what is framed
_SHARP = 40  # of 255, from one pixel to the next
_A_LINE = 0.03  # so much of a badge's place is covered by the edge of a button


@dataclass(frozen=True)
class Plate:
    """One picture of a guide. *rung*: whether something is framed in it."""

    pixels: Pixels
    rung: bool


class Plates:
    """Makes the pictures of one recording."""

    def __init__(self, timeline: Timeline, edit: Edit, drawings: Drawings) -> None:
        self._timeline = timeline
        self._edit = edit
        self._drawings = drawings

    def of_step(self, number: int) -> Plate:
        """The picture of the step with this number; the first is 1."""
        steps = self._timeline.steps
        step = steps[number - 1]
        end = steps[number].begun if number < len(steps) else step.ended
        last = self._timeline.before(min([end, *(act.at for act in _acts(steps, number))]))
        acts = self._shown_together(step)
        if not acts:
            return Plate(self._cropped(self._page(last), None), rung=False)
        before = self._timeline.state(acts[-1])
        after = self._after(step, acts, last)
        chosen = acts[-1].kind is Kind.CHOOSE
        same = self._timeline.frames[after].document == self._timeline.frames[before].document
        bare = self._page(after if same and _stays(acts[-1]) else before)
        page = bare.copy()
        scale = page.shape[1] / self._timeline.width
        for act in acts:
            around = clipped(act.box.scaled(scale), page.shape[1], page.shape[0], pad=_PAD * scale)
            ring(page, around, self._drawings.accent, 1.0, scale)
        if chosen or acts[-1].kind is Kind.ASKED:
            self._lay_popup(page, acts[-1])
        badge = self._drawings.badges[number]
        lay(page, badge, *quietest(bare, badge, acts[0].box.scaled(scale), _PAD * scale))
        return Plate(self._cropped(page, _round(acts)), rung=True)

    def of_the_end(self) -> Plate:
        """What the store shows in the end."""
        return Plate(self._cropped(self._page(len(self._timeline.frames) - 1), None), rung=False)

    def _shown_together(self, step: Taken) -> list[Act]:
        """The acts that one picture can show: on the first page, as far as it was scrolled."""
        acts = [act for act in step.acts if act.kind is not Kind.KEY]
        if not acts:
            return []
        frames = [self._timeline.frames[self._timeline.state(act)] for act in acts]
        of_first = [act for act, frame in zip(acts, frames, strict=True)
                    if frame.document == frames[0].document]  # fmt: skip
        scrolled = {frame.scrolled for frame in frames[: len(of_first)]}
        return of_first if len(scrolled) == 1 else of_first[-1:]

    def _after(self, step: Taken, acts: list[Act], last: int) -> int:
        later = [act.at for act in step.acts if act.at > acts[-1].at]
        return self._timeline.before(later[0]) if later else last

    def _page(self, frame: int) -> Pixels:
        return pixels_in(self._timeline.path(self._timeline.frames[frame]))

    def _lay_popup(self, page: Pixels, act: Act) -> None:
        for popup, drawn in zip(self._edit.popups, self._drawings.popups, strict=True):
            if popup.act == act:
                lay(page, drawn[1].pixels, drawn[1].x, drawn[1].y)

    def _cropped(self, page: Pixels, around: Box | None) -> Pixels:
        """A piece of the page, in whose middle as far as possible is what is framed."""
        high, wide = page.shape[:2]
        scale = wide / self._timeline.width
        if self._timeline.phone:
            size = wide, round(high * _PHONE_HEIGHT)
        else:
            across = wide * _WIDTH_OF_PAGE
            size = round(across), min(high, round(across * _SHAPE))
        left, right, down = (wide - size[0]) / 2, (wide + size[0]) / 2, 0.0
        if around:
            tall = (around.height + _ROOM) * scale
            size = size[0], min(high, max(size[1], round(tall)))
            down = around.middle[1] * scale - size[1] / 2
            edge = _ROOM / 4 * scale
            left = min(left, max(0, around.x * scale - edge))
            right = max(right, min(wide, (around.x + around.width) * scale + edge))
            left, right = (
                (left, left + size[0]) if left < wide - right else (right - size[0], right)
            )
        left = round(min(max(left, 0), wide - size[0]))
        top = round(min(max(down, 0), high - size[1]))
        return page[top : top + size[1], left : left + size[0]]


def quietest(page: Pixels, badge: Pixels, box: Box, pad: float) -> tuple[int, int]:
    """Where on the edge of *box* a badge hides the least of what can be read; its corner there."""
    high, wide = badge.shape[:2]
    left, right = box.x - 0.55 * wide, box.x + box.width - 0.45 * wide
    top, middle = box.y - 0.55 * high, box.y + (box.height - high) / 2
    beside = pad + 0.85 * wide
    places = ((left, top), (box.x - beside, middle), (right, top),
              (box.x + box.width + beside - wide, middle))  # fmt: skip
    inside = [
        (round(min(max(x, 0), page.shape[1] - wide)), round(min(max(y, 0), page.shape[0] - high)))
        for x, y in places
    ]
    # Edges of letters are many and sharp; that of a button is one line, and may be covered.
    return min(inside, key=lambda at: _ink(page, at, (wide, high)) // _A_LINE)


def _ink(page: Pixels, at: tuple[int, int], size: tuple[int, int]) -> float:
    """How much of this piece of the page is the edge of something: a part of its pixels."""
    (x, y), (wide, high) = at, size
    grey = page[y : y + high, x : x + wide].mean(axis=2)
    sharp = np.abs(np.diff(grey, axis=1)) > _SHARP
    return float(sharp.mean())


def _stays(act: Act) -> bool:
    """Whether what it was done to is there afterwards, and shows that it was done."""
    return act.kind is not Kind.CHOOSE and (act.kind is not Kind.PRESS or act.chosen == 1)


def _acts(steps: tuple[Taken, ...], number: int) -> tuple[Act, ...]:
    """What is done for the step after this one."""
    return steps[number].acts if number < len(steps) else ()


def _round(acts: list[Act]) -> Box:
    left = min(act.box.x for act in acts)
    top = min(act.box.y for act in acts)
    right = max(act.box.x + act.box.width for act in acts)
    bottom = max(act.box.y + act.box.height for act in acts)
    if acts[-1].kind is Kind.CHOOSE:
        bottom += 200  # its menu
    return Box(left, top, right - left, bottom - top)
