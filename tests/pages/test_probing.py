"""`unorder probe` on a saved form and on a saved answer: what they hold. Nothing of them runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from automation.cli.probing import as_text
from automation.pages.cancelling import CancelItemsPage
from automation.pages.order import OrderPage
from automation.pages.values import Items, OrderNumber
from automation.run.browser import OpenBrowser
from automation.run.probe import Probe, probe
from automation.run.visit import Visit
from mock_store.lines import Line
from mock_store.store import Store

LAMP, MUG = "Desk lamp", "Stoneware mug"
SUBMIT = {"documented": "Cancel selected items in this order", "current": "Request cancellation"}
Look = Callable[[], Probe]
# A browser saves a page as it was sent; a shopper's ticks are kept here too.
_KEEP_WHAT_IS_CHOSEN = """() => {
  for (const box of document.querySelectorAll("input[type=checkbox]"))
    box.toggleAttribute("checked", box.checked);
  for (const one of document.querySelectorAll("option"))
    one.toggleAttribute("selected", one.selected);
}"""


@pytest.fixture(params=["documented", "current"])
def layout(request: pytest.FixtureRequest) -> str:
    layout: str = request.param
    return layout


@pytest.fixture
def look(visit: Visit, tmp_path: Path, browser_of_ours: OpenBrowser) -> Look:
    """What is seen of the page that is open, once it is saved."""

    def look() -> Probe:
        visit.page.evaluate(_KEEP_WHAT_IS_CHOSEN)
        path = tmp_path / "page.html"
        path.write_text(visit.page.content())
        return probe(path, visit.storefront, browser_of_ours, url=visit.page.url)

    return look


@pytest.fixture
def form(store: Store, visit: Visit) -> CancelItemsPage:
    """The form of an order with two lamps and a mug."""
    order = store.place(Line(LAMP, quantity=2), MUG)
    return OrderPage(visit.page, visit.storefront).open(OrderNumber(order.number)).cancel_items()


def test_an_untouched_form_is_told_with_its_items(form: CancelItemsPage, look: Look) -> None:
    form.arrived().wait_for()

    seen = look()

    assert (seen.page, seen.form is None, seen.answer) == ("cancel_items", False, None)
    assert "  [ ] 2 x Desk lamp" in as_text(seen)
    assert "  [ ] 1 x Stoneware mug" in as_text(seen)


def test_a_form_is_told_with_what_is_chosen_on_it(
    form: CancelItemsPage, look: Look, layout: str
) -> None:
    form.tick(Items((MUG,)))
    form.give_reason("Item price too high")
    price = {line.title: line.price for line in form.selection().lines}
    number = form.selection().order

    told = as_text(look()).splitlines()

    assert told[-5:] == [
        f"form    of order {number}",
        f"  [ ] 2 x {LAMP}  {price[LAMP]}",
        f"  [x] 1 x {MUG}  {price[MUG]}",
        "reason  Item price too high",
        f"control {SUBMIT[layout]} (enabled)",
    ]


def test_an_answer_is_told_with_its_words_and_items(form: CancelItemsPage, look: Look) -> None:
    form.tick(Items((LAMP,)))
    form.submit().arrived().wait_for()

    seen = look()

    told = as_text(seen).splitlines()
    assert "sign    cancellation.confirms" in told
    assert told[-2].startswith("answer  Cancellation successful")
    assert told[-1] == f"  {LAMP}: Cancelled"
    assert seen.form is None
    data = json.loads(json.dumps(seen.as_data()))
    assert data["answer"]["items"] == [{"title": LAMP, "said": "Cancelled"}]


def test_a_refusal_is_told_as_one(store: Store, form: CancelItemsPage, look: Look) -> None:
    store.quirks.ask("refuses")
    form.tick(Items((LAMP,)))
    form.submit().arrived().wait_for()

    told = as_text(look())

    assert "sign    cancellation.refuses" in told
    assert "cancellation.confirms" not in told
    assert "answer  Unable to cancel requested items" in told
