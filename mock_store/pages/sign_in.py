"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request

from mock_store import visitors
from mock_store.pages.showing import page
from mock_store.quirks import Quirk
from mock_store.showing import SignInShown
from mock_store.visitors import local, protect, the_store

sign_in = Blueprint("sign_in", __name__)


@sign_in.get("/ap/signin")
def form() -> Any:
    return page("sign_in", _shown("", None))


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
    if the_store().quirks.happens(Quirk.ASKS_FOR_A_CODE):
        visitors.sign_out()  # not in before the code is right, and here none ever is
        return page("challenge", "code")
    return redirect(local(request.form.get("return_to", "/")))


@sign_in.post("/sign-out")
def leave() -> Any:
    protect()
    visitors.sign_out()
    return redirect("/")


def _shown(email: str, error: str | None, *, step_two: bool = False) -> SignInShown:
    return SignInShown(email, local(request.values.get("return_to", "/")), error, step_two)
