"""Cancelling in the boutique: by a form, or by nothing but a link."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, redirect, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from mock_store.boutique.account import ORDERS, page, shapes
from mock_store.boutique.addresses import address_of, order_page
from mock_store.boutique.shapes.cancelling import Choose, Confirm, Opens, Paid, Reason, Unwilling
from mock_store.boutique.showing import order_shown
from mock_store.boutique.tasks import Asked, Tasks
from mock_store.cancelling import Effect, StaleForm, new_form, submit
from mock_store.pages.answering import broken
from mock_store.rules import Payment, State, may_be_cancelled
from mock_store.store import find_order
from mock_store.tables import Item, Order
from mock_store.visitors import protect, the_store

cancelling = Blueprint("cancelling", __name__, url_prefix=f"{ORDERS}/<number>")
_SLOWLY = 2.0  # seconds until a slow page comes
_AT_ONCE = (Confirm.LINK, Confirm.ONCLICK)


@cancelling.get("/cancel")
@order_page
def form(number: str) -> Any:
    """The page that asks once more, where that is a page of its own."""
    return _page("ask", number)


@cancelling.get("/cancel/options")
@order_page
def options(number: str) -> Any:
    """A page that offers something else before the one that asks."""
    if shapes().opens is Opens.ONE:
        abort(404)
    return _page("options", number)


@cancelling.post("/check")
@order_page
def check(number: str) -> Any:
    """Looks whether the order can be cancelled, and leads on; or cancels it, and should not."""
    protect()
    if shapes().opens is Opens.POST_CANCELS:
        return _cancelled(number)
    if shapes().opens is not Opens.POST:
        abort(404)
    with the_store().database.session() as session:
        address = address_of(find_order(session, number), shapes())
    return redirect(address.at("/cancel"), 303)


@cancelling.get("/cancel-now")
@order_page
def at_once(number: str) -> Any:
    """A link that cancels. A shop should not have one; many do."""
    if shapes().confirm not in _AT_ONCE:
        abort(404)
    return _cancelled(number)


@cancelling.post("/cancel")
@order_page
def send(number: str) -> Any:
    protect()
    return cancel_as(number, request.form)


@cancelling.get("/cancel/task/<name>")
@order_page
def task(number: str, name: str) -> Any:
    """A page that reloads itself until the cancellation was carried out."""
    if not _tasks().knows(name):
        abort(404)
    effect = _tasks().effect(name)
    with the_store().database.session() as session:
        order = _order(session, number)
        if effect is None:
            return page("task", order=order_shown(the_store(), order, shapes()))
    if not effect.answer and effect.breaks is None:
        abort(409)
    return _answered(order, effect)


def cancel_as(number: str, form: MultiDict[str, str]) -> Any:
    """Cancel what *form* says; where the store's answer is."""
    store = the_store()
    with store.database.session() as session:
        order = _order(session, number)
        if shapes().reason is Reason.REQUIRED and not form.get("reason"):
            return redirect(address_of(order, shapes()).at(missing="reason"), 303)
        if form.get("reason"):
            store.reasons.append((number, form["reason"]))
        asked = _asked(order, _chosen(order, form), form.get("token", ""))
        if shapes().confirm is Confirm.TASK:
            order.submits += 1
            name = _tasks().begin(asked)
            return redirect(address_of(order, shapes()).at(f"/cancel/task/{name}"), 303)
        try:
            effect = _submit(session, order, asked)
        except StaleForm:
            abort(409)
    return _answered(order, effect)


def _page(template: str, number: str) -> Any:
    store = the_store()
    if shapes().opens is Opens.SLOW:
        store.closing.wait(_SLOWLY)
    with store.database.session() as session:
        order = _order(session, number)
        shown = order_shown(store, order, shapes())
        tokens = {number: new_form(session, order)}
    return page(template, order=shown, tokens=tokens, answer=None)


def _cancelled(number: str) -> Any:
    """The whole order, without a form."""
    with the_store().database.session() as session:
        order = _order(session, number)
        effect = _submit(session, order, _asked(order, _open(order), new_form(session, order)))
    return _answered(order, effect)


def _submit(session: Session, order: Order, asked: Asked) -> Effect:
    return submit(the_store(), session, order, asked.items, asked.form, asks=asked.asks)


def _asked(order: Order, chosen: list[Item], token: str) -> Asked:
    if shapes().unwilling is Unwilling.AFTER:  # and does not say so before
        chosen = [item for item in chosen if item.state != State.PREPARING]
    asks = shapes().paid is not Paid.CANCELLED and order.payment == Payment.PAID
    return Asked(order.number, [item.token for item in chosen], token, asks)


def _tasks() -> Tasks:
    found: Tasks = current_app.extensions["tasks"]
    return found


def _chosen(order: Order, form: MultiDict[str, str]) -> list[Item]:
    """What the form says is to be cancelled, by the way in which it lets one choose."""
    named = set(form.getlist("item"))
    match shapes().choose:
        case Choose.TICK:
            return [item for item in _open(order) if item.token in named]
        case Choose.UNTICK:
            return [item for item in _open(order) if item.token not in named]
        case Choose.QUANTITY:
            return [
                item
                for item in _open(order)
                if form.get(f"count-{item.token}", 0, type=int) >= item.quantity
            ]
        case _:
            return _open(order)


def _open(order: Order) -> list[Item]:
    return [item for item in order.items if may_be_cancelled(State(item.state))]


def _order(session: Session, number: str) -> Order:
    the_store().catch_up(session)
    return find_order(session, number)


def _answered(order: Order, effect: Effect) -> Any:
    instead = broken(effect.breaks)
    if instead is not None:
        return instead
    return redirect(address_of(order, shapes()).at(said=effect.answer), 303)
