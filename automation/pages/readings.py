"""Facts taken from a page. They are what was read, in the store's words, never a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """What an item's state is called in unorder; a profile says which words of a store mean it."""

    ORDERED = "ordered"
    PREPARING = "preparing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    REQUESTED = "requested"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    UNREADABLE = "unreadable"


class Refund(Enum):
    """How far money is that comes back; a profile says which words of a store mean it."""

    PROMISED = "promised"
    PAID = "paid"
    UNREADABLE = "unreadable"


class Way(Enum):
    """What an order's page offers for an item that is not wanted any more."""

    CANCEL = "cancel"
    REQUEST = "request"  # the seller is asked, and decides
    CONTACT = "contact"  # the seller can only be written to
    RETURN = "return"
    ELSEWHERE = "elsewhere"  # not on a phone
    NONE = "none"


@dataclass(frozen=True)
class Item:
    """One line of an order."""

    title: str
    state: State
    said: str  # the store's own words for the state
    quantity: int
    price: str  # as shown, currency included
    seller: str
    way: Way = Way.CANCEL


@dataclass(frozen=True)
class Order:
    """An order as its own page shows it."""

    number: str
    placed: str  # the date as shown
    total: str  # as shown, currency included
    items: tuple[Item, ...]
    account: str  # whose page this is, as the store greets the shopper; "" if it does not
    messages: int = 0  # how often the seller was written to
    whole: State | None = None  # what the page says of the whole order, where it lists no items
    refunds: tuple[str, ...] = ()  # what it says of money that comes back, in its own words


@dataclass(frozen=True)
class Subscription:
    """A subscription or a membership as the store lists it."""

    name: str
    said: str  # the store's own words for its state
    price: str  # as shown
    account: str  # whose list this is, as the store greets the shopper; "" if it does not
    elsewhere: bool  # another company bills it, and alone can end it


@dataclass(frozen=True)
class Card:
    """An order as the list shows it; "" and nothing for what its card does not show."""

    number: str
    placed: str  # as shown
    total: str  # as shown
    items: tuple[str, ...]  # their titles
    said: tuple[str, ...]  # the store's words for the state, a shipment each
    offers: tuple[str, ...]  # what the shopper is offered, in the store's words


@dataclass(frozen=True)
class OrderList:
    """One page of the order list. `stated` is the number of orders that the store itself claims."""

    cards: tuple[Card, ...]
    stated: int | None
    more: bool

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(card.number for card in self.cards)


@dataclass(frozen=True)
class Line:
    """One row of a form on which items are chosen."""

    title: str
    quantity: int
    price: str
    ticked: bool


@dataclass(frozen=True)
class Selection:
    """What is about to happen, read back from the form. `order` is `None` where none is told."""

    order: str | None
    lines: tuple[Line, ...]
    reason: str | None

    @property
    def ticked(self) -> tuple[str, ...]:
        return tuple(line.title for line in self.lines if line.ticked)


@dataclass(frozen=True)
class AnsweredItem:
    """One item as the store's answer names it."""

    title: str
    said: str  # the store's words for what became of it
