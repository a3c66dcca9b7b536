"""The selectors of one store say nothing of another."""

from __future__ import annotations

import pytest
from altered import altogether, doing, replacing
from boutiques import Open
from playwright.sync_api import Page

from automation.outcome import Outcome
from automation.run.clearing import Clearing
from automation.storefronts.profile import open_storefront
from mock_store.rules import State

MUG = "Stoneware mug"
ORDER = r"/account/orders/\d+"
# By these the practice store's message page, its captcha, its popup and its pleading are known.
OTHERS = {
    "a message page": ("<main>", '<main id="message">'),
    "an offer to stay": ("<main>", '<main id="offers">'),
    "a captcha": ("</footer>", '<input name="cvf_captcha_input"></footer>'),
    "an offer that covers": ("</footer>", '<p id="popup">Buy 2, get 3</p></footer>'),
}


@pytest.mark.parametrize("looks_like", OTHERS)
def test_a_described_shop_is_known_by_what_its_profile_names_alone(
    boutique: Open, looks_like: str
) -> None:
    """Each page shows what another store is known by, before what the profile names is there."""
    alter = altogether(
        replacing(r"/account/.*", OTHERS[looks_like]),
        replacing(ORDER, ('class="details"', 'class="later"')),
        doing(ORDER, """
            setTimeout(() => { document.querySelector(".later").className = "details"; }, 1500);
        """),
    )  # fmt: skip
    shop = boutique(alter=alter)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits) == (State.CANCELLED, 1)


@pytest.mark.parametrize(("name", "covers"), [("mock", 3), ("boutique", 0)])
def test_covers_belong_to_their_storefront(name: str, covers: int) -> None:
    assert len(open_storefront(name).covers) == covers


def test_a_store_without_covers_has_nothing_to_clear(boutique: Open, page: Page) -> None:
    clearing = Clearing(page, boutique().storefront)

    clearing.begin()
    clearing.end()

    assert not clearing.shown
