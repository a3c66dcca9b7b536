"""A shop whose account pages are built as Shopware's are: orders unfold in their list.

Written from the names and the order of elements in its public templates; none of these is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mock_store.server import serve
from mock_store.store import Store

EMAIL, PASSWORD = "robin@varnholt.test", "lantern-oak-42"
WORDS = {
    "en": {"log_in": "Log in", "cancel": "Cancel order", "open": "Open",
           "in_progress": "In progress", "completed": "Done", "cancelled": "Cancelled",
           "pay": "Complete payment"},
    "de": {"log_in": "Anmelden", "cancel": "Bestellung stornieren", "open": "Offen",
           "in_progress": "In Bearbeitung", "completed": "Abgeschlossen",
           "cancelled": "Abgebrochen", "pay": "Zahlung abschließen"},
    "nl": {"log_in": "Aanmelden", "cancel": "Bestelling annuleren", "open": "Open",
           "in_progress": "In progress", "completed": "Done", "cancelled": "Cancelled",
           "pay": "Betaling afronden"},
}  # fmt: skip
_SHOWN, _CANCELLABLE = 60, ("open", "in_progress")


@dataclass
class Placed:
    """An order, and the truth of what was done to it."""

    number: str
    titles: tuple[str, ...]
    state: str = "open"
    payment_due: bool = False
    inside: tuple[str, ...] = ()  # what its last line holds, if that is a bundle
    sold_no_more: bool = False  # its products have no page any longer
    asked: int = 0  # how often the shop was asked to cancel it
    cancelled: int = 0  # how often it did

    @property
    def id(self) -> str:
        return f"0c{self.number}"


@dataclass
class Shop:
    """What the shop's owner has set, and all its orders."""

    orders: dict[str, Placed] = field(default_factory=dict)
    allows_cancelling: bool = True
    says_status: bool = True  # since 6.6: "Status:" for who cannot see it
    ships_meanwhile: bool = False
    asks_about_another: bool = False  # the dialog that opens is another order's
    language: str = "en"
    a_page: int = 10
    turning_takes: int = 0  # milliseconds until another page of the list comes
    url: str = ""

    def place(self, number: str, *titles: str, state: str = "open", **how: Any) -> Placed:
        placed = Placed(number, titles or ("Stoneware mug",), state, **how)
        self.orders[number] = placed
        return placed


@contextmanager
def open_shop() -> Iterator[Shop]:
    """A new shop on the loopback interface."""
    shop, store = Shop(), Store()
    try:
        with serve(store, make=lambda _store: _app(shop)) as shop.url:
            yield shop
    finally:
        store.close()


def _app(shop: Shop) -> Flask:
    app = Flask(__name__, template_folder="shopware")

    @app.get("/account/login")
    def form() -> str:
        return render_template("sign_in.html", words=WORDS[shop.language], failed=False)

    @app.post("/account/login")
    def sign_in() -> AnyResponse | str:
        if (request.form["username"], request.form["password"]) != (EMAIL, PASSWORD):
            return render_template("sign_in.html", words=WORDS[shop.language], failed=True)
        answer = redirect("/account/order", HTTPStatus.SEE_OTHER)
        answer.set_cookie("session", "robin")
        return answer

    @app.route("/account/order", methods=["GET", "POST"])
    def orders() -> AnyResponse | str:
        if request.cookies.get("session") != "robin":
            return redirect("/account/login", HTTPStatus.SEE_OTHER)
        newest = list(reversed(shop.orders.values()))
        page = int(request.form.get("p", 1))
        shown = newest[(page - 1) * shop.a_page : page * shop.a_page]
        return render_template(
            "orders.html", shop=shop, words=WORDS[shop.language], orders=shown, page=page,
            last=-(-len(newest) // shop.a_page), cut=_cut,
        )  # fmt: skip

    @app.post("/account/order/cancel")
    def cancel() -> AnyResponse:
        (order,) = [each for each in shop.orders.values() if each.id == request.form["orderId"]]
        order.asked += 1
        if shop.ships_meanwhile:
            order.state = "completed"
        if order.state not in _CANCELLABLE:
            return Response("This is not possible.", HTTPStatus.BAD_REQUEST)
        order.state = "cancelled"
        order.cancelled += 1
        return redirect("/account/order", HTTPStatus.SEE_OTHER)

    return app


def _cut(title: str) -> str:
    return title if len(title) <= _SHOWN else f"{title[:_SHOWN]}..."
