"""The adapters that come with unorder, as far as they can be proved without their stores."""

from __future__ import annotations

import pytest

from automation.flow.library import Library
from automation.flow.proof import followed_flows, problems_of
from automation.pages.base import Aim
from automation.pages.storefront import HowSure
from automation.storefronts.profile import known_storefronts, open_storefront

DESCRIBED = {
    "boutique": HowSure.PROVED,
    "magento": HowSure.DOCUMENTED,
    "oscar": HowSure.PROVED,
    "pretix": HowSure.PROVED,
    "pretix-guest": HowSure.PROVED,
    "shopware": HowSure.DOCUMENTED,
    "woocommerce": HowSure.PROVED,
}
SHOP = "https://shop.example/my-account/"


@pytest.mark.parametrize("name", known_storefronts())
def test_each_holds_in_each_of_its_languages(name: str) -> None:
    for language in open_storefront(name).languages:
        storefront = open_storefront(name, language=language)

        assert problems_of(storefront, Library.of(storefront)) == []


@pytest.mark.parametrize(("name", "how_sure"), DESCRIBED.items(), ids=DESCRIBED)
def test_each_says_when_and_how_it_is_known_and_follows_the_bundled_flows(
    name: str, how_sure: HowSure
) -> None:
    storefront = open_storefront(name)

    assert storefront.proof is not None
    assert storefront.proof.how_sure is how_sure
    flows = followed_flows(storefront, Library.of(storefront))
    assert {"cancel-items", "cancel-order"} <= set(flows)


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        (f"GET /cart/?cancel_order=true&order=wc_x1&order_id=22&redirect={SHOP}&_wpnonce=a1", True),
        (f"GET /cart/?cancel_order=true&order=wc_x1&order_id=222&redirect={SHOP}", False),
        ("GET /my-account/view-order/22/", False),
        ("POST /cart/?cancel_order=true&order=wc_x1&order_id=22&redirect=x", False),
    ],
)
def test_woocommerce_cancels_by_a_link_of_just_this_order(address: str, *, is_it: bool) -> None:
    described = open_storefront("woocommerce").description
    assert described is not None

    assert Aim(described.cancel.commit.request, address, "22", "").is_right is is_it
