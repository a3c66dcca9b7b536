"""Orders without an account, by the link that the shop mails: its secret is never written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from shoppers import Shopper
from ticket_shops import UNPAID, Event, TicketShop

TICKET = ("Evening ticket", 1)


@pytest.fixture
def guest(shop: TicketShop, tmp_path: Path) -> Shopper:
    """Someone who has nothing but the link of their order, and no `unorder.yaml`."""
    shopper = Shopper(tmp_path / "clean", shop.url, "pretix-guest")
    shopper.home.mkdir()
    return shopper


def test_the_order_of_a_guest_is_cancelled_by_its_link(shop: TicketShop, guest: Shopper) -> None:
    secret = shop.place("GUEST7", Event.FREE, "pending", TICKET, customer=False)
    shop.place("GUEST8", Event.FREE, "pending", TICKET, customer=False)

    rehearsed = guest.cancel("GUEST7", "--key", "env:TICKET_KEY", TICKET_KEY=secret)
    assert (rehearsed.outcome, shop.truth("GUEST7").changes) == ("rehearsed", ()), rehearsed.words
    told = guest.cancel("GUEST7", "--key", "env:TICKET_KEY", "--commit", TICKET_KEY=secret)

    assert (told.outcome, told.code) == ("cancelled", 0), told.words
    assert (shop.truth("GUEST7").status, shop.truth("GUEST7").changes) == ("c", UNPAID)
    assert shop.truth("GUEST8").changes == ()
    for said in (rehearsed.words, told.words, guest.kept()):
        assert secret not in said


def test_a_key_of_another_order_opens_nothing(shop: TicketShop, guest: Shopper) -> None:
    shop.place("GUEST9", Event.FREE, "pending", TICKET, customer=False)
    other = shop.place("GUEST99", Event.FREE, "pending", TICKET, customer=False)

    told = guest.cancel("GUEST9", "--key", "env:TICKET_KEY", "--commit", TICKET_KEY=other)

    assert (told.outcome, told.code) == ("broken", 9), told.words
    assert shop.truth("GUEST9").changes == ()
    assert shop.truth("GUEST99").changes == ()
