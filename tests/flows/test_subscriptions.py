"""Ending subscriptions and the membership, on each face of the store and in each language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from automation.outcome import Outcome
from automation.pages.storefront import Patience, Storefront
from automation.run.record import Run
from mock_store.rules import Plan
from mock_store.store import LAYOUTS, Store
from mock_store.subscribing import MEMBERSHIP, subscribe

Follow = Callable[..., Run]
INK = "Ink refills"


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> str:
    layout: str = request.param
    return layout


@pytest.fixture(params=["en", "nl", "de"])
def language(request: pytest.FixtureRequest) -> str:
    language: str = request.param
    return language


@pytest.fixture
def storefront(storefront: Storefront) -> Storefront:
    return replace(storefront, patience=Patience(step=8, action=3, answer=3, settle=3))


@pytest.mark.parametrize("plan", [Plan.RENEWING, Plan.TRIAL])
def test_ends_the_one_that_is_meant(store: Store, follow: Follow, plan: Plan) -> None:
    other = subscribe(store, f"{INK} (colour)", plan)
    meant = subscribe(store, INK, plan)

    run = follow("end-subscription", subscription=INK)

    assert run.outcome is Outcome.SUBSCRIPTION_ENDED, run.reason
    assert (meant.plan, meant.submits) == (Plan.ENDING, 1)
    assert (other.plan, other.submits) == (plan, 0)


@pytest.mark.parametrize(("when", "plan"), [("on_date", Plan.ENDING), ("now", Plan.ENDED)])
def test_answers_every_offer_to_stay(store: Store, follow: Follow, when: str, plan: Plan) -> None:
    membership = subscribe(store, MEMBERSHIP)

    run = follow("end-prime", membership=MEMBERSHIP, when=when)

    assert run.outcome is Outcome.SUBSCRIPTION_ENDED, run.reason
    assert (membership.plan, membership.submits) == (plan, 1)
