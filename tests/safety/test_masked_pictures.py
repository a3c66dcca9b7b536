"""Two people, one order: their masked pictures and outlines do not differ.

So nothing personal can be seen in them, wherever a page shows it. The two are named in figures that
are equally wide, since a cover is as wide as what it covers.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from automation.pages.sign_in import HomePage
from automation.run.accounts import Account, Written
from automation.run.browser import OpenBrowser
from automation.run.evidence import Evidence
from automation.run.masking import Masker
from automation.run.visit import visiting
from automation.storefronts.profile import open_storefront
from mock_store.lines import Line
from mock_store.people import Person
from mock_store.server import serve
from mock_store.store import LAYOUTS, Store
from mock_store.subscribing import subscribe

pytestmark = pytest.mark.thorough

NUMBER = "112-4419326-1180247"
ADDRESSES = (
    "/",
    "/your-orders/orders",
    f"/your-orders/order-details?orderID={NUMBER}",
    f"/progress-tracker/package/preship/cancel-items?orderID={NUMBER}",
    "/yourmembershipsandsubscriptions",
    "/none",
)
# What a store gives goods and subscriptions by chance; nothing of it is a person's.
TOKEN = re.compile(rb"\b[0-9a-f]{16}\b")
# All pictures are there, and cards that come later than their page have come.
SETTLED = """() => document.querySelectorAll(".order-slot").length === 0
  && [...document.images].every(image => image.complete)"""


@pytest.fixture
def signed_in() -> bool:
    return False


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
    return {path.name: TOKEN.sub(b"", path.read_bytes()) for path in sorted(folder.iterdir())}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Which of them differ; a picture does if any of its pixels can be seen to."""
    return [name for name in one if not alike(name, one[name], other[name])]


def alike(name: str, one: bytes, other: bytes) -> bool:
    if not name.endswith(".png"):
        return one == other
    first, second = (
        np.asarray(Image.open(BytesIO(each)).convert("RGB")).astype(int) for each in (one, other)
    )
    if first.shape != second.shape:
        return False
    # Lines that stand between two rows of pixels are drawn now on the upper, now on the lower one,
    # on a ground that is not the same there. Six and nine differ more, as the next test shows.
    moved = (np.roll(second, rows, axis=0) for rows in (-1, 0, 1))
    least = np.min([np.abs(first - each).max(axis=2) for each in moved], axis=0)
    return bool(least.max() <= 64)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pictures_and_outlines_of_two_people_are_the_same(
    browser_of_ours: OpenBrowser, tmp_path: Path, layout: str
) -> None:
    one, other = (
        kept_of(somebody(figure), layout, browser_of_ours, tmp_path / figure) for figure in "69"
    )

    assert len(one) == 2 * len(ADDRESSES)
    assert one.keys() == other.keys()
    assert differing(one, other) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_without_a_mask_they_would_differ(
    browser_of_ours: OpenBrowser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    monkeypatch.setattr(Masker, "personal", "")
    monkeypatch.setattr(Masker, "learn", lambda *_: None)

    one, other = (
        kept_of(somebody(figure), layout, browser_of_ours, tmp_path / figure) for figure in "69"
    )

    assert differing(one, other) == list(one)
