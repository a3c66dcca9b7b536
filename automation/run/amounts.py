"""Amounts of money as stores show them."""

from __future__ import annotations

import re
from decimal import Decimal

# Thousands may be parted by blanks and apostrophes, but a currency's full stop is no decimal mark.
_NUMBER = re.compile(r"\d(?:[\d.,'\u2019\s]*\d)?")
_THREE_DECIMALS = re.compile(r"\b(BHD|IQD|JOD|KWD|LYD|OMR|TND)\b")
_A_GROUP = 3  # digits


def amount(shown: str) -> Decimal:
    """The number in a price as shown: `€1.234,50`, `$1,234.50`, `12,00 €`, `Rs. 80`.

    `ValueError` where there is none, or more than one.
    """
    numbers = _NUMBER.findall(shown)
    if len(numbers) != 1:
        raise ValueError(f"no amount in {shown!r}" if not numbers else f"not one amount: {shown!r}")
    whole, cents = _split(numbers[0], _THREE_DECIMALS.search(shown) is not None)
    return Decimal(re.sub(r"\D", "", whole) + (f".{cents}" if cents else ""))


def _split(number: str, three_decimals: bool) -> tuple[str, str]:
    """What stands before and after the decimal mark; three digits after one are thousands."""
    at = max(number.rfind("."), number.rfind(","))
    after = number[at + 1 :] if at >= 0 else ""
    if after.isdigit() and (len(after) < _A_GROUP or three_decimals):
        return number[:at], after
    return number, ""
