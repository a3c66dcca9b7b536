"""The boutique's order list, and an order's own page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from sqlalchemy import func, select

from mock_store.boutique.account import members_only, page, shapes
from mock_store.boutique.showing import order_shown
from mock_store.cancelling import new_form
from mock_store.tables import Account, Answer, Order
from mock_store.visitors import the_store

orders = Blueprint("orders", __name__)
PER_PAGE = 5
_WORDS = {
    "SUCCESS": "Order {number} has been cancelled.",
    "REFUSED": "Order {number} cannot be cancelled any more.",
    "PENDING": "We have received your wish to cancel order {number} and will write to you.",
    "PARTLY": "{kept} of order {number} cannot be cancelled, {done} have been.",
}
REASON_MISSING = "Please select or type your reason."


@orders.get("/account/orders")
@members_only
def listed(who: Account) -> Any:
    store = the_store()
    number = max(1, request.args.get("page", 1, type=int))
    own = select(Order).where(Order.account_id == who.id)
    with store.database.session() as session:
        store.catch_up(session)
        count = session.scalar(select(func.count()).select_from(own.subquery())) or 0
        newest = own.order_by(Order.placed.desc(), Order.id.desc())
        found = list(session.scalars(newest.offset((number - 1) * PER_PAGE).limit(PER_PAGE)))
        tokens = {order.number: new_form(session, order) for order in found}
        shown = [order_shown(store, order, shapes()) for order in found]
    return page("orders", orders=shown, count=count, number=number, tokens=tokens,
                pages=-(-count // PER_PAGE) or 1, answer=None)  # fmt: skip


@orders.route("/account/orders/<number>", methods=["GET", "POST"])
@members_only
def one(who: Account, number: str) -> Any:
    """An order. A POST asks for the page at the same address that asks once more."""
    store = the_store()
    with store.database.session() as session:
        store.catch_up(session)
        order = session.scalar(
            select(Order).where(Order.number == number, Order.account_id == who.id)
        )
        if order is None:
            return page("missing", 404)
        shown = order_shown(store, order, shapes())
        template = "ask" if request.method == "POST" and shown.offered else "order"
        answer = _answer(session, order)
        token = new_form(session, order)
    return page(template, order=shown, tokens={number: token}, answer=answer)


def _answer(session: Any, order: Order) -> dict[str, str] | None:
    """What the store says of the newest attempt, if the address names it."""
    if request.args.get("missing"):
        return {"kind": "REFUSED", "text": REASON_MISSING}
    guid = request.args.get("said", "")
    answer = session.get(Answer, guid) if guid else None
    if answer is None or answer.order_id != order.id:
        return None
    kept, done = len(answer.kept.split()), len(answer.cancelled.split())
    text = _WORDS[answer.kind].format(number=order.number, kept=kept, done=done)
    return {"kind": answer.kind, "text": text}
