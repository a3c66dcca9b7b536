"""Putting one picture of a film together. Pure: frames and drawings in, pixels out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from automation.walkthrough.edit import Dissolve, Edit, Look, Pan, Popup, Still, Writing
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

_RIPPLE = 0.5  # seconds
_PRESSED = 0.22  # seconds in which the hand dips
_PAD = 5  # sheet pixels between a target and its ring
_CROSS = 0.45  # seconds in which a card gives way
_CURSOR_PAD, _HOT = 24, (4.0, 3.0)  # of the arrow's drawing
_FINGER = 23 + 24


class Compositor:
    """Draws the picture of any moment. *frame* gives a recorded frame as RGB, by its number."""

    def __init__(
        self, edit: Edit, stage: Stage, drawings: Drawings, frame: Callable[[int], Pixels]
    ) -> None:
        self._edit = edit
        self._stage = stage
        self._drawings = drawings
        self._frame = lru_cache(maxsize=8)(lambda number: self._fitted(frame(number)))
        self._starts = [span.start for span in edit.spans]
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
        there = 0.0 if first is None else faded(now, first - 0.3, 1e9, soft=self._edit.soft)
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
        _card, tab, look, rings, popups, ripples, hand, captions = state
        canvas = self._drawings.sheets[tab].copy()
        place = self._stage.page
        top, left = int(place.y), int(place.x)
        page = self._drawn_page(look)
        inside = canvas[top : top + page.shape[0], left : left + page.shape[1]]
        inside[...] = page
        self._rounded(inside, self._drawings.sheets[tab], top, left)
        scale, unit = self._stage.screen.scale, self._stage.unit
        accent = self._drawings.accent
        for box, there in rings:
            around = clipped(box.scaled(scale), place.width, place.height, pad=_PAD * unit)
            ring(inside, around, accent, there, unit)
        for number, picked, there in popups:
            self._lay_popup(canvas, number, there, picked=picked)
        for point, part in ripples:
            ripple(inside, (point[0] * scale, point[1] * scale), part, accent, unit)
        self._lay_hand(canvas, hand)
        for number, there in captions:
            caption = self._drawings.captions[number]
            lay(canvas, caption.pixels, caption.x, caption.y, there)
        if card is not None:
            return blend(canvas, self._drawings.cards[card[0]], card[1])
        return canvas

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
                scale = self._stage.screen.scale
                return written(self._frame(before), self._frame(after), box.scaled(scale),
                               line * scale, part)  # fmt: skip

    def _scrolled(self, look: Pan) -> int:
        scrolled = self._edit.scrolled
        return round((scrolled[look.after] - scrolled[look.before]) * self._stage.screen.scale)

    def _lay_popup(self, canvas: Pixels, number: int, there: float, *, picked: bool) -> None:
        opened, chosen = self._drawings.popups[number]
        popup: Popup = self._edit.popups[number]
        if popup.act.kind == "asked":
            place = self._stage.page
            page = canvas[int(place.y) :, int(place.x) :][: int(place.height), : int(place.width)]
            dimmed(page, 0.32 * there)
        sprite = chosen if picked else opened
        lay(canvas, sprite.pixels, sprite.x, sprite.y, there)

    def _lay_hand(self, canvas: Pixels, hand: tuple[Point, float, float]) -> None:
        (x, y), there, dip = hand
        if there <= 0:
            return
        place, scale, unit = self._stage.page, self._stage.screen.scale, self._stage.unit
        if self._stage.phone:
            size = 1 - 0.22 * dip
            off = (_FINGER * unit * size, _FINGER * unit * size)
        else:
            size = 1 - 0.16 * dip
            off = ((_CURSOR_PAD + _HOT[0]) * unit * size, (_CURSOR_PAD + _HOT[1]) * unit * size)
        drawn = shrunk(self._drawings.hand.pixels, size)
        left, top = place.x + x * scale - off[0], place.y + y * scale - off[1]
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
        size = int(place.width), int(place.height)
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
