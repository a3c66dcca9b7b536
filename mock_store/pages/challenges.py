"""Pages that ask the shopper for something before the store goes on, and what passes each."""

from __future__ import annotations

import hmac
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mock_store import visitors
from mock_store.pages.showing import page
from mock_store.quirks import Place, Quirk
from mock_store.showing import ChallengeShown
from mock_store.tables import Account
from mock_store.visitors import local, protect, the_store, visitor

challenges = Blueprint("challenges", __name__)
CAPTCHA = "KELP7"
_ANYWHERE = (
    Quirk.WALL,
    Quirk.CAPTCHA,
    Quirk.CONTINUE_SHOPPING,
    Quirk.PASSKEY,
    Quirk.ASKS_CODE,
)


def challenge(
    at: Place, who: Account | None, *, order: str | None, return_to: str
) -> ResponseReturnValue | None:
    """What is asked here before the store goes on; `None` for nothing."""
    key = who.key if who else None
    if at is Place.PAGE and visitor().held:
        return _shown(Quirk.named(visitor().held), return_to)

    def asked(quirk: Quirk, *, how: str | None = None) -> bool:
        passed = visitors.has_passed(quirk)
        met = the_store().quirks.met(quirk, how=how, order=order, account=key, answered=passed)
        return met is not None

    quirk = next((quirk for quirk in _ANYWHERE if asked(quirk, how=at)), None)
    if quirk:
        visitors.hold(quirk)
        return _shown(quirk, return_to)
    if at is Place.PAGE and who and asked(Quirk.ASKS_PASSWORD_AGAIN):
        return redirect(url_for("sign_in.form", return_to=return_to))
    if at is Place.PAGE and who and asked(Quirk.TWO_ACCOUNTS):
        visitors.hold(Quirk.TWO_ACCOUNTS, as_account=_another(who))
        return _shown(Quirk.TWO_ACCOUNTS, return_to)
    return None


@challenges.get("/errors/validateCaptcha")
def typed() -> Any:
    """A captcha's characters, or only a click to go on."""
    if "field-keywords" not in request.args:
        return _passed(Quirk.CONTINUE_SHOPPING)
    if request.args["field-keywords"].strip().upper() != CAPTCHA:
        return _shown(Quirk.CAPTCHA, _back(), wrong=True)
    return _passed(Quirk.CAPTCHA)


@challenges.post("/ap/mfa")
def code() -> Any:
    protect()
    expected = next((one.code for one in the_store().people if one.key == _held_key()), "")
    given = request.form.get("otpCode", "").strip()
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        return _shown(Quirk.ASKS_CODE, _back(), wrong=True)
    return _passed(Quirk.ASKS_CODE)


@challenges.post("/ap/passkey")
def passkey() -> Any:
    """The device says yes: here a press of the button is enough, for whoever is a person."""
    protect()
    return _passed(Quirk.PASSKEY)


@challenges.post("/ap/robot")
def robot() -> Any:
    protect()
    return _passed(Quirk.WALL)


@challenges.post("/ap/switch")
def switch() -> Any:
    """Go on as the account that is remembered, or sign in as another."""
    protect()
    if request.form.get("choice") == "remembered" and visitor().held == Quirk.TWO_ACCOUNTS:
        return _passed(Quirk.TWO_ACCOUNTS)
    visitors.let_on(Quirk.TWO_ACCOUNTS)
    visitors.sign_out()
    return redirect(url_for("sign_in.form", return_to=_back()))


def _shown(quirk: Quirk, return_to: str, *, wrong: bool = False) -> ResponseReturnValue:
    held = visitor().account_id
    with the_store().database.session() as session:
        accounts = list(session.scalars(select(Account).order_by(Account.id != held)))
    people = tuple((one.name, one.email) for one in accounts)
    return page("challenge", ChallengeShown(quirk.value, local(return_to), wrong, people, CAPTCHA))


def _passed(quirk: Quirk) -> ResponseReturnValue:
    visitors.let_on(quirk)
    return redirect(_back())


def _back() -> str:
    return local(request.values.get("return_to", "/"))


def _held_key() -> str | None:
    with the_store().database.session() as session:
        return session.scalar(select(Account.key).where(Account.id == visitor().account_id))


def _another(who: Account) -> int:
    with the_store().database.session() as session:
        return session.scalars(select(Account.id).where(Account.id != who.id)).first() or who.id
