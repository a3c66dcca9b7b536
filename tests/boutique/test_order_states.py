"""The states that shops have: what each leads to, where the page offers nothing or something."""

from __future__ import annotations

from typing import Any

import pytest
from boutiques import Open

from automation.outcome import Outcome
from automation.run.report import summary_line
from mock_store.rules import State

MUG = "Stoneware mug"


def called(**states: str | None) -> dict[str, Any]:
    """A profile in which the store's words mean other states."""
    return {
        "languages": {"en": {"states": {name: word and [word] for name, word in states.items()}}}
    }


@pytest.mark.parametrize(
    ("state", "told", "reason"),
    [
        ("paid", State.PREPARING, "it is paid, and its page offers no way to cancel it"),
        ("on_hold", State.PREPARING, "the store holds it, and its page offers no way to cancel it"),
        ("expired", State.DELIVERED, "it has expired: there is nothing left to cancel"),
        ("refunded", State.RETURNED, "the money back: there is nothing left to cancel"),
        ("completed", State.DELIVERED, "its page offers no way to cancel it"),
    ],
)
def test_what_did_not_ship_is_never_said_to_have(
    boutique: Open, state: str, told: State, reason: str
) -> None:
    words = {State.PREPARING: ("preparing", "In preparation"),
             State.DELIVERED: ("delivered", "Delivered"),
             State.RETURNED: ("returned", "Returned")}  # fmt: skip
    name, word = words[told]
    shop = boutique(over=called(**{name: None, state: word}))
    order = shop.place(MUG, state=told)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.REFUSED, run.reason
    assert reason in run.reason
    said = f"{summary_line(run)} {run.hint}"
    assert "shipping" not in said
    assert "parcel" not in said
    assert (order.submits, order.state) == (0, told)


def test_completed_is_cancelled_where_its_page_offers_it(boutique: Open) -> None:
    shop = boutique(over=called(ordered="In preparation", preparing=None, completed="Received"))
    order = shop.place(MUG)

    assert shop.follow(order=order.number).outcome is Outcome.CANCELLED
    assert (order.state, order.submits) == (State.CANCELLED, 1)


def test_an_offer_on_a_page_whose_state_says_shipped_is_told_to_who_wrote_it(
    boutique: Open,
) -> None:
    """Not cancelled, for its state says no; nor called too late, for its page offers it."""
    over = called(shipped="Received", ordered="On its way")
    shop = boutique(over=over)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.GUARDED, run.reason
    assert "`Received`" not in run.reason
    assert "which the profile counts as shipped; but the page offers to cancel" in run.reason
    assert run.hint is not None
    assert "list the word under another state, such as `completed`" in run.hint
    assert (order.submits, order.state) == (0, State.ORDERED)
