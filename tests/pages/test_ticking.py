"""Ticking, on a page where something happens meanwhile."""

from __future__ import annotations

import pytest

from automation.pages.order import OrderPage
from automation.pages.values import Items, OrderNumber
from automation.run.visit import Visit
from mock_store.store import Store

# Comes over the page as the pointer goes down, and is gone again when it goes up.
_COMES_BETWEEN = """() => addEventListener("mousedown", () => {
  const cover = document.body.appendChild(document.createElement("div"));
  cover.style = "position: fixed; inset: 0; z-index: 9";
  addEventListener("mouseup", () => cover.remove(), {once: true});
}, {once: true, capture: true})"""


@pytest.mark.parametrize("layout", ["documented", "current", "mobile"])
def test_a_tick_that_something_else_took_is_made_again(store: Store, visit: Visit) -> None:
    order = store.place("Desk lamp", "USB-C cable")
    page = OrderPage(visit.page, visit.storefront).open(OrderNumber(order.number))
    form = page.cancel_items()
    visit.page.evaluate(_COMES_BETWEEN)

    form.tick(Items(("USB-C cable",)))

    assert form.selection().ticked == ("USB-C cable",)
