"""When a list is known to be whole."""

from __future__ import annotations

import pytest

from automation.pages.readings import Card, OrderList
from automation.pages.tally import GoesInCircles, Tally


def page(*numbers: str, stated: int | None = None, last: bool = False, unnumbered: int = 0,
         ) -> OrderList:  # fmt: skip
    cards = tuple(Card(number, "", "", (), (), ()) for number in numbers)
    return OrderList(cards, stated, more=not last, last=last, unnumbered=unnumbered)


def tally(*pages: OrderList) -> Tally:
    made = Tally()
    for each in pages:
        made.add(each)
    return made


@pytest.mark.parametrize(
    ("pages", "whole", "gap"),
    [
        ([page("1", stated=1)], True, ""),
        ([page(stated=0)], True, ""),
        ([page("1", stated=2, last=True)], False,
         "1 order was read, and the store says that there are 2"),
        ([page("1", "2"), page("3", last=True)], True, ""),
        ([page("1", "2"), page("3")], False, "3 orders were read, and this store states no count"),
        ([page("1", last=True, unnumbered=1)], False,
         "1 order was read, 1 row holds no number, and this store states no count"),
        ([page(last=True, unnumbered=12)], False, "12 rows, no number in any of them"),
        ([page(last=True)], False, "0 orders were read, and this store states no count"),
    ],
)  # fmt: skip
def test_whole_by_count_or_by_the_last_page(
    pages: list[OrderList],
    whole: bool,
    gap: str,
) -> None:
    read = tally(*pages)

    assert (read.whole, read.gap) == (whole, gap)


def test_a_page_with_a_shell_keeps_the_list_from_being_whole() -> None:
    assert not tally(page("1", unnumbered=1), page("2", last=True)).whole


def test_a_page_that_holds_nothing_new_ends_the_reading() -> None:
    with pytest.raises(GoesInCircles, match=r"page 3 of the order list repeats .* after 4 orders"):
        tally(page("1", "2"), page("3", "4"), page("1", "2"))


def test_a_list_that_grows_on_its_page_goes_on() -> None:
    assert tally(page("1", "2"), page("1", "2", "3", last=True)).read == 3
