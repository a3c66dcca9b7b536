"""What the ini file may leave out of runs on a mock store."""

from __future__ import annotations

import pytest

from automation.outcome import Outcome
from automation.testing.following import Follow
from mock_store.store import Store


@pytest.fixture(autouse=True)
def captcha(store: Store) -> None:
    """Whoever signs in is asked for one."""
    store.quirks.add("captcha", how="sign_in")


def test_runs_begin_signed_in(store: Store, follow: Follow) -> None:
    for account in ("robin", "sam"):
        order = store.place("Desk lamp", account=account)

        run = follow("cancel-items", order=order.number, account=account)

        assert run.outcome is Outcome.CANCELLED


@pytest.mark.parametrize("signed_in", [False])
def test_or_sign_in_first(store: Store, follow: Follow) -> None:
    order = store.place("Desk lamp")

    assert follow("cancel-items", order=order.number).outcome is Outcome.NEEDS_PERSON


@pytest.mark.parametrize(("each_step", "pictured"), [(True, 5), (False, 2)])
def test_each_step_is_pictured_or_the_click(store: Store, follow: Follow, pictured: int) -> None:
    run = follow("cancel-items", order=store.place("Desk lamp").number)

    assert sum(step.picture is not None for step in run.steps) == pictured
