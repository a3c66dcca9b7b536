"""Sums of prices as stores show them, each currency for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from automation.pages.readings import LAPSED, Item, Order, State
from automation.run.amounts import amount

_OVER = {State.CANCELLED, State.RETURNED, *LAPSED}


@dataclass(frozen=True)
class Part:
    """The items of these titles in an order; without titles, all that it has left."""

    order: Order
    titles: tuple[str, ...]

    @property
    def worth(self) -> str:
        """What these items cost; "" where the order's page does not tell."""
        items = self._items()
        if len(items) == len(self.order.items) and _is_amount(self.order.total):
            return self.order.total
        times = _times(self.order, items)
        currencies = {_currency(item.price) for item in items if _is_amount(item.price)}
        if len(currencies) != 1 or not times or not all(_is_amount(item.price) for item in items):
            return ""
        return _sum((item.price, time) for item, time in zip(items, times, strict=True))

    @property
    def of(self) -> str:
        """The order's total, where it is more than these items: some leave out what is over."""
        worth, total = self.worth, self.order.total
        if worth and not (_is_amount(total) and amount(total) > amount(worth)):
            return ""
        return total

    def _items(self) -> list[Item]:
        named = [item for item in self.order.items if not self.titles or item.title in self.titles]
        # One of two items of the same title may be over already; then the other is meant.
        return [item for item in named if item.state not in _OVER] or named


def worth(parts: Iterable[Part]) -> str:
    """`worth €24.00`, or `of orders of €88.00` where no more is told; "" where nothing is."""
    parts = list(parts)
    known = together(part.worth for part in parts)
    orders = {(part.order.number, part.order.placed): part.order.total
              for part in parts if not part.worth}  # fmt: skip
    rest = together(orders.values())
    told = [f"worth {known}"] if known else []
    if rest:
        told += [f"{'more ' if known else ''}of {_orders(len(orders))} of {rest}"]
    return ", and ".join(told)


def together(shown: Iterable[str]) -> str:
    """`€102.00`, or `€102.00 and $5.00`; "" for none. What has no amount in it is left out."""
    return _sum((price, 1) for price in shown if _is_amount(price))


def _times(order: Order, items: Sequence[Item]) -> list[int]:
    """How often the price of each item counts; none where that cannot be known.

    `Item.price` is what the store shows: of one piece in some stores (Amazon, and ours for
    practice), of the whole line in others (WooCommerce, Magento, Shopware). Their pages do not say
    which, but a total does that is the sum of the goods.
    """
    pieces = [item.quantity for item in items]
    if set(pieces) <= {1}:
        return pieces
    of_a_piece = _adds_up(order, [item.quantity for item in order.items])
    of_a_line = _adds_up(order, [1] * len(order.items))
    if of_a_piece == of_a_line:
        return []
    return pieces if of_a_piece else [1] * len(items)


def _adds_up(order: Order, times: Sequence[int]) -> bool:
    """Whether the prices, so often, are the total: of all items, or of those that are not over."""
    prices = [item.price for item in order.items]
    if not all(map(_is_amount, [order.total, *prices])):
        return False
    costs = [amount(price) * time for price, time in zip(prices, times, strict=True)]
    left = [cost for item, cost in zip(order.items, costs, strict=True) if item.state not in _OVER]
    return amount(order.total) in (sum(costs), sum(left))


def _sum(prices: Iterable[tuple[str, int]]) -> str:
    """The prices, each so often."""
    sums: dict[tuple[str, str], Decimal] = {}
    shown: dict[tuple[str, str], tuple[str, str]] = {}
    for price, times in prices:
        currency = _currency(price)
        shown.setdefault(currency, _marks(price))
        sums[currency] = sums.get(currency, Decimal(0)) + amount(price) * times
    return " and ".join(f"{shown[each][0]}{sums[each]:,.2f}{shown[each][1]}" for each in sums)


def _orders(count: int) -> str:
    return "an order" if count == 1 else "orders"


def _is_amount(shown: str) -> bool:
    try:
        amount(shown)
    except ValueError:
        return False
    return True


def _currency(price: str) -> tuple[str, str]:
    """Its marks, however far they stand from the number: one page may write both ways."""
    before, after = _marks(price)
    return before.strip(), after.strip()


def _marks(price: str) -> tuple[str, str]:
    """What stands before and after the number: `€ `, or ` €`."""
    digits = re.search(r"\d(?:[\d.,\s]*\d)?", price)
    assert digits is not None
    return price[: digits.start()], price[digits.end() :]
