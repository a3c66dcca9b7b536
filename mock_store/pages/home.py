"""The front page, and the pictures of the goods."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, url_for

from mock_store.art import picture as drawn
from mock_store.catalogue import GOODS
from mock_store.pages.showing import page
from mock_store.visitors import the_store

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


@home.get("/pictures/<path:title>.svg")
def picture(title: str) -> Response:
    response = Response(drawn(title), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
