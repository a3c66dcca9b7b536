"""A flow may lead somewhere and click nothing there: for its pictures, or to see a page work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from automation.outcome import Outcome
from automation.pages.storefront import Storefront
from automation.testing.following import Follow
from mock_store.store import Store

FLOW = """\
flow: look-at
summary: Come to an order.
inputs:
  order: {type: order, means: The order.}
steps:
  - order.open: $order
"""


@pytest.fixture
def storefront(storefront: Storefront, tmp_path: Path) -> Storefront:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/look-at.yaml").write_text(FLOW)
    return replace(storefront, folder=tmp_path)


@pytest.mark.parametrize("commit", [True, False])
def test_it_ends_well(store: Store, follow: Follow, commit: bool) -> None:
    order = store.place("Desk lamp")

    run = follow("look-at", order=order.number, commit=commit)

    assert run.outcome is Outcome.REHEARSED
    assert run.reason == "the flow ends without a click that cannot be undone"
    assert [step.word for step in run.steps] == ["order.open"]
    assert (order.state, order.submits) == ("ordered", 0)
