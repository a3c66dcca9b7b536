"""What must be kept stays, however a shop writes its title, and whatever of an order is read."""

from __future__ import annotations

from typing import Any

import pytest
from boutiques import Open

from automation.outcome import Outcome
from automation.run.rules import Keep, Rules
from mock_store.lines import Line
from mock_store.rules import State

MUG, PRESENT = "Stoneware mug", "Birthday present"
FIRST_LINE_ONLY = {"rows": {"css": "tr.line:first-child"}}
UNPROVED = {"subtotal": None, "priced": None}


def lines(**says: Any) -> dict[str, Any]:
    return {"pages": {"order": {"lines": says}}}


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (PRESENT, "Birthday present (GIFT1)"),
        ("Gift box", "Gift box \u00d7 1"),
        ("Birthday present for Kim", PRESENT),
    ],
)
def test_a_title_that_says_more_or_less_is_kept(boutique: Open, kept: str, shown: str) -> None:
    shop = boutique()
    order = shop.place(MUG, shown)

    run = shop.follow(order=order.number, rules=Rules(Keep(items=(kept,))))

    assert run.outcome is Outcome.GUARDED, run.reason
    assert f"`{shown}`" in run.reason
    assert f"`{kept}`" in run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)


def test_another_thing_is_meant_by_an_entry_that_is_exact(boutique: Open) -> None:
    shop = boutique()
    order = shop.place("USB-C cable (2 m)")

    run = shop.follow(order=order.number, rules=Rules(Keep(exactly=("USB-C cable",))))

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert order.submits == 1


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({}, "add up to"),
        (UNPROVED, "cannot be proved"),
        ({"complete": True}, "add up to"),  # the page knows better than the profile's author
    ],
)
def test_a_line_that_is_not_read_may_be_one_to_keep(
    boutique: Open, says: dict[str, Any], said: str
) -> None:
    shop = boutique(over=lines(**FIRST_LINE_ONLY, **says))
    order = shop.place(MUG, PRESENT)

    run = shop.follow(order=order.number, rules=Rules(Keep(items=(PRESENT,))))

    assert run.outcome is Outcome.GUARDED, run.reason
    assert said in run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)


@pytest.mark.parametrize(
    "says",
    [
        {},
        {**UNPROVED, "complete": True},
    ],
)
def test_where_all_lines_are_read_the_others_go(boutique: Open, says: dict[str, Any]) -> None:
    shop = boutique(over=lines(**says))
    order = shop.place(Line(MUG, quantity=2), "Wool throw")

    run = shop.follow(order=order.number, rules=Rules(Keep(items=(PRESENT,))))

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits) == (State.CANCELLED, 1)


def test_where_the_page_says_how_many_there_are_a_line_that_is_not_read_is_missed(
    boutique: Open,
) -> None:
    shop = boutique("sums=all", recipe="sums-all", over=lines(**FIRST_LINE_ONLY, **UNPROVED))
    order = shop.place(MUG, PRESENT)

    run = shop.follow(order=order.number, rules=Rules(Keep(items=(PRESENT,))))

    assert run.outcome is Outcome.GUARDED, run.reason
    assert "its page says `2`, and what was read is 1 piece of 1 line" in run.reason
    assert order.submits == 0


def test_without_a_keep_list_a_rehearsal_says_that_lines_are_not_proved(boutique: Open) -> None:
    shop = boutique(over=lines(**UNPROVED))
    order = shop.place(MUG)

    run = shop.follow(commit=False, order=order.number)

    assert run.outcome is Outcome.REHEARSED, run.reason
    assert any("lines cannot be proved" in note for note in run.notes)


def test_an_order_whose_line_has_no_title_is_kept_by_its_number(boutique: Open) -> None:
    shop = boutique(over=lines(title={"css": ".titel"}))
    order = shop.place(MUG, number="1022")

    run = shop.follow(order=order.number, rules=Rules(Keep(orders=("1022",))))

    assert run.outcome is Outcome.GUARDED, run.reason
    assert "order 1022 is on the keep-list" in run.reason
    assert order.submits == 0
