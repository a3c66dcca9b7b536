"""Cancelling in the boutique: by a form, or by nothing but a link."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from mock_store.boutique.account import members_only, page, shapes
from mock_store.boutique.shapes import Choose, Confirm, Reason, Unwilling
from mock_store.boutique.showing import order_shown
from mock_store.cancelling import Effect, StaleForm, new_form, submit
from mock_store.pages.answering import broken
from mock_store.rules import State, may_be_cancelled
from mock_store.tables import Account, Item, Order
from mock_store.visitors import protect, the_store

cancelling = Blueprint("cancelling", __name__, url_prefix="/account/orders/<number>")


@cancelling.get("/cancel")
@members_only
def form(who: Account, number: str) -> Any:
    """The page that asks once more, where that is a page of its own."""
    store = the_store()
    with store.database.session() as session:
        order = _own(session, who, number)
        shown = order_shown(store, order, shapes())
        tokens = {number: new_form(session, order)}
    return page("ask", order=shown, tokens=tokens, answer=None)


@cancelling.get("/cancel-now")
@members_only
def at_once(who: Account, number: str) -> Any:
    """A link that cancels. A shop should not have one; many do."""
    if shapes().confirm is not Confirm.LINK:
        abort(404)
    store = the_store()
    with store.database.session() as session:
        order = _own(session, who, number)
        effect = _submit(session, order, _open(order), new_form(session, order))
    return _answered(number, effect)


@cancelling.post("/cancel")
@members_only
def send(who: Account, number: str) -> Any:
    protect()
    store = the_store()
    with store.database.session() as session:
        order = _own(session, who, number)
        if shapes().reason is Reason.REQUIRED and not request.form.get("reason"):
            return redirect(f"/account/orders/{number}?missing=reason", 303)
        if request.form.get("reason"):
            store.reasons.append((number, request.form["reason"]))
        try:
            effect = _submit(session, order, _chosen(order), request.form.get("token", ""))
        except StaleForm:
            abort(409)
    return _answered(number, effect)


def _submit(session: Session, order: Order, chosen: list[Item], token: str) -> Effect:
    store = the_store()
    if shapes().unwilling is Unwilling.AFTER:  # and does not say so before
        chosen = [item for item in chosen if item.state != State.PREPARING]
    return submit(store, session, order, [item.token for item in chosen], token)


def _chosen(order: Order) -> list[Item]:
    """What the form says is to be cancelled, by the way in which it lets one choose."""
    named = set(request.form.getlist("item"))
    match shapes().choose:
        case Choose.TICK:
            return [item for item in _open(order) if item.token in named]
        case Choose.UNTICK:
            return [item for item in _open(order) if item.token not in named]
        case Choose.QUANTITY:
            return [
                item
                for item in _open(order)
                if request.form.get(f"count-{item.token}", 0, type=int) >= item.quantity
            ]
        case _:
            return _open(order)


def _open(order: Order) -> list[Item]:
    return [item for item in order.items if may_be_cancelled(State(item.state))]


def _own(session: Session, who: Account, number: str) -> Order:
    the_store().catch_up(session)
    order = session.scalar(select(Order).where(Order.number == number, Order.account_id == who.id))
    if order is None:
        abort(404)
    return order


def _answered(number: str, effect: Effect) -> Any:
    instead = broken(effect.breaks)
    if instead is not None:
        return instead
    return redirect(f"/account/orders/{number}?said={effect.answer}", 303)
