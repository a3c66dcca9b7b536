"""The front page, and the pictures of the goods."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, url_for

from mock_store.art import picture as drawn
from mock_store.catalogue import GOODS
from mock_store.pages.showing import page
from mock_store.quirks import Place
from mock_store.tables import Account
from mock_store.visitors import signed_in, the_store

home = Blueprint("home", __name__)


@dataclass(frozen=True)
class ProductShown:
    title: str
    price: str
    picture: str


@home.get("/")
def front() -> tuple[str, int]:
    store = the_store()
    products = [
        ProductShown(title, store.words.money(cents), url_for("home.picture", title=title))
        for title, (cents, _seller) in list(GOODS.items())[:8]
    ]
    return page("home", products)


@home.get("/me")
@signed_in(Place.LIST)
def me(who: Account) -> tuple[str, int]:  # noqa: ARG001 (signed in is all that matters)
    if the_store().layout != "mobile":
        abort(404)
    return page("me")


@home.get("/pictures/<path:title>.svg")
def picture(title: str) -> Response:
    response = Response(drawn(title), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
