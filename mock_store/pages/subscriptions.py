"""Memberships & Subscriptions: the list, the way to the end of one, and the pages that plead."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from sqlalchemy import select

from mock_store import breaking
from mock_store.pages.answering import broken
from mock_store.pages.showing import message, page
from mock_store.quirks import Place, Quirk
from mock_store.rules import Plan
from mock_store.showing import OfferShown, SubscriptionShown
from mock_store.steps import take, taken
from mock_store.subscribing import MEMBERSHIP, end
from mock_store.tables import Account, Subscription
from mock_store.visitors import protect, signed_in, the_store

subscriptions = Blueprint("subscriptions", __name__)
# How many pages plead before the membership's last one: many once, one today.
_PLEAS = {"documented": 3}


@subscriptions.get("/yourmembershipsandsubscriptions")
@signed_in(Place.LIST)
def listed(who: Account) -> Any:
    with the_store().database.session() as session:
        own = session.scalars(
            select(Subscription).where(Subscription.account_id == who.id).order_by(Subscription.id)
        )
        return page("subscriptions", [_shown(each) for each in own])


@subscriptions.get("/subscriptions/<any(manage, main, offers, last, ended):place>")
@signed_in(Place.CANCEL_PAGE)
def one(who: Account, place: str) -> Any:
    with the_store().database.session() as session:
        found = _own(session, who)
        if found is None:
            return message("not_found", 404)
        shown = _shown(found)
    if place == "offers":
        return _plea(shown, request.args.get("page", 1, type=int), who)
    if place == "main" and "page" not in request.args:
        extra = _extra_plea(shown, who, then=url_for(".one", place="main", id=shown.token, page=2))
        return extra or page("subscription_main", shown)
    return page(f"subscription_{place}", shown)


def _plea(shown: SubscriptionShown, number: int, who: Account) -> Any:
    """One page that pleads to stay, or what comes after the last of them."""
    usual, then = _PLEAS.get(the_store().layout, 1), url_for(".one", place="last", id=shown.token)
    if number <= usual:
        further = url_for(".one", place="offers", id=shown.token, page=number + 1)
        return page("subscription_offers", OfferShown(shown, f"plea_{number}", further))
    return _extra_plea(shown, who, then=then) or redirect(then)


def _extra_plea(shown: SubscriptionShown, who: Account, *, then: str) -> Any:
    met = the_store().quirks.met(Quirk.RETENTION_OFFER, account=who.key)
    if met is None:
        return None
    offer = OfferShown(shown, "plea_extra", then, strange=met.how == "unknown")
    return page("subscription_offers", offer)


@subscriptions.post("/subscriptions/<any(main, last):place>")
@signed_in(Place.SUBMIT)
def send(who: Account, place: str) -> Any:  # noqa: ARG001 (the last page may be either)
    store = the_store()
    protect()
    with store.database.session() as session:
        found = _own(session, who)
        if found is None:
            return message("not_found", 404)
        found.submits += 1
        breaks = breaking.instead(store.quirks, order=None, account=who.key)
        if breaks is None:
            if not store.quirks.happens(Quirk.REFUSES, account=who.key):
                end(store, found, now=request.form.get("when") == "now")
            breaks = breaking.afterwards(store.quirks, order=None, account=who.key)
        token = found.token
    answer = broken(breaks)
    return redirect(url_for(".one", place="ended", id=token), 303) if answer is None else answer


@subscriptions.before_request
def in_order() -> Any:
    """Nothing ends before the page that says so was shown, nor the membership before its pleas."""
    about, place = request.args.get("id", ""), (request.view_args or {}).get("place", "")
    if request.method == "POST":
        return None if taken(place, about) else message("bad_form", 403)
    pleas = _PLEAS.get(the_store().layout, 1)
    number = request.args.get("page", 1, type=int) if place == "offers" else pleas + 1
    if place in ("offers", "last") and number > 1 and not taken("offers", about, str(number - 1)):
        return redirect(url_for(".one", place="offers", id=about))
    take(place, about, *([str(number)] if place == "offers" else []))
    return None


def _own(session: Any, who: Account) -> Subscription | None:
    found: Subscription | None = session.scalar(
        select(Subscription).where(
            Subscription.token == request.args.get("id", ""), Subscription.account_id == who.id
        )
    )
    return found


def _shown(found: Subscription) -> SubscriptionShown:
    words = the_store().words
    return SubscriptionShown(
        token=found.token,
        name=found.name,
        price=words("a_month", price=words.money(found.cents)),
        plan=found.kind,
        state=words(f"plan_{found.kind}", date=words.date(found.until)),
        until=words.date(found.until),
        membership=found.name == MEMBERSHIP,
        open=found.kind in (Plan.RENEWING, Plan.TRIAL),
    )
