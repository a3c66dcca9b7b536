"""Who is looking: sessions, form protection, and the way to the sign-in page."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, redirect, request, url_for
from sqlalchemy import select

from mock_store.people import hashed
from mock_store.quirks import Place, Quirk
from mock_store.store import Store
from mock_store.tables import Account, Visitor

COOKIE = "varnholt_session"


def the_store() -> Store:
    store: Store = current_app.extensions["store"]
    return store


def visitor() -> Visitor:
    """The browser that asks, known or new."""
    if "visitor" not in g:
        with the_store().database.session() as session:
            token = request.cookies.get(COOKIE, "")
            known = session.get(Visitor, token) if token else None
            g.visitor = known or Visitor.new()
            if known is None:
                session.add(g.visitor)
    found: Visitor = g.visitor
    return found


def account() -> Account | None:
    """Who is signed in, and not held by a challenge."""
    who = visitor().account_id
    if who is None or visitor().held:
        return None
    if "account" not in g or g.account is None or g.account.id != who:
        with the_store().database.session() as session:
            g.account = session.get(Account, who)
    found: Account | None = g.account
    return found


def sign_in(email: str, password: str) -> bool:
    """Sign the visitor in under a new session token. Whether the password was right."""
    with the_store().database.session() as session:
        found = session.scalar(select(Account).where(Account.email == email.strip().lower()))
        right = found is not None and hmac.compare_digest(found.password, hashed(password))
        if not right or found is None:
            return False
        before = visitor()
        passed = before.passed
        if before.account_id == found.id:  # it was asked for although it was known
            passed = _with(passed, Quirk.ASKS_PASSWORD_AGAIN)
        _forget(session, before)
        g.visitor = Visitor.new(found.id, passed)
        session.add(g.visitor)
    return True


def sign_out() -> None:
    with the_store().database.session() as session:
        passed = visitor().passed
        _forget(session, visitor())
        g.visitor = Visitor.new(None, passed)
        session.add(g.visitor)


def hold(challenge: Quirk, *, as_account: int | None = None) -> None:
    """Let nobody on before *challenge* is passed; then as another account, if one is named."""
    who = visitor()
    who.held = challenge.value
    who.account_id = as_account or who.account_id
    _keep(who)


def let_on(challenge: Quirk) -> None:
    """The challenge is passed."""
    who = visitor()
    who.passed = _with(who.passed, challenge)
    who.held = "" if who.held == challenge else who.held
    _keep(who)


def has_passed(challenge: Quirk) -> bool:
    return challenge.value in visitor().passed.split()


def remember(response: Response) -> Response:
    """Send the session's cookie when it is not the one that came."""
    if "visitor" in g and g.visitor.token != request.cookies.get(COOKIE):
        response.set_cookie(COOKIE, g.visitor.token, httponly=True, samesite="Lax", path="/")
    return response


def protect(given: str | None = None) -> None:
    """Refuse a form that this store did not show to this browser.

    *given* is the form's protection where the body is no form.
    """
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        abort(403)
    told = request.form.get("csrf", "") if given is None else given
    if not hmac.compare_digest(told.encode(), visitor().csrf.encode()):
        abort(403)


def signed_in(at: Place) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Only for who is signed in; others go to the sign-in page and come back.

    *at* is where the session may expire.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**given: Any) -> Any:
            who = account()
            order = request.args.get("orderID")
            expires = who and the_store().quirks.happens(
                Quirk.SESSION_EXPIRES, how=at, order=order, account=who.key
            )
            if expires:
                sign_out()
                who = None
            if who is None:
                back = request.full_path.rstrip("?") if request.method == "GET" else "/"
                return redirect(url_for("sign_in.form", return_to=back))
            return view(who=who, **given)

        return guarded

    return decorate


def local(path: str) -> str:
    """*path* if it is one of this store's own, else the front page."""
    parts = urlsplit(path)
    own = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if own and not parts.netloc else "/"


def _with(passed: str, challenge: Quirk) -> str:
    return " ".join(sorted({*passed.split(), challenge.value}))


def _keep(who: Visitor) -> None:
    with the_store().database.session() as session:
        g.visitor = session.merge(who)


def _forget(session: Any, known: Visitor) -> None:
    found = session.get(Visitor, known.token)
    if found is not None:
        session.delete(found)
