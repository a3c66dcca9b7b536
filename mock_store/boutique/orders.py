"""The boutique's order list, and an order's own page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from sqlalchemy import func, select

from mock_store.boutique.account import ORDERS, members_only, page, shapes
from mock_store.boutique.addresses import order_page
from mock_store.boutique.shapes.cancelling import Paid
from mock_store.boutique.shapes.listing import Count, List
from mock_store.boutique.showing import order_shown
from mock_store.cancelling import new_form
from mock_store.rules import Kind
from mock_store.store import find_order
from mock_store.tables import Account, Answer, Order
from mock_store.visitors import the_store

orders = Blueprint("orders", __name__)
PER_PAGE = 5
PAGE_SIZES = (PER_PAGE, 10, 25)
_WORDS = {
    "SUCCESS": "Order {number} has been cancelled.",
    "REFUSED": "Order {number} cannot be cancelled any more.",
    "PENDING": "We have received your wish to cancel order {number} and will write to you.",
    "PARTLY": "{kept} of order {number} cannot be cancelled, {done} have been.",
}
_REQUEST_RECEIVED = "Cancellation request received for order {number}."
REASON_MISSING = "Please select or type your reason."


@orders.get(ORDERS)
@orders.post(f"{ORDERS}/search")
@members_only
def listed(who: Account) -> Any:
    """A page of the list. A script may ask for it, and then it comes by a POST."""
    store = the_store()
    number = max(1, request.args.get("page", 1, type=int))
    size = request.args.get("limit", PER_PAGE, type=int)
    if shapes().count is not Count.SELECT or size not in PAGE_SIZES:
        size = PER_PAGE
    own = select(Order).where(Order.account_id == who.id)
    with store.database.session() as session:
        store.catch_up(session)
        count = session.scalar(select(func.count()).select_from(own.subquery())) or 0
        newest = own.order_by(Order.placed.desc(), Order.id.desc())
        found = list(session.scalars(newest.offset((number - 1) * size).limit(size)))
        tokens = {order.number: new_form(session, order) for order in found}
        shown = [order_shown(store, order, shapes()) for order in found]
    first = (number - 1) * size + 1
    asked_for_later = shapes().list is List.SEARCH and request.method == "GET"
    return page("orders", orders=shown, count=count, number=number, tokens=tokens,
                asked_for_later=asked_for_later, first=first, last=first + len(found) - 1,
                size=size, sizes=PAGE_SIZES, pages=-(-count // size) or 1, answer=None)  # fmt: skip


@orders.route(f"{ORDERS}/<number>", methods=["GET", "POST"])
@orders.route(f"{ORDERS}/<number>/<secret>", methods=["GET", "POST"])
@order_page
def one(number: str) -> Any:
    """An order. A POST asks for the page at the same address that asks once more."""
    store = the_store()
    with store.database.session() as session:
        store.catch_up(session)
        order = find_order(session, number)
        shown = order_shown(store, order, shapes())
        template = "ask" if request.method == "POST" and shown.offered else "order"
        answer = _answer(session, order)
        token = new_form(session, order)
    return page(template, order=shown, owner=order.account, tokens={number: token}, answer=answer)


def _answer(session: Any, order: Order) -> dict[str, str] | None:
    """What the store says of the newest attempt, if the address names it."""
    if request.args.get("missing"):
        return {"kind": "REFUSED", "text": REASON_MISSING}
    guid = request.args.get("said", "")
    answer = session.get(Answer, guid) if guid else None
    if answer is None or answer.order_id != order.id:
        return None
    kept, done = len(answer.kept.split()), len(answer.cancelled.split())
    asked = answer.kind == Kind.PENDING and shapes().paid is not Paid.CANCELLED
    words = _REQUEST_RECEIVED if asked else _WORDS[answer.kind]
    return {"kind": answer.kind, "text": words.format(number=order.number, kept=kept, done=done)}
