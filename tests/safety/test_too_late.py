"""A click is made soon after its intent, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from automation.outcome import Outcome
from automation.pages.storefront import Patience, Storefront
from automation.run import site as site_module
from automation.run.elapsed import elapsed
from automation.run.network.request_blocker import RequestBlocker
from automation.testing.following import Follow
from mock_store.store import Store


@pytest.fixture
def storefront(storefront: Storefront) -> Storefront:
    return replace(storefront, patience=Patience(step=10, action=5, answer=2, settle=2))


def test_time_that_passes_in_the_last_moment_counts(
    store: Store, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = store.place("Desk lamp")
    slept, admitted = [0.0], RequestBlocker.admit_the_click

    def sleeping(blocker: RequestBlocker) -> None:
        slept[0] = 12.0  # as a machine that is closed in this moment
        admitted(blocker)

    monkeypatch.setattr(site_module, "elapsed", lambda: elapsed() + slept[0])
    monkeypatch.setattr(RequestBlocker, "admit_the_click", sleeping)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.NOT_CANCELLED
    assert order.submits == 0
