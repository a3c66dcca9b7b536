"""One account may have two names in the configuration; its orders are the same ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from automation.errors import TryLater
from automation.outcome import Outcome
from automation.pages.storefront import Patience, Storefront
from automation.run.accounts import Account, Written
from automation.run.facts import Subject
from automation.run.lock import locked
from automation.run.settings import Settings
from automation.testing.following import Follow
from mock_store.store import Store


@pytest.fixture
def unorder_settings() -> Settings:
    def robin(name: str) -> Account:
        return Account(name, "mock", Written("robin@varnholt.test"), Written("lantern-oak-42"))

    return Settings({name: robin(name) for name in ("private", "shop")})


@pytest.fixture
def storefront(storefront: Storefront) -> Storefront:
    return replace(storefront, patience=Patience(step=10, action=5, answer=5, settle=3))


@pytest.mark.parametrize("mode", ["legacy"], indirect=True)
def test_a_click_that_is_not_settled_is_not_made_by_the_other(store: Store, follow: Follow) -> None:
    order = store.place("Desk lamp")
    store.quirks.add("says_cancelled_but_is_not", times=1)

    first = follow("cancel-items", order=order.number, account="private")
    second = follow("cancel-items", order=order.number, account="shop")

    assert (first.outcome, second.outcome) == (Outcome.UNKNOWN, Outcome.UNKNOWN)
    assert second.reason == "a click on this order, as the account `private`, is not settled yet"
    assert order.submits == 1


def test_the_other_waits_while_one_is_at_it(
    store: Store, storefront: Storefront, follow: Follow
) -> None:
    order = store.place("Desk lamp")

    with (
        locked(Subject(storefront.key, "private", order.number).whoever),
        pytest.raises(TryLater, match=order.number),
    ):
        follow("cancel-items", order=order.number, account="shop")

    assert order.submits == 0
