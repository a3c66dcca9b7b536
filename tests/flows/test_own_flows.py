"""A storefront's own flows, and its own words, are there for every command that takes a flow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Command
from process import closing, start

from mock_store.rules import State
from mock_store.store import Store

ROOT = Path(__file__).parents[2]
FLOW = """\
flow: drop-one
summary: Cancel one thing, by the order's own address.
inputs:
  order: {type: order, means: The order.}
  items: {type: items, means: Which.}
steps:
  - order.open: $order
  - order.cancel_items:
  - cancel_items.tick: $items
  - cancel_items.submit:
ends:
  cancelled: {cancellation.confirms: $items}
"""
PAGES = '''
from automation.pages.order import OrderPage
from automation.pages.base import sign
from playwright.sync_api import Locator


class OwnOrderPage(OrderPage):
    """An order, with a ribbon that no other store has."""

    @sign
    def has_a_ribbon(self) -> Locator:
        """There is a ribbon."""
        return self.page.locator(".ribbon")
'''


@pytest.fixture
def own(tmp_path: Path) -> str:
    """The practice store's profile, with a flow and a page of its own."""
    folder = tmp_path / "own"
    (folder / "flows").mkdir(parents=True)
    profile = (ROOT / "automation/storefronts/mock/profile.yaml").read_text()
    (folder / "profile.yaml").write_text(profile)
    (folder / "pages.py").write_text(PAGES)
    (folder / "flows/drop-one.yaml").write_text(FLOW)
    return str(folder)


def test_they_are_listed_with_those_that_it_can_follow(own: str, command: Command) -> None:
    _, ours, _ = command("flows", "--store", own)
    _, everybodys, _ = command("flows")
    _, shops, _ = command("flows", "--store", "woocommerce")

    assert "drop-one" in ours
    assert "cancel-items" in ours
    assert "drop-one" not in everybodys
    assert "cancel-order" in shops
    assert "end-prime" not in shops


def test_its_words_are_told_and_are_in_its_schema(own: str, command: Command) -> None:
    _, words, _ = command("words", "--store", own)
    _, schema, _ = command("schema", "--store", own)
    _, everybodys, _ = command("schema")

    assert "order.has_a_ribbon" in words
    assert "order.has_a_ribbon" in json.dumps(json.loads(schema))
    assert "ribbon" not in everybodys


def test_a_guide_tells_of_one(own: str, store: Store, address: str, tmp_path: Path) -> None:
    order = store.place("Desk lamp", "USB-C cable")

    made = start(
        "guide", "drop-one", f"order={order.number}", "items=USB-C cable", "--commit",
        "--store", own, "--base-url", address, "--out", str(tmp_path), "--format", "md",
    )  # fmt: skip

    assert made.returncode == 0, made.stderr
    assert order.states() == {"Desk lamp": State.ORDERED, "USB-C cable": State.CANCELLED}
    told = (tmp_path / "drop-one.en.md").read_text()
    assert "Cancel one thing, by the order's own address." in told
    assert len(list(tmp_path.rglob("*.png"))) >= 4


@pytest.mark.thorough
def test_a_film_of_one_is_drawn_again_when_its_store_is_named(
    own: str, store: Store, address: str, tmp_path: Path
) -> None:
    order = store.place("Desk lamp", "USB-C cable")
    where = ("--store", own, "--out", str(tmp_path), "--size", "640x360")

    made = start("film", "drop-one", f"order={order.number}", "items=USB-C cable", *where,
                 "--base-url", address)  # fmt: skip
    film = tmp_path / "drop-one.en.mp4"
    first = film.read_bytes()
    film.unlink()
    again = start("film", "--render", str(tmp_path / "drop-one.en.timeline"), *where)

    assert made.returncode == 0, made.stderr
    assert order.submits == 0  # a film of a store that is not the practice store rehearses
    assert again.returncode == 0, again.stderr
    assert film.read_bytes() == first


def test_a_saved_page_is_read_by_its_own_page_object(own: str, tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_text(
        "<title>Order</title><h1>Order Details</h1><div id='orderDetails'>"
        "<p class='ribbon'>For you</p></div>"
    )

    seen = start("probe", str(saved), "--store", own, "--json")

    assert "order.has_a_ribbon" in closing(seen)["signs"], seen.stdout + seen.stderr
