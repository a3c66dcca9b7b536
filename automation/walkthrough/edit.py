"""A recording cut for a viewer: what is shown when. Seconds of film, CSS pixels of the page."""

from __future__ import annotations

from dataclasses import dataclass

from automation.walkthrough.motion import Point
from automation.walkthrough.timeline import Act, Box


@dataclass(frozen=True)
class Still:
    """A frame, as it is."""

    frame: int


@dataclass(frozen=True)
class Dissolve:
    """Another page: one frame turns into the other."""

    before: int
    after: int


@dataclass(frozen=True)
class Pan:
    """The same page, scrolled."""

    before: int
    after: int


@dataclass(frozen=True)
class Writing:
    """Text comes letter by letter into a field that was filled at once."""

    before: int
    after: int
    box: Box
    line: float


Look = Still | Dissolve | Pan | Writing


@dataclass(frozen=True)
class Span:
    """What the page looks like for a while."""

    start: float
    end: float
    look: Look


@dataclass(frozen=True)
class Travel:
    """The hand goes from one point to another."""

    start: float
    end: float
    begin: Point
    to: Point


@dataclass(frozen=True)
class Press:
    at: float
    point: Point


@dataclass(frozen=True)
class Ring:
    """A place is pointed out."""

    start: float
    end: float
    box: Box


@dataclass(frozen=True)
class Popup:
    """A menu, a confirm box or a key, which no frame shows."""

    start: float
    end: float
    act: Act
    picked_at: float


@dataclass(frozen=True)
class Cue:
    """A caption while it is shown. *number* counts the steps that are shown."""

    start: float
    end: float
    number: int
    text: str


@dataclass(frozen=True)
class Card:
    """A title, or how it ended."""

    start: float
    end: float
    name: str


@dataclass(frozen=True)
class Edit:
    """The whole film, before anything of it is drawn."""

    seconds: float
    spans: tuple[Span, ...]
    travels: tuple[Travel, ...]
    presses: tuple[Press, ...]
    rings: tuple[Ring, ...]
    popups: tuple[Popup, ...]
    cues: tuple[Cue, ...]
    cards: tuple[Card, ...]
    hand: Point  # where the hand is at first
    tabs: tuple[tuple[float, int], ...] = ((0.0, 0),)  # from when which tab is in front
    scrolled: tuple[float, ...] = ()  # how far down the page of each frame is, in CSS pixels
    soft: float = 0.2  # seconds in which things come and go; 0 where motion is reduced
