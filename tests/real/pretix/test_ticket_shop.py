"""The shop does what the other tests take it to do: asked over HTTP, without a browser."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

import pytest
from ticket_shops import ASKED, DENIED, PAID, UNPAID, Event, TicketShop, Truth

TICKET = ("Evening ticket", 1)


@dataclass(frozen=True)
class Link:
    """What has the link of an order, as every guest does."""

    url: str
    opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        )
    )

    def get(self, path: str = "") -> str:
        with self.opener.open(self.url + path) as answer:
            return str(answer.read().decode())

    def cancel(self) -> str:
        """Send the form of the cancel page, as a browser without scripts does."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get("cancel"))
        assert token
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
        headers = {"Referer": self.url + "cancel"}
        request = urllib.request.Request(self.url + "cancel/do", form, headers)
        with self.opener.open(request) as answer:
            url, page = answer.url, str(answer.read().decode())
        for _ in range(200):  # a page that loads itself again, until the task is done
            if "We are processing your request" not in page:
                return page
            with self.opener.open(url) as answer:
                page = str(answer.read().decode())
        raise AssertionError(page)


def link(shop: TicketShop, code: str, event: Event, status: str) -> Link:
    secret = shop.place(code, event, status, TICKET, customer=False)
    return Link(f"{shop.url}/hall/{event}/order/{code}/{secret}/")


@pytest.mark.parametrize(
    ("code", "event", "status", "says", "truth"),
    [
        ("HTTP7", Event.FREE, "pending", "The order has been canceled.",
         Truth("c", "25.00", 1, "0.00", 0, UNPAID)),
        ("HTTP8", Event.FREE, "paid", "The order has been canceled.",
         Truth("c", "25.00", 1, "0.00", 0, PAID)),
        ("HTTP9", Event.KEEPS, "pending", "Payment pending",
         Truth("n", "3.00", 0, "3.00", 0, UNPAID)),
        ("HTTP77", Event.KEEPS, "paid", "Canceled (paid fee)",
         Truth("p", "3.00", 0, "3.00", 0, PAID)),
        ("HTTP78", Event.ASKS, "paid", "received your request to cancel this order",
         Truth("p", "25.00", 1, "0.00", 1, ASKED)),
        ("HTTP79", Event.ASKS, "pending", "The cancellation has been requested.",
         Truth("c", "25.00", 1, "0.00", 0, UNPAID)),
    ],
)  # fmt: skip
def test_a_cancellation_ends_as_its_event_says(
    code: str, event: Event, status: str, says: str, truth: Truth, shop: TicketShop
) -> None:
    page = link(shop, code, event, status).cancel()

    assert says in page.replace("&#x27;", "'")
    assert shop.truth(code) == truth


def test_requests_are_decided_by_the_organiser(shop: TicketShop) -> None:
    yes, no = (link(shop, code, Event.ASKS, "paid") for code in ("HTTP87", "HTTP88"))
    for each in (yes, no):
        each.cancel()
    shop.approve("HTTP87")
    shop.deny("HTTP88")

    assert "Canceled" in yes.get()
    assert "received your request" not in no.get()
    assert shop.truth("HTTP87").status == "c"
    assert shop.truth("HTTP88") == Truth("p", "25.00", 1, "0.00", 0, DENIED)


@pytest.mark.parametrize(
    ("code", "event", "status"),
    [("HTTP89", Event.FIRM, "paid"), ("HTTP97", Event.FREE, "expired")],
)
def test_what_cannot_be_cancelled_offers_nothing(
    code: str, event: Event, status: str, shop: TicketShop
) -> None:
    page = link(shop, code, event, status)

    assert "Cancel order" not in page.get()
    assert "You cannot cancel this order." in page.get("cancel")
    assert shop.truth(code).changes == ()
