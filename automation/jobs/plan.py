"""A plan: which orders would be cancelled how, bound to the facts seen when it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from automation.jobs.book import Where
from automation.jobs.route import Route
from automation.pages.readings import Order


@dataclass(frozen=True)
class Source:
    """The rules that a plan was made from: where they stood, and every word of them."""

    path: str
    sha256: str
    text: str


@dataclass(frozen=True)
class Listed:
    """How an account's list was read: whole, or there would be no plan."""

    where: Where
    orders: int  # that the store says it has, and that were read
    over: int  # delivered, cancelled, returned, expired or refunded: nothing can be done any more
    opened: int  # whose own page was read


@dataclass(frozen=True)
class Held:
    """An account that could not be looked through, and how to go on. Nothing of it is planned."""

    where: Where
    exit_code: int
    reason: str
    hint: str | None


@dataclass(frozen=True)
class Planned:
    """One order of a plan, and the facts that it is bound to."""

    where: Where
    key: str  # the account, as locks and the journal know it
    order: str
    route: Route
    titles: tuple[str, ...]
    whole: bool
    why: tuple[str, ...]
    words: str  # why this route, where it is not one that can be taken
    reason: str | None
    closes: datetime | None
    facts: Order
    digest: str

    @property
    def subject(self) -> str:
        """What an intent about it is called."""
        return f"{self.key} {self.order}"


@dataclass(frozen=True)
class Plan:
    """Everything that a plan's file holds. The orders stand in it most urgent first."""

    id: str
    rules: str
    made: datetime
    expires: datetime
    source: Source
    lists: tuple[Listed, ...]
    held: tuple[Held, ...]
    orders: tuple[Planned, ...]
    notes: tuple[str, ...]
    sha256: str = ""

    @property
    def to_do(self) -> tuple[Planned, ...]:
        return tuple(order for order in self.orders if order.route.to_do)

    def count(self, route: Route) -> int:
        return sum(order.route is route for order in self.orders)
