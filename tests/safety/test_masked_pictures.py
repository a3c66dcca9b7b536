"""Two people, one order: their masked pictures and outlines do not differ by a single byte.

So nothing personal can be seen in them, wherever a page shows it. The two are named in figures that
are equally wide, since a cover is as wide as what it covers.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from automation.pages.sign_in import HomePage
from automation.run.accounts import Account, Written
from automation.run.browser import OpenBrowser
from automation.run.evidence import Evidence
from automation.run.masking import Masker
from automation.run.visit import visiting
from automation.storefronts.profile import open_storefront
from mock_store.server import serve
from mock_store.store import LAYOUTS, Line, Person, Store
from mock_store.subscribing import subscribe

NUMBER = "112-4419326-1180247"
ADDRESSES = (
    "/",
    "/your-orders/orders",
    f"/your-orders/order-details?orderID={NUMBER}",
    f"/progress-tracker/package/preship/cancel-items?orderID={NUMBER}",
    "/yourmembershipsandsubscriptions",
    "/none",
)
# All pictures are there, and cards that come later than their page have come.
SETTLED = """() => document.querySelectorAll(".order-slot").length === 0
  && [...document.images].every(image => image.complete)"""


def somebody(figure: str) -> Person:
    return Person(
        "robin",
        name=f"Robin {figure * 6}",
        email=f"robin.{figure * 4}@varnholt.test",
        password="lantern-oak-42",
        code="314159",
        address=f"Robin {figure * 6}\n{figure * 2} Kiln Lane\n{figure * 4} AB Westerhaven",
        payment=f"Visa ending in {figure * 4}",
    )


def kept_of(person: Person, layout: str, browser: OpenBrowser, folder: Path) -> dict[str, bytes]:
    """Every picture and outline of this person's pages."""
    store = Store(layout=layout, people=(person,))
    store.clock.set(datetime(2026, 11, 24, 12, tzinfo=UTC))
    store.place(
        "Desk lamp", Line("Stoneware mug", seller="Brightwell Pottery"), number=NUMBER,
        placed=datetime(2026, 11, 24, 10, tzinfo=UTC),
    )  # fmt: skip
    subscribe(store, "Ink refills")
    folder.mkdir()
    with serve(store) as url:
        storefront = open_storefront("mock", base_url=url)
        masker = Masker(storefront)
        account = Account("robin", "mock", Written(person.email), Written(person.password))
        with visiting(browser, storefront, account, masker, phone=layout == "mobile") as visit:
            for number, address in enumerate(ADDRESSES):
                visit.page.goto(url + address)
                assert person.name in HomePage(visit.page, storefront).account_name.inner_text()
                visit.page.wait_for_function(SETTLED)
                Evidence(folder, masker).capture(visit.page, f"{number}")
    store.close()
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pictures_and_outlines_of_two_people_are_the_same(
    browser_of_ours: OpenBrowser, tmp_path: Path, layout: str
) -> None:
    one, other = (
        kept_of(somebody(figure), layout, browser_of_ours, tmp_path / figure) for figure in "69"
    )

    assert len(one) == 2 * len(ADDRESSES)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_without_a_mask_they_would_differ(
    browser_of_ours: OpenBrowser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    monkeypatch.setattr(Masker, "covers", lambda *_: [])
    monkeypatch.setattr(Masker, "learn", lambda *_: None)

    one, other = (
        kept_of(somebody(figure), layout, browser_of_ours, tmp_path / figure) for figure in "69"
    )

    assert [name for name in one if one[name] == other[name]] == []
