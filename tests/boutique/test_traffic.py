"""What a shop's pages send by themselves: it does not leave, and it ends nothing."""

from __future__ import annotations

import pytest
from boutiques import Open

from automation.outcome import Outcome
from mock_store.rules import State

MUG = "Stoneware mug"


@pytest.mark.parametrize("traffic", ["beacon", "consent", "cart", "unload", "socket", "all"])
def test_it_is_blocked_until_the_run_ends(boutique: Open, traffic: str) -> None:
    shop = boutique(f"traffic={traffic}")
    order = shop.place(MUG)

    shop.follow(order=order.number, commit=False)  # signs in, in a context of its own
    shop.store.received.clear()
    rehearsed = shop.follow(order=order.number, commit=False)
    while_rehearsing = shop.store.received.changing()
    cancelled = shop.follow(order=order.number)

    assert rehearsed.outcome is Outcome.REHEARSED, rehearsed.reason
    assert while_rehearsing == {}
    assert cancelled.outcome is Outcome.CANCELLED, cancelled.reason
    assert (order.state, order.submits) == (State.CANCELLED, 1)
    assert shop.store.received.changing() == {("POST", "/account/orders/22/cancel"): 1}
    for run in (rehearsed, cancelled):
        (note,) = (each for each in run.notes if each.startswith("blocked"))
        assert len(note.split("`")) > 2
        assert note.count("`") // 2 == len({*note.split("`")[1::2]})  # once each


def test_what_a_page_needs_is_named_where_its_step_breaks(boutique: Open) -> None:
    """The step's page comes by a POST that the profile does not declare."""
    shop = boutique("opens=post", recipe="opens-post", over={"pages": {"cancel": {"opens": [
        {"role": "link", "name": "$cancel",
         "goes_to": "GET /account/orders/{order}/cancel/options"},
        {"role": "button", "name": "Check"},
    ]}}})  # fmt: skip
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.GUARDED
    assert "sends a form to `POST /account/orders/22/check`; it was not pressed" in run.reason
    assert run.hint is not None
    assert "sends: ['POST /account/orders/{order}/check']" in run.hint
    assert (order.state, order.submits) == (State.ORDERED, 0)
