"""Ending subscriptions and the membership, on each face of the store and in each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from automation.outcome import Outcome
from automation.run.record import Run
from mock_store.rules import Plan
from mock_store.store import LAYOUTS, Store
from mock_store.subscribing import MEMBERSHIP, subscribe

Follow = Callable[..., Run]
INK = "Ink refills"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_ends_the_one_that_is_meant(store: Store, follow: Follow) -> None:
    other = subscribe(store, f"{INK} (colour)")
    meant = subscribe(store, INK, Plan.TRIAL)

    run = follow("end-subscription", subscription=INK)

    assert run.outcome is Outcome.SUBSCRIPTION_ENDED, run.reason
    assert (meant.plan, meant.submits) == (Plan.ENDING, 1)
    assert (other.plan, other.submits) == (Plan.RENEWING, 0)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_answers_every_offer_to_stay(store: Store, follow: Follow) -> None:
    membership = subscribe(store, MEMBERSHIP)

    run = follow("end-prime", membership=MEMBERSHIP)

    assert run.outcome is Outcome.SUBSCRIPTION_ENDED, run.reason
    assert (membership.plan, membership.submits) == (Plan.ENDING, 1)


def test_ends_at_once_only_when_told(store: Store, follow: Follow) -> None:
    membership = subscribe(store, MEMBERSHIP)

    run = follow("end-prime", membership=MEMBERSHIP, when="now")

    assert run.outcome is Outcome.SUBSCRIPTION_ENDED, run.reason
    assert membership.plan is Plan.ENDED
