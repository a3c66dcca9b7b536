"""The form that cancels items, and the store's answer to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, url_for
from sqlalchemy import select

from mock_store.cancelling import Effect, StaleForm, new_form, submit
from mock_store.pages.answering import broken
from mock_store.pages.orders import own_order
from mock_store.pages.showing import message, page
from mock_store.quirks import Place, Quirk
from mock_store.rules import Mode, Way
from mock_store.tables import Account, Answer, Order
from mock_store.views import answer_shown, form_shown, way_of
from mock_store.visitors import protect, signed_in, the_store

cancelling = Blueprint("cancelling", __name__, url_prefix="/progress-tracker/package/preship")
# What a form does by script when its quirk is asked for.
_UNSTEADY = (Quirk.TICKS_RESET, Quirk.BUTTON_MOVES)


@cancelling.get("/cancel-items")
@signed_in(Place.CANCEL_PAGE)
def form(who: Account) -> Any:
    store = the_store()
    with store.database.session() as session:
        order = own_order(session, who)
        if order is None:
            return message("not_found", 404)
        if not any(way_of(store, order, item) is Way.CANCEL for item in order.items):
            return redirect(url_for("orders.listed"))
        if not _came_by_its_link() and store.quirks.happens(
            Quirk.BOUNCES_DIRECT_URL, order=order.number, account=who.key
        ):
            return redirect(url_for("orders.listed"))
        shown = _form(session, order, error=None)
        _change_meanwhile(order)
        return page("cancel_items", shown)


@cancelling.post("/cancel-items")
@signed_in(Place.SUBMIT)
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
@signed_in(Place.ORDER)
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
    where = {"order": order.number, "account": order.account.key}
    return form_shown(
        store,
        order,
        token=new_form(session, order),
        warning=store.quirks.stands(Quirk.BUNDLE, **where),
        error=store.words(error) if error else None,
        ticked=store.quirks.happens(Quirk.TICKS_EVERYTHING, **where),
        unsteady=tuple(quirk.value for quirk in _UNSTEADY if store.quirks.happens(quirk, **where)),
    )


def _change_meanwhile(order: Order) -> None:
    """Somebody changes the order after its form was shown."""
    changes = the_store().quirks.met(
        Quirk.ITEMS_CHANGE_MEANWHILE, order=order.number, account=order.account.key
    )
    if changes is None:
        return
    item = order.items[0]
    match changes.how:
        case "quantity":
            item.quantity += 1
        case "price":
            item.cents += 100
        case _:
            item.title = f"{item.title}, {the_store().words('another_make')}"


def _came_by_its_link() -> bool:
    came_from = urlsplit(request.referrer or "")
    return came_from.netloc == request.host and came_from.path.startswith("/your-orders/")


def _answered(number: str, effect: Effect) -> Any:
    instead = broken(effect.breaks)
    if instead is not None:
        return instead
    return redirect(url_for(".summary", orderID=number, cancelGuid=effect.answer), 303)
