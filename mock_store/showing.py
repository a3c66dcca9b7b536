"""What a page shows: the contract between the store's rules and its templates.

Texts are in the shopper's language and ready to read; templates add no wording of their own
beyond what `words` gives them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Visitor:
    """Who is looking, for the header. *name* is `None` when nobody is signed in."""

    name: str | None
    language: str


@dataclass(frozen=True)
class ItemShown:
    """One line of an order."""

    token: str  # the name of its checkbox
    title: str
    picture: str  # URL of its SVG
    quantity: int
    price: str
    seller: str
    state: (
        str  # "ordered", "preparing", "shipped", "delivered", "cancelled", "requested", "returned"
    )
    state_text: str
    ticked: bool = False
    eligible: str = ""  # until when it may be returned


@dataclass(frozen=True)
class ShipmentShown:
    """Items that travel together."""

    state: str
    heading: str  # "Not yet shipped", "Arriving Thursday", "Cancelled", …
    detail: str
    items: tuple[ItemShown, ...]
    seller: str = ""
    way: str = ""  # what is offered for these items
    way_url: str = ""


@dataclass(frozen=True)
class Money:
    label: str
    amount: str
    grand: bool = False


@dataclass(frozen=True)
class MessageOfOrder:
    """What the shopper wrote to a seller, or a seller answered."""

    heading: str  # "You wrote to Brightwell Pottery on 3 November 2026"
    text: str
    by_seller: bool


@dataclass(frozen=True)
class OrderShown:
    """An order, on its card in the list or on its own page."""

    number: str
    placed: str
    total: str
    recipient: str
    address: tuple[str, ...]
    payment: str  # "Visa ending in 4242"
    shipments: tuple[ShipmentShown, ...]
    sums: tuple[Money, ...]
    details_url: str
    cancel_url: str | None  # None: the order offers no "Cancel items"
    cancelled: bool  # all of it
    note: str = ""
    messages: tuple[MessageOfOrder, ...] = ()
    refunds: tuple[str, ...] = ()  # "Refund of €49.00 expected by 3 November 2026"


@dataclass(frozen=True)
class PageLink:
    label: str
    url: str | None  # None: shown, not a link
    current: bool = False


@dataclass(frozen=True)
class OrderListShown:
    """One page of Your Orders."""

    stated: str  # "12 orders"
    orders: tuple[OrderShown, ...]
    periods: tuple[tuple[str, str, bool], ...]  # value, text, chosen
    search: str
    previous: PageLink | None
    pages: tuple[PageLink, ...]
    next: PageLink | None  # url None on the last page; None when there is one page only
    empty: str | None  # "Looks like you didn't place an order in 2023."


@dataclass(frozen=True)
class CancelFormShown:
    """The form on which a shopper ticks the items to cancel."""

    order: OrderShown
    items: tuple[ItemShown, ...]
    reasons: tuple[tuple[str, str], ...]  # value, text
    form_token: str
    warning: str | None  # bundles
    error: str | None  # visible only when it is said; the hidden alert is always in the markup


@dataclass(frozen=True)
class AnswerShown:
    """What the store answers to a cancellation."""

    kind: str  # "SUCCESS", "REFUSED", "PENDING", "PARTLY"
    heading: str
    text: str
    order: OrderShown
    cancelled: tuple[ItemShown, ...]
    kept: tuple[ItemShown, ...]


@dataclass(frozen=True)
class AskShown:
    """A form on which a shopper asks for something: of a seller, or of the store."""

    kind: str  # "request", "contact", "return"
    order: OrderShown
    seller: str
    items: tuple[ItemShown, ...]
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AskedShown:
    """The answer to what was asked for."""

    kind: str  # "SENT", "REFUSED"
    heading: str
    text: str
    order: OrderShown


@dataclass(frozen=True)
class SubscriptionShown:
    """A membership or a subscription."""

    token: str
    name: str
    price: str
    plan: str
    state: str  # "Renews on 3 December 2026"
    until: str
    membership: bool  # the store's own, which pleads before it lets go
    open: bool  # whether it can be ended here


@dataclass(frozen=True)
class OfferShown:
    """A page that pleads to stay. A *strange* one has no button that says no."""

    subscription: SubscriptionShown
    number: int
    strange: bool


@dataclass(frozen=True)
class SignInShown:
    """The sign-in form: both fields at once, or the password on a second page."""

    email: str
    return_to: str
    error: str | None
    step_two: bool = False


@dataclass(frozen=True)
class MessageShown:
    """A page that says one thing: not found, an error, signed out."""

    heading: str
    text: str
    link: PageLink | None
