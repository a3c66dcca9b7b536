"""The keep-list and the caps."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from orders import NUMBER, order

from automation.pages.readings import State, Sums
from automation.run.amounts import amount
from automation.run.rules import Caps, Keep, Rules

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
        (Keep(items=("USB-C",)), True),
        (Keep(items=("USB",)), True),
        (Keep(items=("cab",)), False),  # no word of its own
        (Keep(items=("USB-C cable (2 m), white",)), True),
        (Keep(items=("cable USB-C",)), False),
        (Keep(exactly=("USB-C",)), False),
        (Keep(exactly=("usb-c cable",)), True),
        (Keep(items=("Desk lamp",)), False),  # in the order, but not wanted
        (Keep(sellers=("Varnholt",)), True),
        (Keep(sellers=("varnholt shop",)), False),
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


@pytest.mark.parametrize(
    ("listed", "shown", "kept"),
    [
        ("Birthday present", "Birthday present (GIFT1)", True),
        ("Gift box", "Gift-box \u00d7 1", True),
        ("Birthday present for Kim", "Birthday present", True),
        ("Gift", "Giftbox", False),
        ("未発送", "商品未発送です", True),  # no blanks part these words
        ("🎁", "A 🎁 for Kim", True),
        ("🎁", "A thing for Kim", False),
    ],
)
def test_a_title_that_says_more_or_less_may_be_the_one_to_keep(
    listed: str, shown: str, *, kept: bool
) -> None:
    reason = Rules(Keep(items=(listed,))).keeps(order((shown, State.ORDERED)), (shown,))

    assert (reason is not None) is kept
    assert not kept or (f"`{shown}`" in str(reason) and f"`{listed}`" in str(reason))


@pytest.mark.parametrize("kept", [Keep(items=("Toy",)), Keep(exactly=("Toy",)),
                                  Keep(sellers=("Nobody",))])  # fmt: skip
def test_lines_that_may_be_missing_may_be_ones_to_keep(kept: Keep) -> None:
    unproved, proved = (
        replace(SEEN, tally=Sums()),
        replace(SEEN, tally=Sums(count="2 items")),
    )

    assert "lines cannot be proved" in str(Rules(kept).keeps(unproved, ("USB-C cable",)))
    assert Rules(kept).keeps(proved, ("USB-C cable",)) is None
    assert Rules(Keep(orders=("1",))).keeps(unproved, ("USB-C cable",)) is None


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
