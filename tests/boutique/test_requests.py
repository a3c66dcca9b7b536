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
    ("shape", "payment", "said", "end", "state"),
    [
        ("asks", "paid", "it would ask the store, which then decides, to cancel: ",
         Outcome.REQUESTED, State.REQUESTED),
        ("asks", "pending", "it would cancel at once: ", Outcome.CANCELLED, State.CANCELLED),
        ("asks_untold", "paid", "it would cancel: ", Outcome.REQUESTED, State.REQUESTED),
        ("asks_untold", "pending", "it would cancel: ", Outcome.CANCELLED, State.CANCELLED),
    ],
)  # fmt: skip
def test_one_button_that_cancels_or_asks(
    boutique: Open, shape: str, payment: str, said: str, end: Outcome, state: State
) -> None:
    """Its name is the same in both cases: the page behind it says which, or the answer does."""
    shop = boutique(f"paid={shape}", recipe=f"paid-{shape}")
    order = shop.place(MUG, payment=payment)

    rehearsed = shop.follow(order=order.number, commit=False)
    assert (rehearsed.outcome, rehearsed.reason) == (Outcome.REHEARSED, said + MUG)
    assert order.submits == 0
    run = shop.follow(order=order.number)

    assert run.outcome is end, run.reason
    assert (order.submits, order.state) == (1, state)


@pytest.mark.parametrize("approved", [True, False])
def test_what_a_state_does_not_show_is_requested_until_it_is_decided(
    boutique: Open, browser_of_ours: OpenBrowser, tmp_path: Path, *, approved: bool
) -> None:
    """The order goes on to say `Paid`: a word for the denial closes it, and waiting does not."""
    over = {"languages": {"en": {"states": {"denied": ["Request denied"]}}},
            "pages": {"order": {"lines": {"state": None}}}}  # fmt: skip
    shop = boutique("paid=asks", "requested=alert", recipe="paid-asks", over=over)
    order = shop.place(MUG, payment="paid")
    runs = tmp_path / "runs"
    asked = shop.follow(order=order.number)
    again = shop.follow(order=order.number)
    assert [asked.outcome, again.outcome] == [Outcome.REQUESTED] * 2
    shop.store.clock.advance("1d")
    assert verified(browser_of_ours, shop.storefront, runs) == {asked.id: Outcome.REQUESTED}

    if approved:
        order.move(State.CANCELLED)
    else:
        order.move(State.ORDERED)
        order.says("Request denied")

    end = Outcome.CANCELLED if approved else Outcome.REFUSED
    assert verified(browser_of_ours, shop.storefront, runs) == {asked.id: end}
    assert order.submits == 1


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
