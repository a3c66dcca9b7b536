"""Why an order in each state cannot be cancelled, in plain words. Pure."""

from __future__ import annotations

from automation.pages.readings import State

_NO_WAY = "its page offers no way to cancel it"
# What is known of an order that is still open, beside that its page offers nothing.
_STILL = {
    State.AWAITING_PAYMENT: "the store waits for its payment",
    State.PAID: "it is paid",
    State.ON_HOLD: "the store holds it",
    State.PREPARING: "the store prepares it",
    State.COMPLETED: "the store counts it as completed",
    State.FAILED: "its payment failed",
    State.PARTLY_REFUNDED: "the store paid a part of the money back",
    State.DENIED: "the store denied the request to cancel it",
    State.REINSTATED: "its cancellation was taken back",
}
_LAPSED = {
    State.EXPIRED: "it has expired",
    State.REFUNDED: "the store paid the money back",
}


def no_way(state: State) -> str:
    """Why an open order cannot be cancelled: its page offers nothing."""
    return f"{_STILL[state]}, and {_NO_WAY}" if state in _STILL else _NO_WAY


def lapsed(state: State) -> str:
    """Why nothing is left to cancel of an order that ended without anybody cancelling it."""
    return f"{_LAPSED[state]}: there is nothing left to cancel"
