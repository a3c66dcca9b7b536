"""The boutique as it is, with its adapter as it is."""

from __future__ import annotations

from boutiques import Open

from automation.outcome import Outcome
from mock_store.rules import State

MUG, THROW = "Stoneware mug", "Wool throw"


def test_the_bundled_flow_is_followed_word_for_word(boutique: Open) -> None:
    shop = boutique()
    order, other = shop.place(MUG, THROW), shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED
    assert (order.submits, order.executions, run.requests_seen) == (1, 1, 1)
    assert order.state == State.CANCELLED
    assert other.state == State.ORDERED
