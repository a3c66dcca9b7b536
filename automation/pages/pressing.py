"""What a page object is about to press before the last click, for whoever wants to look first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from automation.pages.description import Opener


@dataclass(frozen=True)
class Press:
    """A control that leads on. *aim* is its method and address; "" where only a script knows."""

    opener: Opener
    order: str
    aim: str


@dataclass
class Presses:
    """Who looks at each press before it is made. What *look* raises, a press does not outlive."""

    look: Callable[[Press], None] = field(default=lambda _press: None)
