"""The form that cancels items, and the store's answer to it."""

from __future__ import annotations

import socket
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from sqlalchemy import select

from mock_store.cancelling import Effect, StaleForm, new_form, submit
from mock_store.pages.orders import own_order
from mock_store.pages.showing import message, page
from mock_store.quirks import Quirk
from mock_store.rules import Mode, Way
from mock_store.tables import Account, Answer, Order
from mock_store.views import answer_shown, form_shown, way_of
from mock_store.visitors import protect, signed_in, the_store

cancelling = Blueprint("cancelling", __name__, url_prefix="/progress-tracker/package/preship")
_LATE = 8.0  # seconds
_NEVER = 600.0


@cancelling.get("/cancel-items")
@signed_in(Quirk.SESSION_EXPIRES_AT_CANCEL_PAGE)
def form(who: Account) -> Any:
    store = the_store()
    with store.database.session() as session:
        order = own_order(session, who)
        if order is None:
            return message("not_found", 404)
        if not any(way_of(store, order, item) is Way.CANCEL for item in order.items):
            return redirect(url_for("orders.listed"))
        shown = _form(session, order, error=None)
        if store.quirks.happens(Quirk.ITEMS_CHANGE_MEANWHILE, order=order.number, account=who.key):
            order.items[0].quantity += 1
        return page("cancel_items", shown)


@cancelling.post("/cancel-items")
@signed_in(Quirk.SESSION_EXPIRES_AT_SUBMIT)
def send(who: Account) -> Any:
    store = the_store()
    if store.mode is not Mode.LEGACY:
        protect()
    with store.database.session() as session:
        order = own_order(session, who)
        if order is None:
            return message("not_found", 404)
        tokens = request.form.getlist("item")
        if not tokens:
            return page("cancel_items", _form(session, order, error="cancel_none"), 422)
        try:
            effect = submit(store, session, order, tokens, request.form.get("form_token", ""))
        except StaleForm:
            return message("bad_form", 409)
        number = order.number
    return _answered(number, effect)


@cancelling.get("/cancel-summary")
@signed_in(Quirk.SESSION_EXPIRES_AT_ORDER)
def summary(who: Account) -> Any:
    store = the_store()
    with store.database.session() as session:
        order = own_order(session, who)
        answer = session.scalar(
            select(Answer).where(Answer.guid == request.args.get("cancelGuid", ""))
        )
        if order is None or answer is None or answer.order_id != order.id:
            return message("not_found", 404)
        return page("cancel_summary", answer_shown(store, order, answer))


def _form(session: Any, order: Order, *, error: str | None) -> Any:
    store = the_store()
    return form_shown(
        store,
        order,
        token=new_form(session, order),
        error=store.words(error) if error else None,
        ticked=store.quirks.happens(
            Quirk.TICKS_EVERYTHING, order=order.number, account=order.account.key
        ),
    )


def _answered(number: str, effect: Effect) -> Any:
    store = the_store()
    match effect.break_with:
        case Quirk.ERROR_ON_COMMIT_NOT_DONE | Quirk.ERROR_ON_COMMIT_DONE:
            return message("error", 500)
        case Quirk.SAYS_NOTHING_DONE | Quirk.SAYS_NOTHING_NOT_DONE:
            return Response("<!doctype html><title></title>")
        case Quirk.DROPS_ON_COMMIT_NOT_DONE | Quirk.DROPS_ON_COMMIT_DONE:
            _drop()
        case Quirk.NEVER_ANSWERS:
            store.closing.wait(_NEVER)
        case Quirk.SLOW_COMMIT:
            store.closing.wait(_LATE)
    where = url_for(".summary", orderID=number, cancelGuid=effect.answer)
    return redirect(where, 303)


def _drop() -> None:
    connection: socket.socket = request.environ["mock_store.socket"]
    connection.shutdown(socket.SHUT_RDWR)
