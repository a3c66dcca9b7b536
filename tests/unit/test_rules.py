"""The keep-list and the caps."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from orders import NUMBER, order

from automation.pages.readings import State
from automation.run.rules import Caps, Keep, Rules, amount

SEEN = order(("Desk lamp", State.ORDERED), ("USB-C cable", State.ORDERED), total="€ 1,030.00")


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("€ 1,234.50", "1234.50"),
        ("1.234,50 €", "1234.50"),
        ("$12.00", "12.00"),
        ("7,43 €", "7.43"),
        ("¥ 1,200", "1200"),
        ("€ 30", "30"),
        ("Rs. 80", "80"),
        ("kr. 75", "75"),
        ("S/.60", "60"),
        ("Rs. 5 000", "5000"),
        ("1'234.50 CHF", "1234.50"),
        ("$12.5", "12.5"),
        ("1.234 KWD", "1.234"),
        ("1.234 EUR", "1234"),
    ],
)
def test_reads_amounts_as_stores_write_them(shown: str, expected: str) -> None:
    assert amount(shown) == Decimal(expected)


def test_refuses_to_guess_an_amount() -> None:
    with pytest.raises(ValueError, match="no amount"):
        amount("free")
    with pytest.raises(ValueError, match="not one amount"):
        amount("€ 12.00 (was € 15.00)")


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        ("Desk lamp", "DESK LAMP"),
        ("Café mug", "Cafe\u0301 mug"),
        ("Desk lamp", "Desk\u200b lamp\u200e"),
        ("Desk  lamp", "Desk lamp"),
        ("5\u00a0m cable", "5 m cable"),
        ("Kid\u2019s lamp", "Kid's lamp"),
    ],
)
def test_how_a_title_or_a_seller_is_set_does_not_pass_the_keep_list(
    listed: str, shown: str
) -> None:
    found = order((shown, State.ORDERED))
    sold = replace(found, items=tuple(replace(item, seller=shown) for item in found.items))

    assert Rules(Keep(items=(listed,))).keeps(found, (shown,))
    assert Rules(Keep(sellers=(listed,))).keeps(sold, (shown,))


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        (Keep(orders=(NUMBER,)), True),
        (Keep(orders=("112-9999999-9999999",)), False),
        (Keep(items=("USB-C cable",)), True),
        (Keep(items=("USB-C",)), False),
        (Keep(items=("Desk lamp",)), False),  # in the order, but not wanted
        (Keep(sellers=("Varnholt",)), True),
        (Keep(above=Decimal(1000)), True),
        (Keep(above=Decimal(1030)), False),
    ],
)
def test_keeps_what_is_on_the_list(keep: Keep, *, kept: bool) -> None:
    assert (Rules(keep).keeps(SEEN, ("USB-C cable",)) is not None) is kept


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (Keep(sellers=("Fjell & Yarn",)), "does not tell who sells `USB-C cable`"),
        (Keep(items=("Birthday present",)), None),
        (Keep(orders=("112-9999999-9999999",)), None),
    ],
)
def test_a_seller_that_is_not_told_may_be_one_to_keep(keep: Keep, said: str | None) -> None:
    untold = replace(SEEN, items=tuple(replace(item, seller="") for item in SEEN.items))

    reason = Rules(keep).keeps(untold, ("USB-C cable",))

    assert reason is None if said is None else said in str(reason)


def test_an_order_that_does_not_tell_its_items_may_hold_one_to_keep() -> None:
    whole = replace(SEEN, items=(replace(SEEN.items[0], title=NUMBER),))

    assert "does not tell what is in it" in str(
        Rules(Keep(items=("Birthday present",))).keeps(whole, (NUMBER,))
    )
    assert Rules(Keep(above=Decimal(2000))).keeps(whole, (NUMBER,)) is None


@pytest.mark.parametrize(
    ("caps", "over"),
    [
        (Caps(orders_a_day=1), True),
        (Caps(orders_a_day=2), False),
        (Caps(money_a_day=Decimal(2059)), True),
        (Caps(money_a_day=Decimal(2060)), False),
    ],
)
def test_caps_count_what_was_committed_today(caps: Caps, *, over: bool) -> None:
    assert (Rules(caps=caps).over_a_cap(SEEN, (SEEN,)) is not None) is over
