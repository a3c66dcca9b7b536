"""The boutique's front page, and signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, current_app, redirect, render_template, request

from mock_store import visitors
from mock_store.boutique.shapes import Shapes
from mock_store.boutique.shapes.listing import SignedOut, SignIn
from mock_store.catalogue import GOODS
from mock_store.visitors import local, protect, the_store

account = Blueprint("account", __name__)
ORDERS = "/account/orders"
WRONG = "This e-mail address and password do not belong together."
_SHOWN = ("Stoneware mug", "Linen notebook", "Wool throw", "Terracotta plant pot",
          "Walnut footstool", "Enamel camping plate")  # fmt: skip


def shapes() -> Shapes:
    found: Shapes = current_app.extensions["shapes"]
    return found


def page(template: str, status: int = 200, **shown: Any) -> Any:
    """A page with its header: who is signed in, and as what the store has them."""
    who = visitors.account()
    text = render_template(
        f"{template}.html", who=who, csrf=visitors.visitor().csrf, shapes=shapes(), **shown
    )
    return text, status


def members_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Only for who is signed in; what others see is a matter of shape."""

    @wraps(view)
    def guarded(**given: Any) -> Any:
        _see_that_there_are_accounts()
        who = visitors.account()
        return signed_out() if who is None else view(who=who, **given)

    return guarded


def signed_out() -> Any:
    """What a page for members shows to everybody else."""
    match shapes().signed_out:
        case SignedOut.FORM:
            return page("sign_in", error=None)
        case SignedOut.LOOKUP:
            return page("lookup")
        case _:
            back = urlencode({"back": request.full_path.rstrip("?")})
            return redirect(f"/account/login?{back}")


def _see_that_there_are_accounts() -> None:
    if shapes().sign_in is SignIn.NONE:
        abort(404)


@account.get("/")
def front() -> Any:
    goods = [
        (title, the_store().words.money(GOODS[title][0]), list(GOODS).index(title) + 1)
        for title in _SHOWN
    ]
    return page("front", goods=goods)


@account.get("/account/login")
def form() -> Any:
    _see_that_there_are_accounts()
    return page("sign_in", error=None)


@account.post("/account/login")
def give() -> Any:
    _see_that_there_are_accounts()
    protect()
    if not visitors.sign_in(request.form.get("email", ""), request.form.get("password", "")):
        return page("sign_in", 422, error=WRONG)
    if shapes().sign_in is SignIn.IN_PLACE:
        return page("sign_in", error=None)
    return redirect(local(request.form.get("back", "")), 303)


@account.post("/account/logout")
def leave() -> Any:
    protect()
    visitors.sign_out()
    return redirect("/", 303)


@account.get("/find-order")
def found() -> Any:
    """Where the order-lookup form leads: to nothing, for who is not signed in."""
    return page("lookup")
