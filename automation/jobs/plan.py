"""A plan: which orders would be cancelled how, bound to the facts seen when it was made."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from automation.jobs.book import Where
from automation.jobs.route import Route
from automation.pages.readings import Order
from automation.run.facts import order_as_data
from automation.run.rules import amount


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
    over: int  # delivered, cancelled or returned: nothing can be done any more
    opened: int  # whose own page was read


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
    orders: tuple[Planned, ...]
    notes: tuple[str, ...]
    sha256: str = ""

    @property
    def to_do(self) -> tuple[Planned, ...]:
        return tuple(order for order in self.orders if order.route.to_do)

    def count(self, route: Route) -> int:
        return sum(order.route is route for order in self.orders)

    @property
    def money(self) -> Decimal:
        """What the orders that would be acted on have cost together, in their own currency."""
        return sum((amount(order.facts.total) for order in self.to_do), Decimal(0))


def digest_of(order: Order) -> str:
    """One short word for the facts that must not change: any difference gives another."""
    told = json.dumps(decisive(order), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def decisive(order: Order) -> dict[str, Any]:
    """The facts that a plan is bound to. Not the store's words for a state: they name days."""
    data = order_as_data(order)
    return {
        "number": data["number"],
        "total": data["total"],
        "whole": data["whole"],
        "items": [
            {key: item[key] for key in ("title", "state", "quantity", "price", "seller", "way")}
            for item in data["items"]
        ],
    }


def difference(planned: Order, now: Order) -> str | None:
    """The first fact that has changed since the plan was made, in plain words; `None` if none."""
    if digest_of(planned) == digest_of(now):
        return None
    if planned.number != now.number:
        return f"order {planned.number} was planned, but {now.number or 'none'} opened"
    before, after = decisive(planned), decisive(now)
    lines = Counter(item.title for item in planned.items)
    if lines != Counter(item.title for item in now.items):
        more = Counter(item.title for item in now.items) - lines
        fewer = lines - Counter(item.title for item in now.items)
        title = next(iter(more + fewer))
        return f"`{title}` was {'added' if more else 'taken out'} since the plan was made"
    for old, new in zip(before["items"], after["items"], strict=True):
        for fact, value in old.items():
            if new[fact] != value:
                return f"the {fact} of `{old['title']}` was {value} and is now {new[fact]}"
    return f"its total was {planned.total or 'not shown'} and is now {now.total or 'not shown'}"
