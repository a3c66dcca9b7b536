"""Stores that decide later: what was asked for stays so, and a denial is a refusal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from boutiques import Boutique, Open
from looking import verified

from automation.outcome import Outcome
from automation.run.browser import OpenBrowser
from mock_store.quirks import Quirk
from mock_store.rules import State

MUG = "Stoneware mug"
WISH = ["We have received your wish to cancel"]
# A shop whose state does not change when it is asked, and whose words are the same for both.
SILENT = {"states": {"requested": None, "paid": ["Received", "Cancel Request"], "ordered": None}}


def shop_that_decides(
    boutique: Open, language: dict[str, Any], how: str = "undecided", **pages: Any
) -> Boutique:
    shop = boutique(over={"languages": {"en": language}, "pages": pages})
    shop.store.quirks.add(Quirk.PENDING, how=how)
    return shop


@pytest.mark.parametrize("commit", [False, True])
def test_what_was_asked_for_stays_so_until_the_store_decides(
    boutique: Open, *, commit: bool
) -> None:
    """Its page says `Paid` and offers nothing: only the journal knows that the store was asked."""
    shop = shop_that_decides(boutique, SILENT)
    order = shop.place(MUG)
    assert shop.follow(order=order.number).outcome is Outcome.REQUESTED

    again = shop.follow(order=order.number, commit=commit)

    assert again.outcome is Outcome.REQUESTED, again.reason
    assert "the store was asked on " in again.reason
    assert (order.submits, order.state) == (1, State.REQUESTED)


def test_a_request_that_the_page_shows_stays_so_too(boutique: Open) -> None:
    shop = shop_that_decides(boutique, {})
    order = shop.place(MUG)

    first, again = (shop.follow(order=order.number) for _ in range(2))

    assert [first.outcome, again.outcome] == [Outcome.REQUESTED] * 2
    assert (order.submits, order.state) == (1, State.REQUESTED)


@pytest.mark.parametrize("says", ["pending", "confirms"])
def test_a_denial_closes_the_request_as_refused(
    boutique: Open, browser_of_ours: OpenBrowser, tmp_path: Path, says: str
) -> None:
    """Whatever the store answered at first: a yes that was none is no reason to look for ever."""
    answer = {"confirms": None, "pending": None, says: WISH}
    shop = shop_that_decides(boutique, {}, "refused", answer=answer)
    order = shop.place(MUG)
    run = shop.follow(order=order.number)
    assert run.outcome is Outcome.REQUESTED
    shop.store.clock.advance("2m")

    later = verified(browser_of_ours, shop.storefront, tmp_path / "runs")

    assert later == {run.id: Outcome.REFUSED}
    assert verified(browser_of_ours, shop.storefront, tmp_path / "runs") == {}
    assert (order.submits, order.state) == (1, State.ORDERED)


def test_a_denial_that_the_page_tells_closes_it_too(
    boutique: Open, browser_of_ours: OpenBrowser, tmp_path: Path
) -> None:
    """Where the page never showed the request: its state goes from `Paid` to a word for no."""
    states = {"requested": None, "ordered": None, "paid": ["Received", "Cancel Request"],
              "delivered": None, "denied": ["Delivered"]}  # fmt: skip
    shop = shop_that_decides(boutique, {"states": states})
    order = shop.place(MUG)
    run = shop.follow(order=order.number)
    assert run.outcome is Outcome.REQUESTED
    order.move(State.DELIVERED)

    later = verified(browser_of_ours, shop.storefront, tmp_path / "runs")

    assert later == {run.id: Outcome.REFUSED}


# One control that cancels or asks.


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({"css": "dialog .soft"}, "it would ask the store, which then decides, to cancel: "),
        ({"css": "dialog .wish"}, "it would cancel at once: "),
        (None, "it would cancel: "),
    ],
)
def test_a_rehearsal_says_which_of_both_it_is(
    boutique: Open, seen: dict[str, str] | None, said: str
) -> None:
    shop = boutique(over={"pages": {"cancel": {"asks_when": seen}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number, commit=False)

    assert (run.outcome, run.reason) == (Outcome.REHEARSED, said + MUG)
    assert order.submits == 0


@pytest.mark.parametrize(("asks", "end"), [(True, Outcome.REQUESTED), (False, Outcome.UNKNOWN)])
def test_a_yes_where_the_page_asks_is_a_request(
    boutique: Open, *, asks: bool, end: Outcome
) -> None:
    """The shop answers the same to both. Without what tells them apart nothing false is said."""
    shop = shop_that_decides(
        boutique,
        SILENT,
        answer={"confirms": WISH, "pending": None},
        cancel={"asks_when": {"css": "dialog .soft"}} if asks else {},
    )
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is end, run.reason
    assert (order.submits, order.state) == (1, State.REQUESTED)


def test_where_it_is_cancelled_at_once_it_is_cancelled(boutique: Open) -> None:
    shop = boutique(over={"pages": {"cancel": {"asks_when": {"css": "dialog .soft"}}}})
    order = shop.place(MUG)

    assert shop.follow(order=order.number).outcome is Outcome.CANCELLED
    assert (order.submits, order.state) == (1, State.CANCELLED)
