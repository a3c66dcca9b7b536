"""Sums of prices as stores show them, each currency for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from automation.run.rules import amount


def together(shown: Iterable[str]) -> str:
    """`€102.00`, or `€102.00 and $5.00`; "" for none. What has no amount in it is left out."""
    sums: dict[tuple[str, str], Decimal] = {}
    for price in shown:
        try:
            value = amount(price)
        except ValueError:
            continue
        marks = _marks(price)
        sums[marks] = sums.get(marks, Decimal(0)) + value
    return " and ".join(f"{before}{value:,.2f}{after}" for (before, after), value in sums.items())


def _marks(price: str) -> tuple[str, str]:
    """What stands before and after the number: `€ `, or ` €`."""
    digits = re.search(r"\d(?:[\d.,\s]*\d)?", price)
    assert digits is not None
    return price[: digits.start()], price[digits.end() :]
