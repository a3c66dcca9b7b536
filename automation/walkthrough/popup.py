"""What a browser draws outside its pages, and a screencast therefore lacks: menus, confirm boxes.

Only where it stands is said here; `painting` draws it there.
"""

from __future__ import annotations

from automation.walkthrough.timeline import Act, Box

ROW, PAD, MOST_ROWS = 34, 6, 9
_LETTER = 8.2  # CSS pixels that a letter is wide at most, on average
_ASKED = (430, 156)
_BUTTON = (104, 36)


def menu_box(act: Act, width: float, height: float) -> Box:
    """Where the options of a choice stand: below its box, or above where there is no room."""
    rows = min(len(act.texts), MOST_ROWS)
    tall = rows * ROW + 2 * PAD
    wide = max(act.box.width, max(map(len, act.texts)) * _LETTER + 56)
    below = act.box.y + act.box.height + 4
    top = below if below + tall <= height - 4 else max(4.0, act.box.y - tall - 4)
    return Box(max(4.0, min(act.box.x, width - wide - 4)), top, min(wide, width - 8), tall)


def first_row(act: Act) -> int:
    """The first option that is shown: a long menu is scrolled to what is chosen."""
    most = max(0, len(act.texts) - MOST_ROWS)
    return min(max(0, act.chosen - MOST_ROWS // 2), most)


def option_box(act: Act, menu: Box) -> Box:
    """Where the option that is chosen stands in its menu."""
    row = act.chosen - first_row(act)
    return Box(menu.x + PAD, menu.y + PAD + row * ROW, menu.width - 2 * PAD, ROW)


def asked_box(width: float) -> Box:
    """Where a confirm box stands: in the middle, near the top."""
    wide = min(_ASKED[0], width - 24)
    return Box((width - wide) / 2, 48, wide, _ASKED[1])


def answer_box(asked: Box, *, yes: bool) -> Box:
    """Where the button of a confirm box stands that was pressed: OK is the right one."""
    right = asked.x + asked.width - 20 - _BUTTON[0]
    left = right if yes else right - 12 - _BUTTON[0]
    return Box(left, asked.y + asked.height - 20 - _BUTTON[1], *_BUTTON)
