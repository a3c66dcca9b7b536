"""Recordings that no browser made, for what only draws."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from automation.walkthrough.edit import Edit
from automation.walkthrough.painting import Drawings, Sprite
from automation.walkthrough.stage import Stage
from automation.walkthrough.timeline import Act, Box, Ending, Frame, Kind, Taken, Timeline

BUTTON = Box(900, 400, 200, 44)
STAGE = Stage(640, 360)


def press(at: float, box: Box = BUTTON, *, document: int = 1, scrolled: float = 0) -> Act:
    return Act(Kind.PRESS, at, box, box.middle, document=document, scrolled=scrolled)


def taken(*acts: Act, begun: float, ended: float, text: str = "Press it.") -> Taken:
    return Taken("order.cancel_items", {"en": text, "nl": "Druk erop."}, begun, ended, acts)


def frame(number: int, at: float, document: int = 1, scrolled: float = 0, tab: int = 0) -> Frame:
    return Frame(f"{number:04d}.png", at, document, tab, scrolled)


def timeline(*steps: Taken, frames: tuple[Frame, ...]) -> Timeline:
    return Timeline(
        flow="cancel-items", summary="Cancel items.", store="Varnholt", language="en",
        layout="documented", phone=False, recorded="2026-11-24", width=1280, height=600,
        frames=frames, steps=steps, ending=Ending("cancelled", "Done."),
    )  # fmt: skip


def two_steps(*, slowness: float = 1.0) -> Timeline:
    """A page opens, a button is pressed, another page comes; in a store that is so slow."""
    s = slowness
    return timeline(
        taken(begun=0, ended=400 * s, text="Open the order."),
        taken(press(600 * s), begun=500 * s, ended=1500 * s, text="Choose Cancel items."),
        frames=(frame(0, 100 * s), frame(1, 300 * s), frame(2, 1200 * s, document=2)),
    )


def drawn(told: Timeline, folder: Path) -> Timeline:
    """The recording with frames that can be told apart."""
    screen = STAGE.screen
    size = round(screen.width * screen.scale), round(screen.height * screen.scale)
    for number, one in enumerate(told.frames):
        image = Image.new("RGB", size, (250 - 40 * number, 250, 200 + 20 * number))
        ImageDraw.Draw(image).text((20, 20), f"frame {number}", fill="black")
        image.save(folder / one.file)
    return told.write(folder)


def drawings(edit: Edit, stage: Stage = STAGE) -> Drawings:
    """Plain drawings of the right shapes."""
    plain = np.full((stage.height, stage.width, 3), 230, dtype=np.uint8)
    hand = np.zeros((40, 40, 4), dtype=np.uint8)
    hand[14:30, 14:24] = (0, 0, 0, 255)
    caption = np.zeros((40, stage.width, 4), dtype=np.uint8)
    caption[10:30, 100:400] = (20, 20, 20, 255)
    place = stage.page
    card = plain.copy()
    card[100:200, 100:500] = 30
    return Drawings(
        sheets={tab: plain.copy() for _at, tab in edit.tabs},
        cards={one.name: card for one in edit.cards},
        empty=plain,
        captions={
            cue.number: Sprite(caption, 0, round(place.y + place.height)) for cue in edit.cues
        },
        hand=Sprite(hand),
        popups=tuple((Sprite(hand), Sprite(hand)) for _popup in edit.popups),
        badges={cue.number: hand for cue in edit.cues},
        accent=(80, 70, 230),
    )


def broken(told: Timeline) -> Timeline:
    """The same, but its last step broke."""
    return replace(told, steps=(*told.steps[:-1], replace(told.steps[-1], broke=True)))
