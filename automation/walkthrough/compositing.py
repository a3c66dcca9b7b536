"""Putting one picture of a film together. Pure: frames and drawings in, pixels out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from automation.walkthrough.edit import Dissolve, Edit, Look, Pan, Still, Writing
from automation.walkthrough.encoding import Pixels
from automation.walkthrough.layers import (
    blend,
    clipped,
    dimmed,
    lay,
    moved,
    panned,
    ring,
    ripple,
    shrunk,
    written,
)
from automation.walkthrough.motion import Point, along, eased, faded
from automation.walkthrough.painting import Drawings
from automation.walkthrough.stage import Stage
from automation.walkthrough.timeline import Kind
from automation.walkthrough.zoom import nearness, view

_RIPPLE = 0.5  # seconds
_PRESSED = 0.22  # seconds in which the hand dips
_PAD = 5  # sheet pixels between a target and its ring
_CROSS = 0.6  # seconds in which a card gives way
_ARROW = (24 + 4.0, 24 + 3.0)  # where the tip is in the drawing, in sheet pixels
_FINGER = (24 + 23.0, 24 + 23.0)


class Compositor:
    """Draws the picture of any moment. *frame* gives a recorded frame as RGB, by its number."""

    def __init__(
        self,
        edit: Edit,
        stage: Stage,
        drawings: Drawings,
        frame: Callable[[int], Pixels],
        *,
        detail: float = 1.0,
    ) -> None:
        """*detail*: how many times more pixels the page is drawn in; above 1 it comes nearer."""
        self._edit = edit
        self._stage = stage
        self._drawings = drawings
        self._detail = detail
        self._scale = stage.screen.scale * detail
        self._visits = nearness(edit) if detail > 1 else ()
        self._frame = lru_cache(maxsize=8)(lambda number: self._fitted(frame(number)))
        self._starts = [span.start for span in edit.spans]
        self._touches = [
            (travel.start - 0.05,
             min((press.at for press in edit.presses if press.at >= travel.end), default=0) + 0.5)
            for travel in edit.travels
        ]  # fmt: skip
        self._last: tuple[Any, Pixels] | None = None
        self._page: tuple[Any, Pixels] | None = None

    def picture(self, now: float) -> Pixels:
        """The picture at this second. The same array again if nothing has changed."""
        state = self._state(now)
        if self._last is None or self._last[0] != state:
            self._last = (state, self._draw(state))
        return self._last[1]

    def _state(self, now: float) -> tuple[Any, ...]:
        """Everything that decides what is drawn; equal states are equal pictures."""
        card = self._card(now)
        if card is not None and card[1] >= 1:
            return (card,)
        return (
            card,
            self._tab(now),
            self._look(now),
            self._rings(now),
            self._popups(now),
            self._ripples(now),
            self._hand(now),
            self._captions(now),
            self._near(now),
        )

    def _card(self, now: float) -> tuple[str, float] | None:
        soft = _CROSS if self._edit.soft else 0.0
        for card in self._edit.cards:
            begin = card.start if card.start > 0 else -soft
            end = card.end if card.end < self._edit.seconds else card.end + soft + 1
            if begin <= now < end:
                return card.name, round(faded(now, begin, end, soft=soft), 4)
        return None

    def _tab(self, now: float) -> int:
        return next(tab for at, tab in reversed(self._edit.tabs) if at <= now)

    def _near(self, now: float) -> tuple[float, float, float]:
        width, height = self._stage.screen.width, self._stage.screen.height
        much, left, top = view(now, self._visits, width, height)
        return round(much, 5), round(left, 3), round(top, 3)

    def _look(self, now: float) -> tuple[Look, float]:
        span = self._edit.spans[max(0, bisect_right(self._starts, now) - 1)]
        part = (now - span.start) / (span.end - span.start)
        return span.look, 0.0 if isinstance(span.look, Still) else round(min(part, 1.0), 4)

    def _rings(self, now: float) -> tuple[tuple[Any, float], ...]:
        found = ((one.box, round(faded(now, one.start, one.end, soft=self._edit.soft), 4))
                 for one in self._edit.rings)  # fmt: skip
        return tuple((box, there) for box, there in found if there > 0)

    def _popups(self, now: float) -> tuple[tuple[int, bool, float], ...]:
        soft = self._edit.soft * 0.6
        found = ((number, now >= one.picked_at, round(faded(now, one.start, one.end, soft=soft), 4))
                 for number, one in enumerate(self._edit.popups))  # fmt: skip
        return tuple(one for one in found if one[2] > 0)

    def _ripples(self, now: float) -> tuple[tuple[Point, float], ...]:
        return tuple((press.point, round((now - press.at) / _RIPPLE, 4))
                     for press in self._edit.presses if 0 <= now - press.at < _RIPPLE)  # fmt: skip

    def _hand(self, now: float) -> tuple[Point, float, float]:
        """Where the hand is, how much of it is there, and how far it is pressed."""
        where, first = self._edit.hand, None
        for travel in self._edit.travels:
            first = travel.start if first is None else first
            if travel.start > now:
                break
            long = travel.end - travel.start
            where = along(travel.begin, travel.to, (now - travel.start) / long if long else 1.0)
        soft = self._edit.soft
        there = 0.0 if first is None else faded(now, first - 0.3, 1e9, soft=soft)
        if self._stage.phone:  # a finger is only there while it touches
            there = max((faded(now, start, end, soft=soft) for start, end in self._touches),
                        default=0.0)  # fmt: skip
        dip = max((1 - abs(now - press.at) / (_PRESSED / 2)
                   for press in self._edit.presses if abs(now - press.at) < _PRESSED / 2),
                  default=0.0)  # fmt: skip
        return (round(where[0], 2), round(where[1], 2)), round(there, 3), round(eased(dip), 2)

    def _captions(self, now: float) -> tuple[tuple[int, float], ...]:
        soft = self._edit.soft * 0.8
        found = ((cue.number, round(faded(now, cue.start, cue.end, soft=soft), 3))
                 for cue in self._edit.cues)  # fmt: skip
        return tuple(one for one in found if one[1] > 0)

    def _draw(self, state: tuple[Any, ...]) -> Pixels:
        card = state[0]
        if len(state) == 1:
            return self._drawings.cards[card[0]]
        _card, tab, look, rings, popups, ripples, hand, captions, near = state
        sheet = self._drawings.sheets[tab]
        canvas = sheet.copy()
        place = self._stage.page
        top, left = int(place.y), int(place.x)
        inside = canvas[top : top + int(place.height), left : left + int(place.width)]
        inside[...] = self._seen(self._page_with(look, rings, popups, ripples), near)
        self._rounded(inside, sheet, top, left)
        self._lay_hand(canvas, hand, near)
        for number, there in captions:
            caption = self._drawings.captions[number]
            lay(canvas, caption.pixels, caption.x, caption.y, there)
        if card is not None:
            # One goes before the other comes: two texts on top of each other are no picture.
            empty = self._drawings.empty
            if card[1] > 1 / 2:
                return blend(empty, self._drawings.cards[card[0]], 2 * card[1] - 1)
            return blend(canvas, empty, 2 * card[1])
        return canvas

    def _page_with(self, look: Any, rings: Any, popups: Any, ripples: Any) -> Pixels:
        """The page, and what is laid over it; as many pixels as were recorded."""
        page = self._drawn_page(look)
        if not (rings or popups or ripples):
            return page
        page = page.copy()
        scale, unit = self._scale, self._stage.unit * self._detail
        for box, there in rings:
            around = clipped(box.scaled(scale), page.shape[1], page.shape[0], pad=_PAD * unit)
            ring(page, around, self._drawings.accent, there, unit)
        for number, picked, there in popups:
            self._lay_popup(page, number, there, picked=picked)
        for (x, y), part in ripples:
            ripple(page, (x * scale, y * scale), part, self._drawings.accent, unit)
        return page

    def _seen(self, page: Pixels, near: tuple[float, float, float]) -> Pixels:
        """What of the page is seen from so near, in as many pixels as it has on the picture."""
        much, x, y = near
        place = self._stage.page
        size = int(place.width), int(place.height)
        if much == 1 and (page.shape[1], page.shape[0]) == size:
            return page
        left, top = x * self._scale, y * self._scale
        part = (left, top, min(left + page.shape[1] / much, page.shape[1]),
                min(top + page.shape[0] / much, page.shape[0]))  # fmt: skip
        scaled = Image.fromarray(page).resize(size, Image.Resampling.BICUBIC, box=part)
        return np.asarray(scaled)

    def _drawn_page(self, look: tuple[Look, float]) -> Pixels:
        if self._page is None or self._page[0] != look:
            self._page = (look, self._drawn(*look))
        return self._page[1]

    def _drawn(self, look: Look, part: float) -> Pixels:
        match look:
            case Still(number):
                return self._frame(number)
            case Dissolve(before, after):
                return blend(self._frame(before), self._frame(after), eased(part))
            case Pan(before, after):
                return panned(self._frame(before), self._frame(after), eased(part),
                              self._scrolled(look))  # fmt: skip
            case Writing(before, after, box, line):
                scale = self._scale
                return written(
                    self._frame(before),
                    self._frame(after),
                    box.scaled(scale),
                    line=line * scale,
                    part=part,
                )

    def _scrolled(self, look: Pan) -> int:
        scrolled = self._edit.scrolled
        return round((scrolled[look.after] - scrolled[look.before]) * self._scale)

    def _lay_popup(self, page: Pixels, number: int, there: float, *, picked: bool) -> None:
        opened, chosen = self._drawings.popups[number]
        if self._edit.popups[number].act.kind is Kind.ASKED:
            dimmed(page, 0.26 * there)
        sprite = chosen if picked else opened
        lay(page, sprite.pixels, sprite.x, sprite.y, there)

    def _lay_hand(
        self, canvas: Pixels, hand: tuple[Point, float, float], near: tuple[float, float, float]
    ) -> None:
        (x, y), there, dip = hand
        if there <= 0:
            return
        place, scale, unit = self._stage.page, self._stage.screen.scale, self._stage.unit
        if self._stage.phone:
            size = 1 - 0.22 * dip
            hot = _FINGER
        else:
            size = 1 - 0.16 * dip
            hot = _ARROW
        drawn = shrunk(self._drawings.hand.pixels, size)
        much, from_x, from_y = near
        left = place.x + (x - from_x) * much * scale - hot[0] * unit * size
        top = place.y + (y - from_y) * much * scale - hot[1] * unit * size
        whole = int(np.floor(left)), int(np.floor(top))
        lay(canvas, moved(drawn, left - whole[0], top - whole[1]), *whole, there)

    def _rounded(self, inside: Pixels, sheet: Pixels, top: int, left: int) -> None:
        """The lower corners of the window, and all of the phone's, are round."""
        radius = round((32 if self._stage.phone else 12) * self._stage.unit)
        under = sheet[top : top + inside.shape[0], left : left + inside.shape[1]]
        for corner, outside in _corners(radius, all_of_them=self._stage.phone):
            part, below = inside[corner], under[corner]
            part[...] = (part * (1 - outside) + below * outside + 0.5).astype(np.uint8)

    def _fitted(self, frame: Pixels) -> Pixels:
        place = self._stage.page
        size = round(place.width * self._detail), round(place.height * self._detail)
        if (frame.shape[1], frame.shape[0]) == size:
            return frame
        scaled = Image.fromarray(frame).resize(size, Image.Resampling.LANCZOS)
        return np.asarray(scaled)


@lru_cache(maxsize=4)
def _corners(radius: int, *, all_of_them: bool) -> list[tuple[Any, Any]]:
    """Slices of the corners, and how much of each of their pixels lies outside."""
    at = np.arange(radius) + 0.5
    far = np.hypot(radius - at[None, :], radius - at[:, None])
    outside = np.clip(far - radius + 0.5, 0, 1)[..., None]  # of the upper left corner
    near, end = slice(0, radius), slice(-radius, None)
    lower = [((end, near), outside[::-1]), ((end, end), outside[::-1, ::-1])]
    upper = [((near, near), outside), ((near, end), outside[:, ::-1])]
    return [*upper, *lower] if all_of_them else lower
