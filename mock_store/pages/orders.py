"""Your Orders, and an order's own page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, request
from sqlalchemy import select

from mock_store.pages.showing import message, page
from mock_store.quirks import Place, Quirk
from mock_store.showing import OrderShown
from mock_store.tables import Account, Order
from mock_store.views import PER_PAGE, list_shown, order_shown
from mock_store.visitors import signed_in, the_store

orders = Blueprint("orders", __name__)
order = Blueprint("order", __name__)


@orders.get("/your-orders/orders")
@signed_in(Place.LIST)
def listed(who: Account) -> Any:
    return _list(who, period=request.args.get("timeFilter", "all"), search="")


@orders.get("/your-orders/search")
@signed_in(Place.LIST)
def search(who: Account) -> Any:
    return _list(who, period="all", search=request.args.get("search", "").strip())


def _list(who: Account, *, period: str, search: str) -> Any:
    store = the_store()
    start = request.args.get("startIndex", type=int)
    if start is None:
        start = PER_PAGE * request.args.get("page", 0, type=int)
    start = max(0, start)
    with store.database.session() as session:
        shown = list_shown(store, session, who, period=period, start=start, search=search)
    if store.quirks.happens(Quirk.EMPTY_LIST, account=who.key):
        shown = replace(shown, orders=(), next=None, previous=None, pages=())
    return page("orders", replace(shown, orders=_encrypted(shown.orders, who)))


def _encrypted(cards: tuple[OrderShown, ...], who: Account) -> tuple[OrderShown, ...]:
    """The cards, those that are to be shells for a while as such."""
    quirks = the_store().quirks
    of_all = quirks.met(Quirk.ENCRYPTED_CARDS, account=who.key)

    def shell(card: OrderShown) -> OrderShown:
        met = of_all or quirks.met(Quirk.ENCRYPTED_CARDS, order=card.number, account=who.key)
        if met is None:
            return card
        return replace(card, fills_in=-1 if met.how == "never" else int(met.seconds * 1000))

    return tuple(shell(card) for card in cards)


@order.get("/your-orders/order-details")
@signed_in(Place.ORDER)
def details(who: Account) -> Any:
    store = the_store()
    with store.database.session() as session:
        found = own_order(session, who)
        if found is None:
            return message("not_found", 404)
        if store.quirks.happens(Quirk.WRONG_ORDER_OPENS, order=found.number, account=who.key):
            others = select(Order).where(Order.account_id == who.id, Order.id != found.id)
            found = session.scalar(others.limit(1)) or found
        return page("order", order_shown(store, found))


def own_order(session: Any, who: Account) -> Order | None:
    """The order that the address names, if it is the shopper's own."""
    found: Order | None = session.scalar(
        select(Order).where(
            Order.number == request.args.get("orderID", ""), Order.account_id == who.id
        )
    )
    return found
