"""Laying pixels over pixels. Everything here is exact: the same input gives the same bytes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from automation.walkthrough.encoding import Pixels
from automation.walkthrough.timeline import Box

Colour = tuple[int, int, int]
Mask = npt.NDArray[np.float32]


def pixels_in(path: Path) -> Pixels:
    """A recorded frame as RGB."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def blend(before: Pixels, after: Pixels, part: float) -> Pixels:
    """Both pictures at once: all of *after* when *part* is 1."""
    if part <= 0:
        return before
    if part >= 1:
        return after
    return np.asarray(Image.blend(Image.fromarray(before), Image.fromarray(after), part))


def lay(canvas: Pixels, drawn: npt.NDArray[np.uint8], x: int, y: int, there: float = 1.0) -> None:
    """Lay an RGBA drawing on *canvas* with its corner at *x*, *y*; what is outside is cut off."""
    left, top = max(0, -x), max(0, -y)
    drawn = drawn[top:, left:]
    x, y = max(0, x), max(0, y)
    part = canvas[y : y + drawn.shape[0], x : x + drawn.shape[1]]
    drawn = drawn[: part.shape[0], : part.shape[1]]
    if part.size == 0:
        return
    alpha = drawn[..., 3:].astype(np.float32) * np.float32(there / 255)
    _mix(part, drawn[..., :3], alpha)


def dimmed(canvas: Pixels, much: float) -> None:
    """Darken all of *canvas*."""
    canvas[...] = (canvas * (1 - much) + 0.5).astype(np.uint8)


def clipped(box: Box, width: float, height: float, *, pad: float) -> Box:
    """*box* with some room round it, as far as there is any on the page."""
    left, top = max(3.0, box.x - pad), max(3.0, box.y - pad)
    right = min(width - 3, box.x + box.width + pad)
    bottom = min(height - 3, box.y + box.height + pad)
    return Box(left, top, max(right - left, 1), max(bottom - top, 1))


def ring(page: Pixels, box: Box, colour: Colour, there: float, unit: float) -> None:
    """A rounded frame with a soft glow, *there* by so much."""
    mask, x, y = _ring(box, unit)
    _tint(page, mask, (x, y), colour, there)


def ripple(page: Pixels, point: tuple[float, float], part: float, colour: Colour,
           unit: float) -> None:  # fmt: skip
    """The wave that a press sends out; *part* of its time has gone."""
    grown = 1 - (1 - part) ** 3
    radius = (8 + 26 * grown) * unit
    reach = int(radius + 4 * unit)
    x, y = int(point[0]) - reach, int(point[1]) - reach
    at_x = np.arange(2 * reach + 1, dtype=np.float32) + x - np.float32(point[0])
    at_y = np.arange(2 * reach + 1, dtype=np.float32) + y - np.float32(point[1])
    far = np.hypot(at_x[None, :], at_y[:, None])
    disc = np.clip(radius - far, 0, 1) * np.float32(0.28)
    edge = np.clip(1.6 * unit - np.abs(far - radius), 0, 1) * np.float32(0.8)
    _tint(page, np.maximum(disc, edge).astype(np.float32), (x, y), colour, (1 - part) ** 1.4)


def shrunk(drawn: npt.NDArray[np.uint8], size: float) -> npt.NDArray[np.uint8]:
    """A drawing, smaller."""
    if size >= 1:
        return drawn
    wide, high = round(drawn.shape[1] * size), round(drawn.shape[0] * size)
    small = Image.fromarray(_premultiplied(drawn)).resize((wide, high), Image.Resampling.BILINEAR)
    return _straight(np.asarray(small))


def moved(drawn: npt.NDArray[np.uint8], right: float, down: float) -> npt.NDArray[np.uint8]:
    """A drawing moved by less than a pixel."""
    held = np.pad(_premultiplied(drawn), ((0, 1), (0, 1), (0, 0))).astype(np.float32)
    from_left = np.roll(held, 1, axis=1)
    across = held * (1 - right) + from_left * right
    from_above = np.roll(across, 1, axis=0)
    return _straight((across * (1 - down) + from_above * down + 0.5).astype(np.uint8))


def panned(before: Pixels, after: Pixels, part: float, by: int) -> Pixels:
    """A page on its way from one scroll position to another, *by* so many pixels further down.

    Together the two pictures show all that passes by, unless it is scrolled by more than a
    screen; then what lies between is left out. Bars that stay where they are stay.
    """
    height = before.shape[0]
    head, foot = _fixed(before, after)
    inner = height - head - foot
    far = min(abs(by), inner)
    upper, lower = (before, after) if by > 0 else (after, before)
    tall = np.concatenate([upper[head : height - foot], lower[height - foot - far : height - foot]])
    gone = round(far * (part if by > 0 else 1 - part))
    drawn = after.copy()
    drawn[head : height - foot] = tall[gone : gone + inner]
    return drawn


def written(before: Pixels, after: Pixels, box: Box, *, line: float, part: float) -> Pixels:
    """A field into which text comes line by line, each from the left."""
    drawn = before.copy()
    top, left = max(int(box.y), 0), max(int(box.x), 0)
    bottom, right = int(box.y + box.height) + 1, int(box.x + box.width) + 1
    old, new = before[top:bottom, left:right], after[top:bottom, left:right]
    edge = max(2, round(line * 0.2))  # the field's own border changes with its focus
    differs = np.any(old != new, axis=2)
    inner = differs[edge:-edge, edge:-edge]
    rows = np.flatnonzero(inner.any(axis=1))
    result = drawn[top:bottom, left:right]
    result[...] = new
    if rows.size == 0:
        return drawn
    first, last = rows[0] + edge, rows[-1] + edge + 1
    lines = max(1, round((last - first) / line)) if line else 1
    high = (last - first) / lines
    gone = part * lines
    for number in range(lines):
        from_row = round(first + number * high)
        to_row = last if number == lines - 1 else round(first + (number + 1) * high)
        columns = np.flatnonzero(differs[from_row:to_row, edge:-edge].any(axis=0))
        if columns.size == 0:
            continue
        start, end = columns[0] + edge, columns[-1] + edge + 1
        come = min(max(gone - number, 0.0), 1.0)
        reached = round(start + (end - start) * come)
        result[from_row:to_row, reached:end] = old[from_row:to_row, reached:end]
    return drawn


def _fixed(before: Pixels, after: Pixels) -> tuple[int, int]:
    """How many rows at the top and at the bottom do not take part in the scrolling."""
    same = ~np.any(before != after, axis=(1, 2))
    height = same.size
    head = int(np.argmin(same)) if not same.all() else height
    foot = int(np.argmin(same[::-1])) if not same.all() else 0
    # A bar is not empty and not most of the page; equal rows may also be chance.
    return (_bar(after[:head], height), _bar(after[height - foot :], height))


def _bar(rows: Pixels, height: int) -> int:
    if not 0 < rows.shape[0] < height * 0.3:
        return 0
    empty = np.ptp(rows.reshape(rows.shape[0], -1, 3), axis=1).max() == 0
    return 0 if empty else rows.shape[0]


@lru_cache(maxsize=16)
def _ring(box: Box, unit: float) -> tuple[Mask, int, int]:
    x, y, width, height = box.x, box.y, box.width, box.height
    glow, thick, radius = 12 * unit, 3 * unit, 9 * unit
    reach = int(glow + thick) + 2
    left, top = int(x) - reach, int(y) - reach
    across = np.arange(int(width) + 2 * reach + 2, dtype=np.float32) + left
    down = np.arange(int(height) + 2 * reach + 2, dtype=np.float32) + top
    corner = min(radius, width / 2, height / 2)
    from_x = np.abs(across - (x + width / 2)) - (width / 2 - corner)
    from_y = np.abs(down - (y + height / 2)) - (height / 2 - corner)
    outside = np.hypot(np.maximum(from_x, 0)[None, :], np.maximum(from_y, 0)[:, None])
    inside = np.minimum(np.maximum(from_x[None, :], from_y[:, None]), 0)
    far = outside + inside - corner  # negative within
    line = np.clip(thick / 2 + 0.5 - np.abs(far), 0, 1)
    halo = np.where(far > 0, np.exp(-((far / (glow * 0.45)) ** 2)) * 0.34, 0.0)
    return np.maximum(line, halo).astype(np.float32), left, top


def _tint(page: Pixels, mask: Mask, corner: tuple[int, int], colour: Colour, much: float) -> None:
    x, y = corner
    left, top = max(0, -x), max(0, -y)
    mask = mask[top:, left:]
    x, y = max(0, x), max(0, y)
    part = page[y : y + mask.shape[0], x : x + mask.shape[1]]
    mask = mask[: part.shape[0], : part.shape[1]]
    if part.size:
        _mix(part, np.array(colour, dtype=np.uint8), mask[..., None] * np.float32(much))


def _mix(part: Pixels, colour: npt.NDArray[np.uint8], alpha: Mask) -> None:
    was = part.astype(np.float32)
    part[...] = (was + (colour.astype(np.float32) - was) * alpha + 0.5).astype(np.uint8)


def _premultiplied(drawn: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    alpha = drawn[..., 3:].astype(np.uint16)
    colours = (drawn[..., :3] * alpha + 127) // 255
    return np.concatenate([colours, alpha], axis=2).astype(np.uint8)


def _straight(drawn: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    alpha = np.maximum(drawn[..., 3:], 1).astype(np.uint16)
    colours = np.minimum(drawn[..., :3].astype(np.uint16) * 255 // alpha, 255)
    return np.concatenate([colours, drawn[..., 3:]], axis=2).astype(np.uint8)
