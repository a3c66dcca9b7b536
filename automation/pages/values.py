"""What a step can be given: the types of the flow language, as the page objects receive them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_HALVES = re.compile("[\ud800-\udfff]")


class OrderNumber(str):
    """The number by which a store knows an order, as the shopper sees it."""

    __slots__ = ()


class SubscriptionName(str):
    """The name by which a store lists a subscription or a membership."""

    __slots__ = ()


@dataclass(frozen=True)
class Items:
    """A shopper's choice of items: their exact titles, or all there are."""

    titles: tuple[str, ...] | None = None

    @property
    def all(self) -> bool:
        return self.titles is None

    def __str__(self) -> str:
        return "all" if self.titles is None else ", ".join(self.titles)


def order_in(url: str) -> str:
    """The order number that an address names; "" if it names none."""
    named = {key.lower(): value for key, value in parse_qs(urlsplit(url).query).items()}
    return named.get("orderid", [""])[0]


def folded(text: str) -> str:
    """Text as two people would agree that it reads: white space run together, ends trimmed.

    Titles are compared whole and with their case; only white space is forgiven, since a store's
    markup may break a line anywhere.
    """
    return re.sub(r"\s+", " ", well_formed(text)).strip()


def well_formed(text: str) -> str:
    """A page's text without halves of characters, which scripts leave where they cut it short.

    No file and no database can hold them.
    """
    return _HALVES.sub("\ufffd", text)
