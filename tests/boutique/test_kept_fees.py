"""What a store keeps of a cancellation: shown before the click and after it, and capped."""

from __future__ import annotations

import json
from decimal import Decimal

from boutiques import Open

from automation.outcome import Outcome
from automation.run.report import summary_line
from automation.run.rules import Caps, Rules
from mock_store.rules import State

MUG = "Stoneware mug"  # €18.00


def cap(fee: int) -> Rules:
    return Rules(caps=Caps(fee_an_order=Decimal(fee)))


def test_a_rehearsal_shows_it(boutique: Open) -> None:
    shop = boutique("fee=shown", recipe="fee-shown")
    order = shop.place(MUG)

    run = shop.follow(order=order.number, commit=False)

    assert run.outcome is Outcome.REHEARSED
    assert run.reason == f"it would cancel: {MUG}; the store would keep a fee of €5.00"
    assert run.line()["fee"] == "€5.00"
    assert order.submits == 0


def test_a_fee_above_the_cap_is_guarded(boutique: Open) -> None:
    shop = boutique("fee=shown", recipe="fee-shown")
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(0))

    assert run.outcome is Outcome.GUARDED
    assert run.reason == "fee: the store keeps a fee of €5.00; 0 an order is the cap"
    assert (order.submits, order.state) == (0, State.ORDERED)


def test_a_fee_that_the_order_shows_is_guarded_too(boutique: Open) -> None:
    """Its total is taken for the fee here: it is there before the click."""
    shop = boutique(over={"pages": {"order": {"fee": {"css": "tfoot .total"}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(17))

    assert run.outcome is Outcome.GUARDED
    assert "a fee of €18.00; 17 an order is the cap" in run.reason
    assert (order.submits, order.state) == (0, State.ORDERED)


def test_afterwards_it_is_told(boutique: Open) -> None:
    shop = boutique("fee=shown", recipe="fee-shown")
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(5))

    assert run.outcome is Outcome.CANCELLED
    assert "The store keeps a fee of €5.00. It pays back €13.00." in summary_line(run)
    assert run.reason.endswith("; the store keeps a fee of €5.00; it pays back €13.00")
    kept = json.loads((run.folder / "run.json").read_text())
    assert (kept["fee"], kept["refund"]) == ("€5.00", "€13.00")
    assert "€13.00" in run.report.read_text()
    assert (order.submits, order.state) == (1, State.CANCELLED)


def test_a_fee_that_only_the_order_shows_is_told_afterwards(boutique: Open) -> None:
    shop = boutique("fee=after", recipe="fee-after")
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(0))

    assert run.outcome is Outcome.CANCELLED
    assert "The store keeps a fee of €5.00." in summary_line(run)
    assert order.state == State.CANCELLED


def test_a_fee_that_the_order_does_not_show_was_named_before(boutique: Open) -> None:
    shop = boutique("fee=shown", over={"pages": {"cancel": {"fee": {"css": ".kept .fee"}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED
    assert "The confirmation named a fee of €5.00." in summary_line(run)


def test_a_second_run_still_tells_it(boutique: Open) -> None:
    shop = boutique("fee=shown", recipe="fee-shown")
    order = shop.place(MUG)
    shop.follow(order=order.number)

    again = shop.follow(order=order.number, commit=False)

    assert again.outcome is Outcome.ALREADY_CANCELLED
    assert again.line()["fee"] == "€5.00"


def test_a_place_that_holds_no_sum_is_a_no(boutique: Open) -> None:
    shop = boutique(over={"pages": {"cancel": {"fee": {"css": "dialog .soft"}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.GUARDED
    assert "which is not one sum of money" in run.reason
    assert (order.submits, order.state) == (0, State.ORDERED)


def test_a_place_that_is_not_there_is_no_fee(boutique: Open) -> None:
    shop = boutique(recipe="fee-shown")
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(0))

    assert run.outcome is Outcome.CANCELLED
    assert "fee" not in run.reason
    assert not [note for note in run.notes if "fee" in note]


def test_a_cap_that_cannot_see_a_fee_is_noted(boutique: Open) -> None:
    shop = boutique("fee=shown")
    order = shop.place(MUG)

    run = shop.follow(order=order.number, rules=cap(0), commit=False)

    assert any("`fee_an_order` guards nothing here" in note for note in run.notes)
