"""A store in a few lines, as strict as the practice store or as careless, that keeps the record.

It is not the practice store: ten thousand histories must fit in a minute. It shares its modes and
their meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from faults.history import Change, Line, Receipt, Truth

ORDER, OTHER = "112-0000001-0000001", "112-0000002-0000002"
_CANCELLABLE = {"ordered", "preparing"}


class Time(Protocol):
    """What a store asks of the world."""

    @property
    def now(self) -> float: ...
    def at(self, moment: float, go: Callable[[], object]) -> None: ...


class Mode(Enum):
    """How a store treats a form that comes late or twice."""

    STRICT = "strict"
    LENIENT = "lenient"
    LEGACY = "legacy"


@dataclass
class Thing:
    """An item of an order, as the store holds it."""

    title: str
    state: str
    quantity: int = 1
    price: str = "€ 10.00"


@dataclass
class Behaviour:
    """How the store will treat the next submission, if not as it should."""

    error: str = ""  # "before" or "after" it acts: it answers with 500
    drop: str = (
        ""  # "before" or "after" it acts: the connection closes, and the browser sends again
    )
    drops_again: bool = False
    says: str = ""  # "no", "pending", "nothing", "lie"
    partly: bool = False
    lands_after: float = 0.0
    slow: float = 0.0
    ships_first: bool = False
    cancelled_first: bool = False
    signs_out: bool = False


@dataclass
class Reply:
    """What a browser was told; *words* is yes, no, pending, other or silence."""

    words: str
    delay: float


@dataclass
class Shop:
    """The store's side of one history."""

    world: Time
    mode: Mode
    things: dict[str, list[Thing]]
    truth: Truth
    total: str = "€ 30.00"
    next: Behaviour = field(default_factory=Behaviour)
    signed_out: set[str] = field(default_factory=set)  # runs whose session has ended
    sessions: int = 0
    latency: float = 0.1
    _answered: dict[str, str] = field(default_factory=dict)  # form token → first answer
    _forms: int = 0
    _submissions: int = 0

    def new_form(self) -> str:
        self._forms += 1
        return f"form-{self._forms}"

    def set_state(self, order: str, state: str, *titles: str, click: str = "") -> None:
        """Give these items (all without any) this state, and note who did it."""
        for thing in self.things[order]:
            if thing.state not in ("cancelled", state) and thing.title in (titles or [thing.title]):
                change = Change(self.world.now, order, thing.title, thing.state, state, click)
                self.truth.changes.append(change)
                thing.state = state

    def add_one(self, order: str) -> None:
        """A quantity changes."""
        thing = self.things[order][0]
        was, thing.quantity = thing.quantity, thing.quantity + 1
        self.truth.changes.append(
            Change(self.world.now, order, thing.title, str(was), str(thing.quantity))
        )

    def receive(
        self, order: str, titles: tuple[str, ...], form: str, click: str, run: str, account: str,
        excused: str = "",
    ) -> Reply:  # fmt: skip
        """One click's POST, and the POST that a browser makes of it again when nothing came."""
        about = (order, titles, form, click, run, account, excused)
        reply = self.receive_one(*about)
        if reply.words == "drop":
            reply = self.receive_one(*about)
        return Reply("silence", reply.delay) if reply.words == "drop" else reply

    def receive_one(
        self, order: str, titles: tuple[str, ...], form: str, click: str, run: str, account: str,
        excused: str = "",
    ) -> Reply:  # fmt: skip
        """One POST. `drop` as an answer: the connection closes."""
        wants, self.next = self.next, Behaviour()
        if wants.drops_again:
            self.next = Behaviour(drop=wants.drop)
        if wants.ships_first:
            self.set_state(order, "shipped")
        if wants.cancelled_first:
            self.set_state(order, "cancelled")
        if wants.signs_out:
            self.signed_out.add(run)
            return Reply("silence", 0.1)
        if wants.drop == "before":
            return Reply("drop", 0.0)
        answer = "silence"
        if wants.error != "before":
            answer = self._act(wants, order, titles, form, click)
        self.truth.receipts.append(
            Receipt(self.world.now, order, titles, click, run, account, answer, excused)
        )
        if wants.drop == "after":
            return Reply("drop", 0.0)
        broken = wants.error or wants.says == "nothing"
        return Reply("silence" if broken else answer, wants.slow or self.latency)

    def _act(
        self, wants: Behaviour, order: str, titles: tuple[str, ...], form: str, click: str
    ) -> str:
        if self.mode is Mode.STRICT and form in self._answered:
            return self._answered[form]
        answer = self._carry_out(wants, order, titles, click)
        self._answered[form] = answer
        return answer

    def _carry_out(
        self, wants: Behaviour, order: str, titles: tuple[str, ...], click: str
    ) -> str:  # fmt: skip
        if wants.says in ("no", "lie"):
            if wants.says == "lie":
                self.truth.lied.add(order)
            return "no" if wants.says == "no" else "yes"
        if wants.says == "pending":
            for title in titles:
                self._one(order, title, "requested", click)
            return "pending"
        chosen = titles[:-1] if wants.partly else titles
        able = tuple(
            thing.title
            for thing in self.things[order]
            if thing.title in chosen and self._able(thing)
        )
        for number, title in enumerate(able):
            self._later(wants.lands_after * (number + 1) / len(able), order, title, click)
        if not able:
            return "no"
        return "yes" if set(able) == set(titles) else "other"

    def _later(self, delay: float, order: str, title: str, click: str) -> None:
        if delay:
            self.world.at(
                self.world.now + delay, lambda: self._one(order, title, "cancelled", click)
            )
        else:
            self._one(order, title, "cancelled", click)

    def _one(self, order: str, title: str, state: str, click: str) -> None:
        (thing,) = (one for one in self.things[order] if one.title == title)
        if self._able(thing):
            self.set_state(order, state, title, click=click)

    def _able(self, thing: Thing) -> bool:
        return thing.state in _CANCELLABLE or (
            self.mode is not Mode.STRICT and thing.state != "cancelled"
        )

    def lines(self) -> dict[str, tuple[Line, ...]]:
        """Every order as it is now."""
        return {
            order: tuple(Line(one.title, one.state, one.quantity) for one in things)
            for order, things in self.things.items()
        }

    def decide(self, order: str, state: str) -> None:
        """The seller answers what was requested."""
        requested = [one.title for one in self.things[order] if one.state == "requested"]
        if requested:
            self.set_state(order, state, *requested)
