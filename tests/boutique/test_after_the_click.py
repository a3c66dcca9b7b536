"""A page that sends again after the one click, and flows that make none."""

from __future__ import annotations

import pytest
from altered import doing
from boutiques import Boutique, Open

from automation.outcome import Outcome
from mock_store.rules import State

MUG = "Stoneware mug"
ORDER = "/account/orders/22"
AGAIN = f"fetch('{ORDER}/cancel', {{method: 'POST', body: new URLSearchParams({{again: 1}})}})"
LOOKS_AT = """\
flow: look-at-question
summary: Come to the question, and answer nothing.
inputs:
  order: {type: order, means: The order.}
steps:
  - orders.open
  - orders.open_order: $order
  - order.cancel_items
"""


def test_a_page_that_sends_again_is_blocked_and_its_answer_is_heard(boutique: Open) -> None:
    """The page of the answer repeats what the click sent, as some scripts do."""
    answers = f"if (location.search.includes('said=')) setInterval(() => {AGAIN}, 50)"
    shop = boutique(alter=doing(ORDER, answers))
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED
    assert run.said == "Order 22 has been cancelled."
    assert (order.state, order.submits) == (State.CANCELLED, 1)
    assert any("`POST /account/orders/22/cancel`" in note for note in run.notes)


def test_a_click_that_a_script_makes_two_requests_of_is_one(boutique: Open) -> None:
    doubles = """
      document.addEventListener("submit", event => {
        fetch(event.target.action, {method: "POST", body: new FormData(event.target)});
      }, true)"""
    shop = boutique(alter=doing(ORDER, doubles))
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED
    assert (order.state, order.submits) == (State.CANCELLED, 1)


@pytest.fixture
def looking(boutique: Open) -> Boutique:
    """A boutique with a flow of its own that comes to the question and clicks nothing."""
    shop = boutique(over={"title": "A shop with a flow of its own"})
    folder = shop.storefront.folder
    assert folder is not None
    (folder / "flows").mkdir()
    (folder / "flows/look-at-question.yaml").write_text(LOOKS_AT)
    return shop


def test_a_flow_without_a_click_is_followed_to_its_end(looking: Boutique) -> None:
    order = looking.place(MUG)

    run = looking.follow("look-at-question", order=order.number)

    assert run.outcome is Outcome.REHEARSED, run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)
