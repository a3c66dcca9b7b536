"""Whether lines account for what their order's page says of all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from orders import order

from automation.pages.readings import Counted, Order, Priced, State, Sums
from automation.run.completeness import not_accounted_for, the_authors_word, what_proves_the_lines

ONE = order(("Mug", State.ORDERED), ("Throw", State.ORDERED))  # € 10.00 each
TWICE = replace(ONE, items=(replace(ONE.items[0], quantity=2), ONE.items[1]))


@pytest.mark.parametrize(
    ("read", "tally"),
    [
        (ONE, None),
        (ONE, Sums(vouched=True)),
        (ONE, Sums(subtotal="€ 20.00")),
        (ONE, Sums(count="2 items")),
        (ONE, Sums(subtotal="20,00 €", count="2", vouched=True)),
        (TWICE, Sums(subtotal="€ 30.00", priced=Priced.EACH)),
        (TWICE, Sums(subtotal="€ 20.00", priced=Priced.LINE)),
        (TWICE, Sums(count="2 lines", counted=Counted.LINES)),
        (TWICE, Sums(count="3 pieces", counted=Counted.PIECES)),
    ],
)
def test_lines_that_account_for_all(read: Order, tally: Sums | None) -> None:
    assert not_accounted_for(replace(read, tally=tally)) is None


@pytest.mark.parametrize(
    ("read", "tally", "said"),
    [
        (ONE, Sums(), "cannot be proved"),
        (
            ONE,
            Sums(subtotal="€ 30.00"),
            "its page says € 30.00, and the lines that were read add up to 20.00",
        ),
        (ONE, Sums(subtotal="€ 30.00", vouched=True), "add up to 20.00"),
        (
            ONE,
            Sums(subtotal="€ 20.00", count="3"),
            "its page says `3`, and what was read is 2 pieces of 2 lines",
        ),
        (ONE, Sums(count="1"), "its page says `1`, and what was read is 2 pieces of 2 lines"),
        (ONE, Sums(count=""), "no count of its lines can be read: `nothing`"),
        (ONE, Sums(subtotal=""), "no subtotal of its lines can be read: `nothing`"),
        (ONE, Sums(subtotal="free"), "no subtotal of its lines can be read: `free`"),
        # What was read twice could be two of the one thing, or the other thing that is missing.
        (TWICE, Sums(count="2"), "write `counted: lines` or `counted: pieces`"),
        (TWICE, Sums(count="3"), "write `counted: lines` or `counted: pieces`"),
        (
            TWICE,
            Sums(count="2", counted=Counted.PIECES),
            "what was read is 3 pieces of 2 lines",
        ),
        (TWICE, Sums(subtotal="€ 30.00"), "write `priced: each` or `priced: line`"),
        (TWICE, Sums(subtotal="€ 20.00"), "write `priced: each` or `priced: line`"),
        (TWICE, Sums(subtotal="€ 20.00", priced=Priced.EACH), "add up to 30.00"),
    ],
)
def test_lines_that_may_be_missing(read: Order, tally: Sums, said: str) -> None:
    found = not_accounted_for(replace(read, tally=tally))

    assert said in str(found)


def test_a_price_that_cannot_be_read_proves_nothing() -> None:
    free = replace(ONE, items=(replace(ONE.items[0], price="free"), ONE.items[1]))

    found = not_accounted_for(replace(free, tally=Sums(subtotal="€ 10.00")))

    assert found == "the price of `Mug` cannot be read: `free`"


def test_what_is_noted_of_lines() -> None:
    vouched = replace(ONE, tally=Sums(vouched=True))

    assert "`order.lines.complete`" in the_authors_word(vouched)[0]
    assert what_proves_the_lines(vouched) == the_authors_word(vouched)
    assert "would hold this order back" in what_proves_the_lines(replace(ONE, tally=Sums()))[0]
    proved = replace(ONE, tally=Sums(count="2", vouched=True))
    assert the_authors_word(proved) == what_proves_the_lines(proved) == []
    assert the_authors_word(ONE) == what_proves_the_lines(ONE) == []
