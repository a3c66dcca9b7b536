"""What must never be cancelled, and how much at most. From the configuration file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from automation.pages.readings import Order


@dataclass(frozen=True)
class Keep:
    """What is never cancelled."""

    orders: tuple[str, ...] = ()
    items: tuple[str, ...] = ()  # exact titles
    sellers: tuple[str, ...] = ()
    above: Decimal | None = None  # orders whose total is more than this


@dataclass(frozen=True)
class Caps:
    """How much may be cancelled in a day, over all runs of one journal."""

    orders_a_day: int | None = None
    money_a_day: Decimal | None = None


@dataclass(frozen=True)
class Rules:
    """The keep-list and the caps together."""

    keep: Keep = Keep()
    caps: Caps = Caps()

    def keeps(self, order: Order, titles: tuple[str, ...]) -> str | None:
        """Why this order or one of these items must be kept, if it must."""
        if order.number in self.keep.orders:
            return f"order {order.number} is on the keep-list"
        for item in order.items:
            if item.title in titles and item.title in self.keep.items:
                return f"`{item.title}` is on the keep-list"
            if item.title in titles and item.seller in self.keep.sellers:
                return f"the seller `{item.seller}` is on the keep-list"
        if self.keep.above is not None and amount(order.total) > self.keep.above:
            return f"the total of {order.total} is above {self.keep.above}"
        return None

    def over_a_cap(self, order: Order, today: tuple[Order, ...]) -> str | None:
        """Which cap one more order would break, if any."""
        if self.caps.orders_a_day is not None and len(today) + 1 > self.caps.orders_a_day:
            return f"{self.caps.orders_a_day} orders a day is the cap, and it is reached"
        if self.caps.money_a_day is not None:
            spent = sum((amount(other.total) for other in today), amount(order.total))
            if spent > self.caps.money_a_day:
                return f"{self.caps.money_a_day} a day is the cap; with this order it is {spent}"
        return None


def amount(shown: str) -> Decimal:
    """The number in a price as shown: `€1.234,50`, `$1,234.50`, `12,00 €`. `ValueError` if none."""
    digits = re.sub(r"[^\d.,]", "", shown)
    whole, mark, cents = _split(digits)
    try:
        return Decimal(re.sub(r"\D", "", whole) + (f".{cents}" if mark else ""))
    except InvalidOperation:
        raise ValueError(f"no amount in {shown!r}") from None


def _split(digits: str) -> tuple[str, str, str]:
    at = max(digits.rfind("."), digits.rfind(","))
    if at < 0 or len(digits) - at - 1 != 2:  # noqa: PLR2004 (cents have two digits)
        return digits, "", ""
    return digits[:at], digits[at], digits[at + 1 :]
