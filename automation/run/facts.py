"""The plain records that a run is about: what was asked, what was wanted, what was seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from automation.pages.readings import (
    Counted,
    Item,
    Order,
    Priced,
    State,
    Subscription,
    Sums,
    Way,
)
from automation.pages.values import Items

if TYPE_CHECKING:
    from automation.pages.storefront import Storefront


@dataclass(frozen=True)
class Subject:
    """What an intent is about: one order of one account of one storefront."""

    storefront: str
    account: str
    order: str

    def __str__(self) -> str:
        return f"{self.storefront} {self.account} {self.order}"

    @property
    def whoever(self) -> str:
        """The order alone: of one account the configuration may have two names."""
        return f"{self.storefront} {self.order}"

    @classmethod
    def parse(cls, text: str) -> Subject:
        storefront, account, order = text.split(" ", 2)
        return cls(storefront, account, order)


class Said(Enum):
    """What the store answered to the click, as far as it could be seen."""

    YES = "yes"
    NO = "no"
    PENDING = "pending"
    OTHER = "other"  # an answer that is none of the flow's ends
    SILENCE = "silence"


@dataclass(frozen=True)
class Answer:
    """The store's answer and its own words for it; of silence, what was there instead."""

    said: Said
    words: str = ""

    @property
    def heard(self) -> str | None:
        """What the store said, if it said anything."""
        return None if self.said is Said.SILENCE else self.words or None


def as_order(subscription: Subscription, storefront: Storefront) -> Order:
    """A subscription as the protocol sees it: a matter of one line, known by its name."""
    line = Item(
        title=subscription.name,
        state=storefront.state(subscription.said),
        said=subscription.said,
        quantity=1,
        price=subscription.price,
        seller="",
        way=Way.ELSEWHERE if subscription.elsewhere else Way.CANCEL,
    )
    name, price = subscription.name, subscription.price
    return Order(name, "", price, (line,), subscription.account)


def states(order: Order | None) -> dict[str, str]:
    """Each item's state by its title; a second item of one title is numbered `TITLE #2`."""
    named: dict[str, str] = {}
    met: Counter[str] = Counter()
    for item in order.items if order else ():
        met[item.title] += 1
        name = item.title if met[item.title] == 1 else f"{item.title} #{met[item.title]}"
        named[name] = item.state.value
    return named


def read_last(before: Order | None, after: Order | None) -> Order | None:
    """The order as it was read last.

    A page that says only that the whole order is cancelled lists no items: they are those from
    *before*, each of them cancelled.
    """
    if before and after and after.whole is State.CANCELLED and not after.items:
        items = tuple(replace(item, state=State.CANCELLED) for item in before.items)
        return replace(after, items=items)
    return after or before


def order_as_data(order: Order, *, words: bool = False) -> dict[str, Any]:
    """An order as JSON can hold it, for the journal; without the name of its owner.

    Nor with the store's own *words*, unless they are asked for: they may name somebody, and nothing
    is decided by them once the states are known.
    """
    data = asdict(order) | {"account": "", "whole": order.whole and order.whole.value}
    data["items"] = [
        {**asdict(item), "state": item.state.value, "way": item.way.value} for item in order.items
    ]
    if not words:
        data["refunds"] = ()
        data["items"] = [{**item, "said": ""} for item in data["items"]]
    return data


def order_from_data(data: dict[str, Any]) -> Order:
    """What `order_as_data` gave, read again."""
    items = tuple(
        Item(**{**item, "state": State(item["state"]), "way": Way(item["way"])})
        for item in data["items"]
    )
    whole, tally = data.get("whole"), data.get("tally")
    return Order(
        **{
            **data,
            "items": items,
            "whole": State(whole) if whole else None,
            "refunds": tuple(data.get("refunds", ())),
            "tally": _tally_from_data(tally) if tally else None,
        }
    )


def _tally_from_data(data: dict[str, Any]) -> Sums:
    priced, counted = data["priced"], data["counted"]
    return Sums(
        **{
            **data,
            "priced": Priced(priced) if priced else None,
            "counted": Counted(counted) if counted else None,
        }
    )


def as_titles(items: Items) -> list[str] | None:
    """A choice of items as JSON can hold it: their titles, or `null` for all."""
    return None if items.titles is None else list(items.titles)
