"""The store's own rules: what may be cancelled, what an order's state follows from. No Flask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """Where an item is on its way to the shopper."""

    ORDERED = "ordered"
    PREPARING = "preparing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    REQUESTED = "requested"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class Mode(StrEnum):
    """How strictly the store treats a form that comes late or twice."""

    STRICT = "strict"  # one-time form tokens; a repeat is given the first answer
    LENIENT = "lenient"  # believes what a stale page sends
    LEGACY = "legacy"  # no tokens; carries out whatever it receives


class Note(StrEnum):
    """What is special about an order that has not shipped."""

    NONE = ""
    PAYMENT_REVISION = "payment_revision"  # the payment failed; it can be cancelled all the same
    PRE_ORDER = "pre_order"  # it ships when the goods come out


class Payment(StrEnum):
    """Whether an order is paid; the boutique alone says so and may treat the two differently."""

    UNSAID = ""
    PENDING = "pending"
    PAID = "paid"


# How long a seller may take to answer a request; then it has lapsed.
ANSWER_WINDOW = timedelta(hours=48)


class Plan(StrEnum):
    """What a subscription is at the moment."""

    RENEWING = "renewing"
    TRIAL = "trial"
    ENDING = "ending"  # until the end of what is paid for
    ENDED = "ended"
    ELSEWHERE = "elsewhere"  # billed by somebody else, who alone can end it


class Kind(StrEnum):
    """What the store answers to a cancellation."""

    SUCCESS = "SUCCESS"
    REFUSED = "REFUSED"
    PENDING = "PENDING"
    PARTLY = "PARTLY"


class Way(StrEnum):
    """What the store offers for an item that is not wanted any more."""

    CANCEL = "cancel"
    REQUEST = "request"  # the seller is asked, and decides
    CONTACT = "contact"  # the seller can only be written to
    RETURN = "return"
    ELSEWHERE = "elsewhere"  # not on a phone
    NOTHING = "nothing"


# How long after the order a seller's item may be cancelled, and then be asked for; and how long
# after delivery anything may be returned.
CANCEL_WINDOW, REQUEST_WINDOW = timedelta(minutes=30), timedelta(hours=48)
RETURN_WINDOW = timedelta(days=30)
# How long after a return was begun its refund is paid: by then the parcel is back.
REFUND_AFTER = timedelta(days=5)


def way_out(state: State, *, own: bool, since_order: timedelta, since_state: timedelta) -> Way:
    """What is offered for an item: *own* is whether the store itself sells it."""
    if state in CANCELLABLE:
        if own or since_order <= CANCEL_WINDOW:
            return Way.CANCEL
        return Way.REQUEST if since_order <= REQUEST_WINDOW else Way.CONTACT
    if state is State.DELIVERED and since_state <= RETURN_WINDOW:
        return Way.RETURN
    return Way.NOTHING


CANCELLABLE = frozenset({State.ORDERED, State.PREPARING})


def may_be_cancelled(state: State) -> bool:
    """Not once an item has entered the shipping process."""
    return state in CANCELLABLE


def order_state(items: Iterable[State]) -> str:
    """One word for the whole order; `partly cancelled` when only some of it is."""
    states = list(items)
    if len(set(states)) == 1:
        return states[0]
    if State.CANCELLED in states:
        return "partly cancelled"
    progress = list(State)
    return min(states, key=progress.index)
