"""What a recording holds: the frames as they came, and what was done between them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from automation.errors import InputError

_VERSION = 1
_NAME = "timeline.json"
SCROLLED = 3  # CSS pixels by which two sources may disagree on how far a page is scrolled


@dataclass(frozen=True)
class Box:
    """A place on a page, in CSS pixels of its viewport."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def scaled(self, by: float, *, right: float = 0, down: float = 0) -> Box:
        """The same place where a CSS pixel is *by* wide and the page begins at *right*, *down*."""
        return Box(self.x * by + right, self.y * by + down, self.width * by, self.height * by)


class Kind(StrEnum):
    """What a shopper does, or what the store asks, as far as a film shows it."""

    PRESS = "press"
    WRITE = "write"
    KEY = "key"
    CHOOSE = "choose"
    ASKED = "asked"  # a confirm box of the browser
    SHOWN = "shown"  # nothing is done: this is what decides


@dataclass(frozen=True)
class Act:
    """One thing that was done. *at* is in milliseconds from the beginning of the recording."""

    kind: Kind
    at: float
    box: Box
    point: tuple[float, float]
    texts: tuple[str, ...] = ()  # the options of a choice; the words of a confirm box; a key
    chosen: int = -1  # which option; 1 for a press that ticks
    line: float = 0  # the height of a line that was written
    document: int = 0  # on which it was done, and how far that was scrolled
    scrolled: float = 0


@dataclass(frozen=True)
class Frame:
    """What a page looked like from *at* on. *document* counts the pages loaded, *tab* the tabs."""

    file: str
    at: float
    document: int
    tab: int = 0
    scrolled: float = 0


@dataclass(frozen=True)
class Taken:
    """One step as it was recorded: what is told of it, and what was done for it."""

    word: str
    captions: Mapping[str, str]
    begun: float
    ended: float
    acts: tuple[Act, ...] = ()
    broke: bool = False

    def sentence(self, language: str) -> str:
        return self.captions.get(language) or self.captions["en"]


@dataclass(frozen=True)
class Ending:
    """How the run ended: the word for it, and what the store said."""

    outcome: str
    said: str = ""


@dataclass(frozen=True)
class Timeline:
    """A recording. Everything that a film or a guide shows is drawn from this and its frames."""

    flow: str
    summary: str
    store: str
    language: str
    layout: str
    phone: bool
    recorded: str  # the day, as YYYY-MM-DD
    width: int
    height: int
    frames: tuple[Frame, ...]
    steps: tuple[Taken, ...]
    ending: Ending
    folder: Path = field(default=Path(), compare=False)

    def path(self, frame: Frame) -> Path:
        return self.folder / frame.file

    def before(self, at: float) -> int:
        """The number of the last frame up to *at*; the first if there is none."""
        found = 0
        for number, frame in enumerate(self.frames):
            if frame.at > at:
                break
            found = number
        return found

    def state(self, act: Act) -> int:
        """The number of the frame that shows the page as it was when this was done.

        The last one up to then. If that had not been scrolled to yet, the page went on before it
        was painted: then the next one that had.
        """
        last = self.before(act.at)
        if act.document and not self._shows(last, act):
            later = range(last + 1, len(self.frames))
            return next((number for number in later if self._shows(number, act)), last)
        return last

    def _shows(self, number: int, act: Act) -> bool:
        frame = self.frames[number]
        return frame.document == act.document and abs(frame.scrolled - act.scrolled) < SCROLLED

    def write(self, folder: Path) -> Timeline:
        """Write `timeline.json` into *folder*, beside the frames."""
        data = asdict(self)
        del data["folder"]
        text = json.dumps({"version": _VERSION, **data}, ensure_ascii=False, indent=1)
        (folder / _NAME).write_text(text + "\n", "utf-8")
        return replace(self, folder=folder)


def read_timeline(path: Path) -> Timeline:
    """The recording in this folder, or in this file; `InputError` if it is none."""
    folder = path if path.is_dir() else path.parent
    try:
        data = json.loads((folder / _NAME).read_text("utf-8"))
        if data.pop("version") != _VERSION:
            raise InputError(
                f"`{folder}` was recorded by another version", hint="record it again: unorder film"
            )
        found = _timeline(data, folder)
    except OSError as problem:
        raise InputError(
            f"there is no recording in `{folder}`",
            hint="`unorder film` keeps one beside each film, in a folder that ends in .timeline",
        ) from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise InputError(f"`{folder / _NAME}` is not a recording: {problem}") from problem
    gone = next((frame for frame in found.frames if not found.path(frame).is_file()), None)
    if gone or not found.frames:
        raise InputError(f"`{folder}` lacks {gone.file if gone else 'frames'}")
    return found


def _timeline(data: dict[str, Any], folder: Path) -> Timeline:
    frames = tuple(Frame(**frame) for frame in data.pop("frames"))
    steps = tuple(
        Taken(**{**step, "acts": tuple(_act(act) for act in step["acts"])})
        for step in data.pop("steps")
    )
    ending = Ending(**data.pop("ending"))
    return Timeline(**data, frames=frames, steps=steps, ending=ending, folder=folder)


def _act(data: dict[str, Any]) -> Act:
    told = {**data, "kind": Kind(data["kind"]), "box": Box(**data["box"])}
    return Act(**{**told, "point": tuple(data["point"]), "texts": tuple(data["texts"])})
