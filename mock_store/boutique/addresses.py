"""What names an order in the addresses of its pages, and who may see it there."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from mock_store import visitors
from mock_store.boutique.account import ORDERS, page, shapes, signed_out
from mock_store.boutique.shapes import Shapes
from mock_store.boutique.shapes.listing import Address
from mock_store.tables import Order
from mock_store.visitors import the_store

_SHIFT = 7000


@dataclass(frozen=True)
class OrderAddress:
    """The address of an order, and of the pages behind it."""

    path: str
    key: str = ""

    def at(self, behind: str = "", **query: str) -> str:
        """`at("/cancel")` is the page that asks; *query* comes after the key, if there is one."""
        told = {"key": self.key, **query} if self.key else query
        return self.path + behind + (f"?{urlencode(told)}" if told else "")


def address_of(order: Order, shapes: Shapes) -> OrderAddress:
    match shapes.address:
        case Address.SHIFTED:
            return OrderAddress(f"{ORDERS}/{order.id + _SHIFT}")
        case Address.SECRET:
            return OrderAddress(f"{ORDERS}/{order.number}/{order.secret}")
        case Address.KEY:
            return OrderAddress(f"{ORDERS}/{order.number}", order.secret)
        case _:
            return OrderAddress(f"{ORDERS}/{order.number}")


def order_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page of one order: for its owner, or for who has its secret where addresses hold one.

    The view is given the order's number, whatever the address says.
    """

    @wraps(view)
    def guarded(number: str, secret: str = "", **given: Any) -> Any:
        with the_store().database.session() as session:
            order = _named(session, number)
        if order is not None and _has_secret(order, secret):
            return view(number=order.number, **given)
        who = visitors.account()
        if who is None and shapes().address is not Address.SECRET:
            return signed_out()
        own = order is not None and who is not None and order.account_id == who.id
        if order is None or not own or secret or shapes().address is Address.SECRET:
            return page("missing", 404)
        return view(number=order.number, **given)

    return guarded


def _named(session: Session, number: str) -> Order | None:
    if shapes().address is not Address.SHIFTED:
        return session.scalar(select(Order).where(Order.number == number))
    return session.get(Order, int(number) - _SHIFT) if number.isdecimal() else None


def _has_secret(order: Order, in_path: str) -> bool:
    given = {Address.SECRET: in_path, Address.KEY: request.args.get("key", "")}
    secret = given.get(shapes().address, "")
    return hmac.compare_digest(secret.encode(), order.secret.encode())
