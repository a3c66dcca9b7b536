"""Orders for tests that need no store."""

from __future__ import annotations

from automation.pages.readings import Item, Order, State

NUMBER = "112-0000001-0000001"
WORDS = {
    State.AWAITING_PAYMENT: "Pending payment",
    State.PAID: "Paid",
    State.ON_HOLD: "On hold",
    State.COMPLETED: "Completed",
    State.FAILED: "Payment declined",
    State.EXPIRED: "Expired",
    State.REFUNDED: "Refunded",
    State.PARTLY_REFUNDED: "Partially refunded",
    State.DENIED: "Cancellation denied",
    State.REINSTATED: "Canceled Reversal",
    State.ORDERED: "Not yet shipped",
    State.PREPARING: "Preparing for shipment",
    State.SHIPPED: "Shipped",
    State.DELIVERED: "Delivered",
    State.RETURNED: "Return started",
    State.CANCELLED: "Cancelled",
    State.REQUESTED: "Cancellation requested",
    State.UNREADABLE: "Teleported",
}


def order(*items: tuple[str, State], number: str = NUMBER, total: str = "€ 30.00") -> Order:
    return Order(
        number=number,
        placed="3 November 2026",
        total=total,
        account="Robin Vale",
        items=tuple(
            Item(title, state, WORDS[state], quantity=1, price="€ 10.00", seller="Varnholt")
            for title, state in items
        ),
    )
