"""Facts taken from a page. They are what was read, in the store's words, never a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class State(Enum):
    """What an item's state is called in unorder; a profile says which words of a store mean it."""

    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    ON_HOLD = "on_hold"
    ORDERED = "ordered"
    PREPARING = "preparing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"  # the store is done with it; whether anything was sent it does not say
    FAILED = "failed"  # its payment was declined, or failed
    EXPIRED = "expired"  # it ended by itself
    REFUNDED = "refunded"  # the money came back, which is no cancellation
    PARTLY_REFUNDED = "partly_refunded"
    REQUESTED = "requested"  # the store was asked to cancel it, and has not decided
    DENIED = "denied"  # the store was asked to cancel it, and said no
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"  # it was cancelled, and that was taken back
    RETURNED = "returned"
    UNREADABLE = "unreadable"

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return self.value.replace("_", " ")


# In these a cancellation may still be offered: a page's offer decides.
OPEN = frozenset({
    State.AWAITING_PAYMENT, State.PAID, State.ON_HOLD, State.ORDERED, State.PREPARING,
    State.COMPLETED, State.FAILED, State.PARTLY_REFUNDED, State.DENIED, State.REINSTATED,
})  # fmt: skip
SENT = frozenset({State.SHIPPED, State.DELIVERED, State.RETURNED})
LAPSED = frozenset({State.EXPIRED, State.REFUNDED})  # over, and nobody cancelled it


class Refund(Enum):
    """How far money is that comes back; a profile says which words of a store mean it."""

    PROMISED = "promised"
    PAID = "paid"
    UNREADABLE = "unreadable"


class Priced(StrEnum):
    """What the price of a line is of."""

    EACH = "each"  # one piece
    LINE = "line"  # all pieces of the line


class Counted(StrEnum):
    """What a page counts when it tells how many there are."""

    LINES = "lines"
    PIECES = "pieces"


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
class Sums:
    """What an order's page says of all lines together: "" where nothing is read, `None` where the
    profile names no such place.
    """

    subtotal: str | None = None  # as shown
    count: str | None = None  # as shown
    priced: Priced | None = None  # what the lines' prices are of, where the profile says so
    counted: Counted | None = None  # likewise
    vouched: bool = False  # the profile's author says that every line is read


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
    fee: str | None = None  # what the store keeps, as shown; `None` where it shows none
    refund: str | None = None  # what it pays back, likewise
    offered: bool = False  # whether the page was looked at for a cancellation, and offers one
    id: str = ""  # the store's own number of it, where that is not the one that is shown
    tally: Sums | None = None  # none where a page object itself sees that all lines are read


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
    """One page of the order list. `stated` is the number of orders that the store itself claims.

    `cards` are the rows that hold an order's number.
    """

    cards: tuple[Card, ...]
    stated: int | None
    more: bool
    last: bool = False  # known to be the last page: what leads on is known, and is gone
    unnumbered: int = 0  # rows without a number
    may_lead_on: str | None = None  # the name of something that may, and is not the profile's

    @property
    def numbers(self) -> tuple[str, ...]:
        """The number of each row; "" for one without."""
        return (*(card.number for card in self.cards), *[""] * self.unnumbered)


@dataclass(frozen=True)
class Line:
    """One row of a form on which items are chosen."""

    title: str
    quantity: int
    price: str
    ticked: bool


@dataclass(frozen=True)
class Selection:
    """What is about to happen, read back from the form. `order` is `None` where none is told.

    *all_or_nothing* is whether the form lets nobody choose: then a line goes with all others.
    """

    order: str | None
    lines: tuple[Line, ...]
    reason: str | None
    fee: str | None = None  # what the store would keep, as shown; `None` where it shows none
    asks: bool | None = None  # whether the store will decide; `None` where its page does not tell
    all_or_nothing: bool = False

    @property
    def ticked(self) -> tuple[str, ...]:
        return tuple(line.title for line in self.lines if line.ticked)


@dataclass(frozen=True)
class AnsweredItem:
    """One item as the store's answer names it."""

    title: str
    said: str  # the store's words for what became of it
