"""Asking a seller to cancel, writing to a seller, and beginning a return."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from mock_store.pages.orders import own_order
from mock_store.pages.showing import message, page
from mock_store.quirks import Place, Quirk
from mock_store.refunds import promise
from mock_store.rules import State, Way
from mock_store.showing import AskedShown
from mock_store.steps import take, taken
from mock_store.tables import Account, Item, Message, Order
from mock_store.views import ask_shown, asked_about, order_shown
from mock_store.visitors import protect, signed_in, the_store

asking = Blueprint("asking", __name__)
_WAYS = {"request-cancellation": Way.REQUEST, "contact-seller": Way.CONTACT,
         "returns/cart": Way.RETURN}  # fmt: skip


@asking.get("/ask/<path:kind>")
@signed_in(Place.CANCEL_PAGE)
def form(who: Account, kind: str) -> Any:
    store, way = the_store(), _way(kind)
    with store.database.session() as session:
        order = own_order(session, who)
        seller = request.args.get("seller", "")
        if order is None or not asked_about(store, order, way, seller):
            return message("not_found", 404)
        return page("ask", ask_shown(store, order, way, seller))


@asking.post("/ask/<path:kind>")
@signed_in(Place.SUBMIT)
def send(who: Account, kind: str) -> Any:
    store, way = the_store(), _way(kind)
    protect()
    with store.database.session() as session:
        order = own_order(session, who)
        if order is None:
            return message("not_found", 404)
        order.submits += 1
        items = asked_about(store, order, way, request.args.get("seller", ""))
        if way is Way.RETURN:
            items = [item for item in items if item.token in request.form.getlist("item")]
        done = bool(items) and not store.quirks.happens(
            Quirk.REFUSES, order=order.number, account=who.key
        )
        if done:
            order.executions += 1
            _carry_out(session, order, way, items)
        number = order.number
    answer = "sent" if done else "refused"
    take(kind, answer, number)
    return redirect(url_for(".asked", kind=kind, answer=answer, orderID=number), 303)


@asking.get("/asked/<path:kind>/<answer>")
@signed_in(Place.ORDER)
def asked(who: Account, kind: str, answer: str) -> Any:
    store, way = the_store(), _way(kind)
    with store.database.session() as session:
        order = own_order(session, who)
        if order is None or not taken(kind, answer, order.number):
            return message("not_found", 404)
        key = f"asked_{way}" if answer == "sent" else "asked_refused"
        shown = AskedShown(
            "SENT" if answer == "sent" else "REFUSED",
            store.words(key),
            store.words(f"{key}_text"),
            order_shown(store, order),
        )
        return page("asked", shown)


def _way(kind: str) -> Way:
    if kind not in _WAYS:
        abort(404)
    return _WAYS[kind]


def _carry_out(session: Any, order: Order, way: Way, items: list[Item]) -> None:
    store = the_store()
    if way is Way.CONTACT:
        text = request.form.get("message", "")[:2000]
        order.messages.append(Message(at=store.clock.now(), seller=items[0].seller, text=text))
        return
    state = State.REQUESTED if way is Way.REQUEST else State.RETURNED
    if way is Way.RETURN:
        promise(store, order, items)
    for item in items:
        store.change(session, order, item, state, "the shopper")
