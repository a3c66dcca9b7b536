"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request

from mock_store import visitors
from mock_store.pages.challenges import challenge
from mock_store.pages.showing import page
from mock_store.quirks import Place
from mock_store.showing import SignInShown
from mock_store.visitors import account, local, protect, the_store

sign_in = Blueprint("sign_in", __name__)


@sign_in.get("/ap/signin")
def form() -> Any:
    known = account()
    return page("sign_in", _shown(known.email if known else "", None))


@sign_in.post("/ax/claim")
def claim() -> Any:
    """The e-mail address, where the layout asks for the password on a page of its own."""
    protect()
    return page("sign_in", _shown(request.form.get("email", ""), None, step_two=True))


@sign_in.post("/ap/signin")
def give() -> Any:
    protect()
    email = request.form.get("email", "")
    if not visitors.sign_in(email, request.form.get("password", "")):
        wrong = the_store().words("wrong_password")
        return page("sign_in", _shown(email, wrong, step_two=True))
    back = local(request.form.get("return_to", "/"))
    asked = challenge(Place.SIGN_IN, account(), order=None, return_to=back)
    return redirect(back) if asked is None else asked


@sign_in.post("/sign-out")
def leave() -> Any:
    protect()
    visitors.sign_out()
    return redirect("/")


def _shown(email: str, error: str | None, *, step_two: bool = False) -> SignInShown:
    back, known = local(request.values.get("return_to", "/")), account() is not None
    return SignInShown(email, back, error, step_two or known, known)
