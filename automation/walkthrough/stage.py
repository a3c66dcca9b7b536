"""Where things stand on a film's picture: the page in its window or phone, and the caption."""

from __future__ import annotations

import re
from dataclasses import dataclass

from automation.errors import InputError
from automation.run.browser import Screen
from automation.walkthrough.timeline import Box

# All of it is laid out on a sheet of this size, and drawn as many times larger as is asked.
SHEET_WIDTH, SHEET_HEIGHT = 1280, 720
_SMALLEST, _LARGEST = (640, 360), (3840, 2160)

# How a page is laid out, in CSS pixels; and where it stands on the sheet: left, top, width.
_COMPUTER = (1280, 600), (48, 60, 1184)
_PHONE = (380, 690), (170, 46, 346)


@dataclass(frozen=True)
class Stage:
    """The picture of a film: its size in pixels, and whether it shows a phone."""

    width: int = SHEET_WIDTH
    height: int = SHEET_HEIGHT
    phone: bool = False

    @property
    def unit(self) -> float:
        """How many pixels a pixel of the sheet has."""
        return min(self.width / SHEET_WIDTH, self.height / SHEET_HEIGHT)

    @property
    def screen(self) -> Screen:
        """What a page must be laid out on to fill its place without being scaled."""
        (width, height), _ = self._page
        return Screen(width, height, self.page.width / width)

    @property
    def page(self) -> Box:
        """Where the page stands, in whole pixels."""
        (width, height), (left, top, wide) = self._page
        across = round(wide * self.unit)
        right, down = self._margin
        return Box(
            round(right + left * self.unit),
            round(down + top * self.unit),
            across,
            round(height * across / width),
        )

    @property
    def page_on_sheet(self) -> Box:
        """The same in the sheet's pixels, as far as whole pixels allow."""
        right, down = self._margin
        page = self.page
        return Box(
            (page.x - right) / self.unit,
            (page.y - down) / self.unit,
            page.width / self.unit,
            page.height / self.unit,
        )

    @property
    def sheet(self) -> Box:
        """Where the sheet stands: in the middle, if the picture is wider or higher."""
        right, down = self._margin
        return Box(right, down, SHEET_WIDTH * self.unit, SHEET_HEIGHT * self.unit)

    def on_picture(self, box: Box) -> Box:
        """Where something on the page stands on the picture."""
        page = self.page
        return box.scaled(self.screen.scale, right=page.x, down=page.y)

    @property
    def _page(self) -> tuple[tuple[int, int], tuple[int, int, int]]:
        return _PHONE if self.phone else _COMPUTER

    @property
    def _margin(self) -> tuple[float, float]:
        across, down = SHEET_WIDTH * self.unit, SHEET_HEIGHT * self.unit
        return (self.width - across) / 2, (self.height - down) / 2


def size_in(text: str) -> tuple[int, int]:
    """Width and height from `1280x720`; `InputError` for what cannot be a film's size."""
    found = re.fullmatch(r"(\d+)x(\d+)", text)
    hint = "write it like 1280x720 or 1920x1080"
    if not found:
        raise InputError(f"`{text}` is not the size of a film", hint=hint)
    width, height = int(found[1]), int(found[2])
    if width % 2 or height % 2:
        raise InputError(f"`{text}` is odd: H.264 needs even numbers", hint=hint)
    if not (_SMALLEST[0] <= width <= _LARGEST[0] and _SMALLEST[1] <= height <= _LARGEST[1]):
        raise InputError(f"`{text}` is not between 640x360 and 3840x2160", hint=hint)
    return width, height
