"""What a store keeps of a cancellation: shown before the click and after it, and capped."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from boutiques import Boutique, Open

from automation.outcome import Outcome
from automation.run.report import summary_line
from automation.run.rules import Caps, Rules
from mock_store.rules import State

MUG = "Stoneware mug"  # €18.00, which these profiles take for a fee
PAGES = {
    "on the confirmation": {"cancel": {"fee": {"css": "form.call-off .strong"}}},
    "on the order": {"order": {"fee": {"css": "tfoot .total"}}},
}


def cap(fee: int) -> Rules:
    return Rules(caps=Caps(fee_an_order=Decimal(fee)))


@pytest.fixture(params=list(PAGES))
def shop(request: pytest.FixtureRequest, boutique: Open) -> Boutique:
    return boutique("confirm=amount", recipe="confirm-amount", over={"pages": PAGES[request.param]})


def test_a_rehearsal_shows_it(shop: Boutique) -> None:
    order = shop.place(MUG)

    run = shop.follow(order=order.number, commit=False)

    assert run.outcome is Outcome.REHEARSED
    assert f"it would cancel: {MUG}; the store would keep a fee of " in run.reason
    assert "€18.00" in run.reason
    assert "€18.00" in str(run.line()["fee"])
    assert order.submits == 0


def test_a_fee_above_the_cap_is_guarded(shop: Boutique) -> None:
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(10))

    assert run.outcome is Outcome.GUARDED
    assert "fee: the store keeps a fee of" in run.reason
    assert "10 an order is the cap" in run.reason
    assert (order.submits, order.state) == (0, State.ORDERED)


def test_afterwards_it_is_told(shop: Boutique) -> None:
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(18))

    assert run.outcome is Outcome.CANCELLED
    assert "€18.00" in summary_line(run)
    assert "a fee of" in run.reason
    assert "€18.00" in json.loads((run.folder / "run.json").read_text())["fee"]
    assert "€18.00" in run.report.read_text()
    assert (order.submits, order.state) == (1, State.CANCELLED)


def test_a_place_that_holds_no_sum_is_a_no(boutique: Open) -> None:
    shop = boutique(over={"pages": {"cancel": {"fee": {"css": "dialog .soft"}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.GUARDED
    assert "which is not one sum of money" in run.reason
    assert (order.submits, order.state) == (0, State.ORDERED)


def test_a_place_that_is_not_there_is_no_fee(boutique: Open) -> None:
    shop = boutique(over={"pages": {"cancel": {"fee": {"css": "dialog .fee"}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(0))

    assert run.outcome is Outcome.CANCELLED
    assert "fee" not in run.reason
    assert not [note for note in run.notes if "fee" in note]


def test_a_cap_that_cannot_see_a_fee_is_noted(boutique: Open) -> None:
    shop = boutique()
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(0), commit=False)

    assert any("`fee_an_order` guards nothing here" in note for note in run.notes)
