"""Drawing what no recording holds: window, captions, cards, cursor. The same browser draws it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from PIL import Image
from playwright.sync_api import Page

from automation.errors import InputError
from automation.run.browser import OpenBrowser, Screen, open_browser
from automation.walkthrough.edit import Edit, Popup
from automation.walkthrough.popup import (
    PAD,
    asked_box,
    first_row,
    menu_box,
)
from automation.walkthrough.stage import SHEET_HEIGHT, SHEET_WIDTH, Stage
from automation.walkthrough.timeline import Kind, Timeline
from automation.walkthrough.words import told_of, words_in

_PADDING = 64  # of a popup, for its shadow; in CSS pixels
_BAR = 36


@dataclass(frozen=True)
class Sprite:
    """A drawing with transparency, and where its top left corner belongs on the picture."""

    pixels: npt.NDArray[np.uint8]  # rows of columns of RGBA
    x: int = 0
    y: int = 0


@dataclass(frozen=True)
class Drawings:
    """Everything that is laid over a film's frames."""

    sheets: Mapping[int, npt.NDArray[np.uint8]]  # by the tab in front, RGB
    cards: Mapping[str, npt.NDArray[np.uint8]]  # RGB
    empty: npt.NDArray[np.uint8]  # the ground that all of them share, RGB
    captions: Mapping[int, Sprite]
    hand: Sprite  # its hot spot is at the corner of what is drawn, or in its middle
    popups: tuple[tuple[Sprite, Sprite], ...]  # as it opens, and with what is picked
    badges: Mapping[int, npt.NDArray[np.uint8]]  # a step's number, RGBA
    accent: tuple[int, int, int]


@dataclass(frozen=True)
class Texts:
    """What a film says on its cards."""

    title: str
    summary: str
    language: str


def theme_text(path: Path | None) -> str:
    """The style sheet of a film: the default one, then the user's own."""
    own = files("automation.walkthrough").joinpath("templates/theme.css").read_text("utf-8")
    if path is None:
        return own
    try:
        return f"{own}\n{path.read_text('utf-8')}"
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(
            f"cannot read the theme `{path}`",
            hint="a theme is a style sheet, such as `:root { --accent: #0a7; }`",
        ) from problem


@contextmanager
def drawing_browser(stage: Stage) -> Iterator[OpenBrowser]:
    """The browser that draws captions and cards for pictures of this size: it reaches no host."""
    with open_browser(None, screen=Screen(SHEET_WIDTH, SHEET_HEIGHT, stage.unit)) as browser:
        yield browser


def paint(
    browser: OpenBrowser, stage: Stage, timeline: Timeline, edit: Edit, texts: Texts, *,
    theme: str, detail: float = 1.0,
) -> Drawings:  # fmt: skip
    """Draw everything that this edit needs. *browser* has the stage's unit as its scale.

    What belongs onto the page has *detail* times as many pixels.
    """
    html = _html(stage, timeline, edit, texts, theme=theme, detail=detail)
    context = browser.new_context(language=texts.language, state=None)
    try:
        page = context.new_page()
        page.set_content(html, wait_until="load")
        return _Painter(page, stage, timeline, detail).drawings(edit)
    finally:
        context.close()


class _Painter:
    def __init__(self, page: Page, stage: Stage, timeline: Timeline, detail: float) -> None:
        self._scale = stage.screen.scale * detail
        self._page = page
        self._stage = stage
        self._timeline = timeline

    def drawings(self, edit: Edit) -> Drawings:
        tabs = sorted({tab for _at, tab in edit.tabs})
        return Drawings(
            sheets={tab: self._opaque(f"sheet-{tab}") for tab in tabs},
            cards={card.name: self._opaque(card.name) for card in edit.cards},
            empty=self._opaque("empty"),
            captions={cue.number: self._caption(cue.number) for cue in edit.cues},
            hand=Sprite(self._cut("finger" if self._stage.phone else "arrow")),
            popups=tuple(self._popup(number, popup) for number, popup in enumerate(edit.popups)),
            badges={cue.number: self._cut(f"badge-{cue.number}") for cue in edit.cues},
            accent=self._accent(),
        )

    def _opaque(self, name: str) -> npt.NDArray[np.uint8]:
        """A whole sheet; what is beside it on a wider picture continues its edge."""
        drawn = self._cut(name)[..., :3]
        wide, high = self._stage.width, self._stage.height
        across, down = wide - drawn.shape[1], high - drawn.shape[0]
        if across == 0 and down == 0:
            return np.ascontiguousarray(drawn)
        beside = ((max(down // 2, 0), max(down - down // 2, 0)),
                  (max(across // 2, 0), max(across - across // 2, 0)), (0, 0))  # fmt: skip
        return np.ascontiguousarray(np.pad(drawn, beside, mode="edge")[:high, :wide])

    def _caption(self, number: int) -> Sprite:
        drawn = self._cut(f"caption-{number}")
        sheet, unit = self._stage.sheet, self._stage.unit
        x, y = caption_corner(self._stage.phone)
        return Sprite(drawn, round(sheet.x + x * unit), round(sheet.y + y * unit))

    def _popup(self, number: int, popup: Popup) -> tuple[Sprite, Sprite]:
        shown = self._cut(f"popup-{number}")
        act = popup.act
        if act.kind is Kind.CHOOSE:
            box = menu_box(act, self._timeline.width, self._timeline.height)
            picked = self._cut(f"picked-{number}")
        else:
            picked = shown
            asked = asked_box(self._timeline.width)
            box = asked if act.kind is Kind.ASKED else act.box
        place = box.scaled(self._scale)
        pad = _PADDING * self._scale
        if act.kind is Kind.KEY:
            middle = place.x + place.width / 2 - shown.shape[1] / 2
            x, y = middle, place.y + place.height - pad + 12 * self._scale
        else:
            x, y = place.x - pad, place.y - pad
        return Sprite(shown, round(x), round(y)), Sprite(picked, round(x), round(y))

    def _cut(self, name: str) -> npt.NDArray[np.uint8]:
        """What is drawn in the section of this name, with what is transparent."""
        section = self._page.locator(f"#{name}")
        section.evaluate("one => one.classList.add('shown')")
        png = section.screenshot(omit_background=True)
        section.evaluate("one => one.classList.remove('shown')")
        return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))

    def _accent(self) -> tuple[int, int, int]:
        """The theme's accent, whatever way it is written in: one pixel of it is drawn."""
        red, green, blue, _there = self._cut("accent")[0, 0]
        return int(red), int(green), int(blue)


def caption_corner(phone: bool) -> tuple[int, int]:
    """Where captions stand on the sheet: below the window, or beside the phone."""
    return (640, 226) if phone else (0, 615)


def _html(
    stage: Stage, timeline: Timeline, edit: Edit, texts: Texts, *, theme: str, detail: float
) -> str:
    environment = Environment(
        loader=PackageLoader("automation.walkthrough"), autoescape=True, undefined=StrictUndefined
    )
    told = told_of(timeline.ending.outcome, texts.language)
    words = {**words_in(texts.language)}
    page = stage.page_on_sheet
    bezel = 14
    frame = (
        _standing(page.x - bezel, page.y - bezel, page.width + 2 * bezel, page.height + 2 * bezel)
        if stage.phone
        else _standing(page.x, page.y - _BAR, page.width, page.height + _BAR)
    )
    return environment.get_template("sheet.html").render(
        language=texts.language,
        theme=Markup(theme.replace("</", "<\\/")),  # noqa: S704 (a style sheet of the user's own)
        phone=stage.phone,
        words=words,
        store=timeline.store,
        title=texts.title,
        summary=texts.summary,
        ending={"title": told.title, "sentence": told.sentence, "tone": told.tone,
                "said": timeline.ending.said},
        cues=edit.cues,
        tab_strips=[(tab + 1, tab) for tab in sorted({tab for _at, tab in edit.tabs})],
        page_zoom=stage.screen.scale * detail / stage.unit,
        frame=Markup(frame),  # noqa: S704 (numbers)
        popups=[_popup_data(popup, timeline, words, stage.screen.scale * detail / stage.unit)
                for popup in edit.popups],
    )  # fmt: skip


def _standing(x: float, y: float, width: float, height: float) -> str:
    return f"left:{x}px;top:{y}px;width:{width}px;height:{height}px"


def _popup_data(
    popup: Popup, timeline: Timeline, words: Mapping[str, Any], zoom: float
) -> dict[str, Any]:
    act = popup.act
    if act.kind is Kind.CHOOSE:
        box = menu_box(act, timeline.width, timeline.height)
        rows = round((box.height - 2 * PAD) / 34)
        begin = first_row(act)
        return {"kind": "choose", "width": box.width, "height": box.height, "text": "",
                "options": act.texts[begin : begin + rows], "picked": act.chosen - begin,
                "zoom": zoom}  # fmt: skip
    if act.kind is Kind.ASKED:
        box = asked_box(timeline.width)
        return {"kind": "asked", "width": box.width, "height": box.height, "text": act.texts[0],
                "zoom": zoom}  # fmt: skip
    key = words["enter"] if act.texts[:1] == ("Enter",) else act.texts[0]
    return {"kind": "key", "text": key, "zoom": zoom}
