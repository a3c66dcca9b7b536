"""`unorder canary`: what has moved since it was last seen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from process import closing, start

from automation.jobs.canary import Moved, remember
from automation.pages.landmarks import Landmarks
from mock_store.store import Store

TODAY = datetime.now(UTC).date().isoformat()
FORM = Landmarks("/cancel", "Cancel items", "form#cancel-items-form", "button#submit", "Cancel")
LIST = Landmarks("/orders", "Your Orders", "main#your-orders")


@pytest.mark.parametrize(
    ("changed", "what", "now"),
    [
        ({"address": "/your-orders/cancel"}, "the address", "/your-orders/cancel"),
        ({"heading": "Cancel"}, "the heading", "Cancel"),
        ({"landmark": "form#c"}, "the landmark", "form#c"),
        ({"wording": "Cancel checked items"}, "the wording of the control", "Cancel checked items"),
    ],
)
def test_tells_what_has_moved_once(
    tmp_path: Path, changed: dict[str, str], what: str, now: str
) -> None:
    path = tmp_path / "memory.json"

    assert remember(path, {"orders": LIST, "cancel_items": FORM}) == ()
    (moved,) = remember(path, {"orders": LIST, "cancel_items": replace(FORM, **changed)})
    was = getattr(FORM, next(iter(changed)))
    assert moved == Moved("cancel_items", what, was, now, TODAY)
    assert remember(path, {"cancel_items": replace(FORM, **changed)}) == ()


def test_the_first_that_moved_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    remember(path, {"orders": LIST, "cancel_items": FORM})

    moved = remember(path, {"orders": replace(LIST, heading="Orders"),
                            "cancel_items": replace(FORM, heading="x")})  # fmt: skip

    assert [each.page for each in moved] == ["orders", "cancel_items"]


def test_a_memory_that_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    path.write_text("not JSON")

    assert remember(path, {"orders": LIST}) == ()
    assert json.loads(path.read_text())["orders"]["seen"] == TODAY


def test_walks_to_the_last_click_and_no_further(store: Store, address: str) -> None:
    store.place("Linen notebook", state="shipped")
    order = store.place("Desk lamp")

    first = start("canary", "--base-url", address)
    store.layout = "current"
    second = start("canary", "cancel-items", "--base-url", address, "--json")

    assert first.returncode == 0, first.stderr
    assert order.submits == 0
    told = closing(second)
    assert (second.returncode, told["outcome"]) == (4, "rehearsed")
    assert told["moved"][0]["page"] == "orders"
    assert told["moved"][0]["last_seen"] == TODAY


def test_without_an_order_to_walk_on_it_is_tried_later(store: Store, address: str) -> None:
    store.place("Linen notebook", state="shipped")

    ended = start("canary", "--base-url", address)

    assert ended.returncode == 75
    assert "no order of the account offers what `cancel-items` is about" in ended.stderr
