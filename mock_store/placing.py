"""From the plain data of a request or a scenario to the lines of an order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from mock_store.clock import duration
from mock_store.errors import StoreError
from mock_store.lines import Line
from mock_store.rules import State

_ITEM_KEYS = {"title", "quantity", "price", "seller", "shipment", "state", "digital",
              "ships_after"}  # fmt: skip
_MOST = 9_999
_DEAREST = 10_000_000


def lines_of(body: Mapping[str, Any]) -> list[Line]:
    """The lines that *body* describes; `StoreError` says what is wrong with it.

    `quantities`, `prices` and `shipments` are by title, or lists in the order of the items;
    `seller` is for all. An item may also be an object with keys of its own.
    """
    items = body.get("items")
    if not isinstance(items, list) or not items:
        raise StoreError("`items` must be a list of at least one title")
    return [_line(item, number, body) for number, item in enumerate(items)]


def _line(item: object, number: int, body: Mapping[str, Any]) -> Line:
    told = {"title": item} if isinstance(item, str) else item
    if not isinstance(told, dict) or not isinstance(told.get("title"), str) or not told["title"]:
        raise StoreError("an item is a title, or an object with a `title`")
    unknown = sorted(set(told) - _ITEM_KEYS)
    if unknown:
        raise StoreError(
            f"unknown key `{unknown[0]}` of an item", hint=", ".join(sorted(_ITEM_KEYS))
        )
    title = told["title"]
    price = told.get("price", _of(body.get("prices"), title, number))
    state = told.get("state")
    seller = told.get("seller") or body.get("seller")
    if seller is not None and not isinstance(seller, str):
        raise StoreError(f"the seller of `{title}` is not a name")
    try:
        return Line(
            title=title,
            quantity=_whole(told.get("quantity") or _of(body.get("quantities"), title, number)),
            cents=None if price is None else _cents(price),
            seller=seller,
            shipment=_whole(told.get("shipment") or _of(body.get("shipments"), title, number)),
            state=None if state is None else State(state),
            ships_after=_duration(told.get("ships_after", body.get("ships_after"))),
            digital=bool(told.get("digital", body.get("digital", False))),
        )
    except (ValueError, TypeError, OverflowError, InvalidOperation) as problem:
        raise StoreError(f"the item `{title}` cannot be placed: {problem}") from problem


def _whole(told: object) -> int:
    """A number of things, 1 if nothing is told."""
    number = 1 if told is None else int(str(told))
    if not 0 < number <= _MOST:
        raise ValueError(f"{number} is not between 1 and {_MOST}")
    return number


def _cents(told: object) -> int:
    price = Decimal(str(told))
    if not 0 <= price <= _DEAREST:
        raise ValueError(f"{told} is not a price")
    return int(price * 100)


def _duration(told: object) -> timedelta | None:
    return None if told is None else duration(str(told))


def _of(told: object, title: str, number: int) -> Any:
    if isinstance(told, Mapping):
        return told.get(title)
    if isinstance(told, list):
        return told[number] if number < len(told) else None
    return None
