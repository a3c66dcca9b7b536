"""A state is what the store's whole words say, or what its page shows beside them."""

from __future__ import annotations

import pytest
from boutiques import Open

from automation.outcome import Outcome
from mock_store.rules import State

MUG = "Stoneware mug"


@pytest.mark.parametrize("said", ["Canceled Reversal", "Cancelled items", "On its way back"])
def test_a_state_that_begins_like_another_is_not_taken_for_it(boutique: Open, said: str) -> None:
    """`Canceled Reversal` is an order that was taken up again."""
    shop = boutique(over={"pages": {"order": {"lines": {"state": None}}}})
    order = shop.place(MUG, says=said)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.BROKEN, run.reason
    assert f"`{said}`" in run.reason
    assert order.submits == 0


def test_what_the_page_shows_above_holds_over_the_words_for_the_state(boutique: Open) -> None:
    shop = boutique("requested=alert", recipe="requested-alert")
    order, other = shop.place(MUG, state=State.REQUESTED), shop.place(MUG)

    asked, free = shop.follow(order=order.number), shop.follow(order=other.number)

    assert asked.outcome is Outcome.REQUESTED, asked.reason
    assert "A cancellation request was received" in asked.reason
    assert free.outcome is Outcome.CANCELLED, free.reason
    assert (order.submits, other.submits) == (0, 1)
