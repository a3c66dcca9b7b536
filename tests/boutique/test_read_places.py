"""Where a shop writes more than what is read, or writes it into an address."""

from __future__ import annotations

from boutiques import Open

from automation.outcome import Outcome
from mock_store.rules import State

MUG = "Stoneware mug"
IN_ITS_ADDRESS = r"orders/(\d+)"


def test_the_stores_own_number_is_read_from_an_address(boutique: Open) -> None:
    own = {"css": "a.cancel", "attribute": "href", "match": IN_ITS_ADDRESS}
    shop = boutique("confirm=link", recipe="confirm-link", over={"pages": {"order": {"id": own}}})
    order = shop.place(MUG)

    run = shop.follow(commit=False, order=order.number)

    assert run.outcome is Outcome.REHEARSED, run.reason
    assert run.before is not None
    assert run.before.id == order.number
    assert order.submits == 0


def test_a_row_is_known_by_a_number_that_only_its_link_holds(boutique: Open) -> None:
    number = {"css": "a.view", "attribute": "href", "match": IN_ITS_ADDRESS}
    shop = boutique(over={"pages": {"orders": {"number": number}}})
    order, other = shop.place(MUG), shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.submits, other.submits, other.state) == (1, 0, State.ORDERED)
