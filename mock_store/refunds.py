"""Money that comes back: promised when a return is begun, paid when the store's clock says so."""

from __future__ import annotations

from datetime import UTC, datetime

from mock_store.rules import REFUND_AFTER
from mock_store.store import Store
from mock_store.tables import Item, Order, Refund


def promise(store: Store, order: Order, items: list[Item]) -> None:
    """Promise what these items have cost."""
    now = store.clock.now()
    cents = sum(item.cents * item.quantity for item in items)
    order.refunds.append(Refund(cents=cents, promised=now, due=now + REFUND_AFTER))


def paid(store: Store, refund: Refund) -> bool:
    """Whether it has been paid by now."""
    due: datetime = refund.due if refund.due.tzinfo else refund.due.replace(tzinfo=UTC)
    return due <= store.clock.now()


def lines(store: Store, order: Order) -> tuple[str, ...]:
    """What the order's page says of its refunds."""
    words = store.words
    return tuple(
        words("refund_paid" if paid(store, refund) else "refund_promised",
              amount=words.money(refund.cents), date=words.date(refund.due))
        for refund in order.refunds
    )  # fmt: skip
