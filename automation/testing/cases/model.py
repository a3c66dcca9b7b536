"""A case as it was read, for one cell of what it is multiplied by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from automation.source import Place
from mock_store.lines import Line
from mock_store.rules import Note, Plan, State


@dataclass(frozen=True)
class OrderGiven:
    """An order that is to be placed."""

    lines: tuple[Line, ...]
    state: State = State.ORDERED
    account: str = "robin"
    placed: timedelta = timedelta()  # how long ago
    number: str | None = None
    note: Note = Note.NONE


@dataclass(frozen=True)
class SubscriptionGiven:
    """A subscription or membership that an account is to have."""

    name: str
    plan: Plan = Plan.RENEWING
    account: str = "robin"


@dataclass(frozen=True)
class QuirkGiven:
    """A quirk that is asked for; *this_order*: only for the order of the case."""

    name: str
    times: int | None = None
    seconds: float | None = None  # how long it takes, or until it comes
    account: str | None = None
    this_order: bool = False


@dataclass(frozen=True)
class Given:
    """What the store is like before the flow is followed."""

    order: OrderGiven | None = None
    others: tuple[OrderGiven, ...] = ()
    subscription: SubscriptionGiven | None = None
    quirks: tuple[QuirkGiven, ...] = ()
    now: datetime | None = None
    advance: str | None = None  # the clock moves on by so much after all was placed


@dataclass(frozen=True)
class Followed:
    """Which flow is followed, with which inputs beside those that the case's order gives."""

    flow: str
    inputs: Mapping[str, tuple[str, ...]]
    account: str | None
    commit: bool


@dataclass(frozen=True)
class Expectation:
    """One thing that must be so afterwards: one of these texts, or, of words, a part of them."""

    what: str
    item: bool  # whether *what* is an item's title
    any_of: tuple[str, ...]
    place: Place

    def met_by(self, actual: str) -> bool:
        if self.what in ("reason", "said") and not self.item:
            return any(text in actual for text in self.any_of)
        return actual in self.any_of


@dataclass(frozen=True)
class Cell:
    """One of the cases that `for` multiplies a case into."""

    id: str
    values: Mapping[str, str]

    @property
    def layout(self) -> str:
        return self.values.get("layout", "documented")

    @property
    def language(self) -> str:
        return self.values.get("language", "en")

    @property
    def mode(self) -> str:
        return self.values.get("mode", "strict")


@dataclass(frozen=True)
class Case:
    """One case, for one cell."""

    it: str
    cell: Cell
    given: Given
    follow: Followed
    expect: tuple[Expectation, ...]
    marks: tuple[str, ...]
    place: Place
    last_line: int

    @property
    def name(self) -> str:
        return f"{self.it} ({self.cell.id})" if self.cell.id else self.it

    @property
    def quirk(self) -> str:
        """The quirks of this case in one word, for the matrix."""
        return " + ".join(quirk.name for quirk in self.given.quirks) or "none"
