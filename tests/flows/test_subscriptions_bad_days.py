"""Subscriptions that are not there, are over, are somebody else's, or will not let go."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from automation.errors import InputError
from automation.outcome import Outcome
from automation.run.record import Run
from mock_store.rules import Plan
from mock_store.store import Store
from mock_store.subscribing import MEMBERSHIP, subscribe

pytestmark = pytest.mark.thorough

Follow = Callable[..., Run]
INK = "Ink refills"


def test_an_offer_without_a_declared_no_is_for_a_person(store: Store, follow: Follow) -> None:
    membership = subscribe(store, MEMBERSHIP)
    store.quirks.add("retention_offer", how="unknown")

    run = follow("end-prime", membership=MEMBERSHIP)

    assert run.outcome is Outcome.NEEDS_PERSON
    assert "Switch to yearly and save" in run.reason
    assert (membership.plan, membership.submits) == (Plan.RENEWING, 0)


@pytest.mark.parametrize(
    ("plan", "outcome"),
    [
        (Plan.ENDING, Outcome.ALREADY_CANCELLED),
        (Plan.ENDED, Outcome.ALREADY_CANCELLED),
        (Plan.ELSEWHERE, Outcome.NEEDS_PERSON),
    ],
)
def test_what_needs_no_click_gets_none(
    store: Store, follow: Follow, plan: Plan, outcome: Outcome
) -> None:
    subscription = subscribe(store, INK, plan)

    run = follow("end-subscription", subscription=INK)

    assert run.outcome is outcome, run.reason
    assert (subscription.plan, subscription.submits) == (plan, 0)


def test_one_that_is_not_listed_is_not_found(store: Store, follow: Follow) -> None:
    subscribe(store, INK)

    run = follow("end-subscription", subscription="Ink refill")

    assert run.outcome is Outcome.NOT_FOUND
    assert f"`{INK}`" in run.reason


def test_a_refusal_is_told(store: Store, follow: Follow) -> None:
    subscription = subscribe(store, INK)
    store.quirks.add("refuses")

    run = follow("end-subscription", subscription=INK)

    assert run.outcome is Outcome.REFUSED
    assert (subscription.plan, subscription.submits) == (Plan.RENEWING, 1)


def test_rehearsing_ends_nothing(store: Store, follow: Follow) -> None:
    subscription = subscribe(store, MEMBERSHIP)

    run = follow("end-prime", commit=False, membership=MEMBERSHIP)

    assert run.outcome is Outcome.REHEARSED
    assert (subscription.plan, subscription.submits) == (Plan.RENEWING, 0)


def test_when_it_ends_is_one_of_two(store: Store, follow: Follow) -> None:
    subscription = subscribe(store, MEMBERSHIP)

    with pytest.raises(InputError, match="does not offer `soon`"):
        follow("end-prime", membership=MEMBERSHIP, when="soon")

    assert subscription.submits == 0
