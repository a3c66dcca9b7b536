"""Which items the rules choose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from orders import NUMBER, order

from automation.jobs.book import Choice
from automation.jobs.choosing import Unsure, choose
from automation.pages.readings import Order, State

TODAY = date(2026, 11, 25)
LAMP, CABLE, LONG = "Desk lamp", "USB-C cable", "USB-C cable (2 m)"
SEEN = order((LAMP, State.ORDERED), (CABLE, State.ORDERED), (LONG, State.ORDERED))
ALL_OF_IT = (LAMP, CABLE, LONG)


def titles(seen: Order = SEEN, **told: Any) -> tuple[str, ...]:
    chosen = choose(seen, (Choice("a rule", **told),), TODAY)
    return chosen.titles if chosen else ()


def said(words: str) -> Order:
    """The order with these words of the store for its lamp."""
    first, *others = SEEN.items
    return replace(SEEN, items=(replace(first, said=words), *others))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"items": (CABLE,)}, (CABLE,)),
        ({"items": ("USB-C",)}, ()),
        ({"items": (CABLE,), "whole": True}, ALL_OF_IT),
        ({"text": "usb-c"}, (CABLE, LONG)),
        ({"sellers": ("Varnholt",)}, ALL_OF_IT),
        ({"sellers": ("Brightwell Pottery",)}, ()),
        ({"orders": (NUMBER,)}, ALL_OF_IT),
        ({"orders": ("112-9999999-9999999",)}, ()),
        ({"orders": ("all",)}, ALL_OF_IT),
        ({"orders": (NUMBER,), "items": (LAMP,)}, (LAMP,)),
        ({"items": (LAMP,), "text": "cable"}, ()),  # no one item fits both
        ({"above": Decimal(29)}, ALL_OF_IT),
        ({"above": Decimal(30)}, ()),
        ({"below": Decimal(31)}, ALL_OF_IT),
        ({"below": Decimal(30)}, ()),
    ],
)
def test_all_that_a_rule_says_must_hold(told: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert titles(**told) == expected


@pytest.mark.parametrize(
    ("days", "older", "newer"),
    [(0, False, True), (2, False, False), (3, True, False)],
)
def test_an_age_holds_only_when_it_surely_does(days: int, *, older: bool, newer: bool) -> None:
    """A page names the day of an order. At noon, one of two days ago may be 36 hours old."""
    placed = TODAY - timedelta(days=days)
    seen = replace(SEEN, placed=f"{placed.day} November 2026")

    assert bool(titles(seen, older_than=timedelta(hours=48))) is older
    assert bool(titles(seen, newer_than=timedelta(hours=48))) is newer


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Arriving 26 December", (LAMP,)),
        ("Arriving 24 December", ()),
        ("Not yet shipped", ()),
    ],
)
def test_expected_after_a_day_chooses_the_items_of_that_day(
    words: str, expected: tuple[str, ...]
) -> None:
    assert titles(said(words), expected_after=date(2026, 12, 24)) == expected


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (replace(SEEN, placed="the other day"), {"older_than": timedelta(days=1)}),
        (replace(SEEN, total="free"), {"above": Decimal(1)}),
    ],
)
def test_what_cannot_be_read_is_neither_a_yes_nor_a_no(seen: Order, told: dict[str, Any]) -> None:
    with pytest.raises(Unsure, match="cannot be read"):
        titles(seen, **told)


def test_several_rules_add_up_and_the_ways_are_those_that_all_allow() -> None:
    chosen = choose(
        SEEN,
        (
            Choice("lamps", items=(LAMP,), ways=("cancel", "request")),
            Choice("cables", text="cable", ways=("cancel",), reason="Item price too high"),
            Choice("mugs", text="mug"),
        ),
        TODAY,
    )

    assert chosen is not None
    assert chosen.titles == ALL_OF_IT
    assert chosen.whole
    assert chosen.ways == ("cancel",)
    assert chosen.reason == "Item price too high"
    assert chosen.why == ("lamps: an item of that title", "cables: a title with “cable”")
