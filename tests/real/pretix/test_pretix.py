"""The adapter `pretix` on a real pretix, at the command line, read back from its database.

`make test-real` installs the shop into an environment of its own and runs this.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from shoppers import ACCOUNTS, Shopper
from ticket_shops import ASKED, DENIED, PAID, UNPAID, Event, TicketShop

EVENING, WORKSHOP = ("Evening ticket", 2), ("Workshop", 1)


@pytest.fixture
def robin(shop: TicketShop, tmp_path: Path) -> Shopper:
    """Someone with an account at the shop."""
    shopper = Shopper(tmp_path / "clean", shop.url)
    shopper.home.mkdir()
    shopper.settings(ACCOUNTS)
    return shopper


def test_an_unpaid_order_is_cancelled_once_and_no_other(shop: TicketShop, robin: Shopper) -> None:
    shop.place("FREE7", Event.FREE, "pending", EVENING, WORKSHOP)
    shop.place("FREE78", Event.FREE, "pending", EVENING)

    rehearsed = robin.cancel("FREE7")
    assert rehearsed.outcome == "rehearsed", rehearsed.words
    assert shop.truth("FREE7").changes == ()
    told = robin.cancel("FREE7", "--commit")
    again = robin.cancel("FREE7", "--commit")

    assert (told.outcome, told.code) == ("cancelled", 0), told.words
    assert (again.outcome, again.code) == ("already_cancelled", 0), again.words
    assert shop.truth("FREE7").status == "c"
    assert shop.truth("FREE7").changes == UNPAID
    assert shop.truth("FREE78").changes == ()


def test_a_paid_order_is_cancelled_without_a_fee(shop: TicketShop, robin: Shopper) -> None:
    shop.place("FREE8", Event.FREE, "paid", WORKSHOP)
    robin.settings(ACCOUNTS + "caps: {fee_an_order: 0}\n")

    told = robin.cancel("FREE8", "--commit")

    assert told.outcome == "cancelled", told.words
    assert shop.truth("FREE8").status == "c"
    assert shop.truth("FREE8").changes == PAID


@pytest.mark.parametrize(
    ("code", "status", "changes"), [("KEEP7", "pending", UNPAID), ("KEEP8", "paid", PAID)]
)
def test_a_fee_is_told_before_the_click_and_afterwards(
    code: str, status: str, changes: tuple[str, ...], shop: TicketShop, robin: Shopper
) -> None:
    shop.place(code, Event.KEEPS, status, EVENING)

    rehearsed = robin.cancel(code)
    assert (rehearsed.outcome, shop.truth(code).changes) == ("rehearsed", ()), rehearsed.words
    told = robin.cancel(code, "--commit")
    again = robin.cancel(code, "--commit")

    assert told.outcome == "cancelled", told.words
    assert "€3.00" in rehearsed.reason, rehearsed.words
    assert "€3.00" in told.reason, told.words
    assert "€3.00" in told.report
    assert again.outcome == "already_cancelled", again.words
    truth = shop.truth(code)
    assert (truth.tickets, truth.fee, truth.changes) == (0, "3.00", changes)


@pytest.mark.parametrize(("code", "status"), [("KEEP79", "pending"), ("KEEP89", "paid")])
def test_a_fee_above_its_cap_is_not_taken(
    code: str, status: str, shop: TicketShop, robin: Shopper
) -> None:
    shop.place(code, Event.KEEPS, status, EVENING)
    robin.settings(ACCOUNTS + "caps: {fee_an_order: 0}\n")

    told = robin.cancel(code, "--commit")

    assert (told.outcome, told.code) == ("guarded", 3), told.words
    assert "€3.00" in told.reason, told.words
    assert shop.truth(code).changes == ()


def test_a_request_is_asked_once_and_verified_when_it_is_decided(
    shop: TicketShop, robin: Shopper
) -> None:
    for code in ("ASKS7", "ASKS8"):
        shop.place(code, Event.ASKS, "paid", EVENING)

    for code in ("ASKS7", "ASKS8"):
        told = robin.cancel(code, "--commit")
        assert (told.outcome, told.code) == ("requested", 8), told.words
        assert (shop.truth(code).status, shop.truth(code).asked) == ("p", 1)
    again = robin.cancel("ASKS8", "--commit")
    assert (again.outcome, again.code) == ("requested", 8), again.words
    assert shop.truth("ASKS8").changes == ASKED
    waiting = {told.order: told.outcome for told in robin.verify()}
    assert waiting == {"ASKS7": "requested", "ASKS8": "requested"}
    shop.approve("ASKS7")
    shop.deny("ASKS8")

    decided = {told.order: told.outcome for told in robin.verify()}

    assert decided == {"ASKS7": "cancelled", "ASKS8": "refused"}
    assert (shop.truth("ASKS7").status, shop.truth("ASKS8").status) == ("c", "p")
    assert shop.truth("ASKS7").changes == (*ASKED, *UNPAID)
    assert shop.truth("ASKS8").changes == DENIED


def test_an_unpaid_order_is_cancelled_at_once_where_the_button_says_request(
    shop: TicketShop, robin: Shopper
) -> None:
    """Its answer says "has been requested" too, yet it cancels: the order's page decides."""
    shop.place("ASKS9", Event.ASKS, "pending", WORKSHOP)

    told = robin.cancel("ASKS9", "--commit")

    assert (told.outcome, told.code) == ("cancelled", 0), told.words
    assert shop.truth("ASKS9").status == "c"
    assert shop.truth("ASKS9").changes == UNPAID


def test_what_the_shop_does_not_offer_is_refused_without_a_click(
    shop: TicketShop, robin: Shopper
) -> None:
    shop.place("FRM77", Event.FIRM, "paid", EVENING)

    told = robin.cancel("FRM77", "--commit")

    assert (told.outcome, told.code) == ("refused", 4), told.words
    assert shop.truth("FRM77").status == "p"
    assert shop.truth("FRM77").changes == ()
    assert "ship" not in told.words, told.words
    assert "parcel" not in told.words, told.words


def test_an_expired_order_is_not_said_to_be_shipped(shop: TicketShop, robin: Shopper) -> None:
    shop.place("EXP77", Event.FREE, "expired", EVENING)

    told = robin.cancel("EXP77", "--commit")

    assert told.outcome == "refused", told.words
    assert "ship" not in told.words, told.words
    assert shop.truth("EXP77").changes == ()


def test_a_number_that_is_not_there_is_not_found(shop: TicketShop, robin: Shopper) -> None:
    shop.place("FREE9", Event.FREE, "paid", EVENING)

    told = robin.cancel("FREE99", "--commit")

    assert told.outcome == "not_found", told.words


def test_the_secret_of_an_order_is_written_nowhere(shop: TicketShop, robin: Shopper) -> None:
    secret = shop.place("SECR7", Event.FREE, "paid", EVENING)

    told = robin.cancel("SECR7", "--commit")

    assert told.outcome == "cancelled", told.words
    assert secret not in told.words
    assert secret not in robin.kept()


def test_a_page_that_waits_for_the_queue_is_waited_for(shop: TicketShop, robin: Shopper) -> None:
    shop.place("BUSY7", Event.FREE, "pending", WORKSHOP)

    with shop.busy(seconds=4):
        told = robin.cancel("BUSY7", "--commit")

    assert (told.outcome, told.code) == ("cancelled", 0), told.words
    assert shop.truth("BUSY7").changes == UNPAID


def test_an_order_is_found_beyond_the_first_page(shop: TicketShop, robin: Shopper) -> None:
    shop.place("PAGE7", Event.FREE, "pending", EVENING)
    for number in range(20):
        shop.place(f"PAGE8{number:02}", Event.FIRM, "paid", EVENING)

    told = robin.cancel("PAGE7", "--commit")

    assert told.outcome == "cancelled", told.words
    assert shop.truth("PAGE7").changes == UNPAID


def test_a_ticket_on_the_keep_list_keeps_its_order(shop: TicketShop, robin: Shopper) -> None:
    shop.place("KEPT7", Event.FREE, "pending", EVENING, WORKSHOP)
    robin.settings(ACCOUNTS + "keep: {items: [Workshop]}\n")

    told = robin.cancel("KEPT7", "--commit")

    assert (told.outcome, told.code) == ("guarded", 3), told.words
    assert "Workshop" in told.reason
    assert shop.truth("KEPT7").changes == ()
