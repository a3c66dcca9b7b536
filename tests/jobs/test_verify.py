"""`unorder verify`, on a store of its own: requests that are decided, money that is paid."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from commands import Command

from automation.outcome import Outcome
from automation.run.record import Run
from mock_store.rules import State
from mock_store.store import Store

Follow = Callable[..., Run]


def test_a_request_is_asked_about_until_it_is_decided(
    command: Command, store: Store, follow: Follow
) -> None:
    asked = store.clock.now() - timedelta(hours=5)
    yes, no = (store.place("Oak step stool", placed=asked) for _ in range(2))
    for order in (yes, no):
        assert follow("cancel-order", order=order.number).outcome is Outcome.REQUESTED

    waiting, _, _ = command("verify", "--json")
    yes.approve()
    no.deny()
    code, out, _ = command("verify", "--json")

    told = {each["order"]: each["outcome"] for each in map(json.loads, out.splitlines())}
    assert waiting == 8
    assert told == {yes.number: "cancelled", no.number: "refused"}
    assert code == 4
    assert [yes.submits, no.submits] == [1, 1]


def test_money_is_watched_until_it_is_paid(command: Command, store: Store, follow: Follow) -> None:
    order = store.place("Desk lamp", state=State.DELIVERED)
    assert (
        follow("start-return", order=order.number, reason="Other").outcome is Outcome.RETURN_STARTED
    )

    promised = command("verify")[1]
    store.clock.advance("6d")
    paid = command("verify")[1]
    after = command("verify")

    assert f"order {order.number}: Refund of €49.00 expected by" in promised
    assert f"order {order.number}: Refund of €49.00 paid on" in paid
    assert (after[0], after[2].strip()) == (0, "nothing is open")
