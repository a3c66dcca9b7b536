"""The practice store's own pages: what they say is approved, and they keep nobody out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from automation.pages.asking import AskedPage, ReturnPage
from automation.pages.cancelling import CancelItemsPage, CancellationPage
from automation.pages.values import Items
from automation.run.visit import Visit
from automation.testing.accessibility import Violation
from automation.testing.outlines import Outlines
from mock_store.rules import Plan
from mock_store.store import LAYOUTS, Store
from mock_store.subscribing import MEMBERSHIP, subscribe

# `current` is as real pages are, and page objects must bear that: headings skip levels, a cancelled
# order has none of the first, and the form has no title and a second banner.
LIKE_REAL_ONES = {
    ("current", "order"): ("heading-order",),
    ("current", "order-shipped"): ("heading-order",),
    ("current", "order-delivered"): ("heading-order",),
    ("current", "order-of-a-seller"): ("heading-order",),
    ("current", "order-cancelled"): ("heading-order", "page-has-heading-one"),
    ("current", "cancel-items"): (
        "document-title",
        "landmark-banner-is-top-level",
        "landmark-no-duplicate-banner",
        "landmark-unique",
    ),
}
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
LAMP, CABLE, MUG, POT = "Desk lamp", "USB-C cable", "Stoneware mug", "Terracotta plant pot"
OPEN, GONE, AWAY, HERE, ASK, WRITE = (f"112-000000{n}-0000000" for n in range(1, 7))


def furnish(store: Store) -> dict[str, str]:
    """A store that shows something on each of its pages; the ids of its subscriptions."""
    store.clock.set(NOW)
    store.place(POT, number=WRITE, placed=NOW - timedelta(hours=72))
    store.place(LAMP, number=HERE, state="delivered", placed=NOW - timedelta(days=8))
    store.place(LAMP, number=AWAY, state="shipped", placed=NOW - timedelta(days=1))
    store.place(CABLE, number=GONE, state="cancelled", placed=NOW - timedelta(hours=9))
    store.place(MUG, number=ASK, placed=NOW - timedelta(hours=5))
    store.place(LAMP, CABLE, number=OPEN, placed=NOW)
    return {
        "ink": subscribe(store, "Ink refills").token,
        "plus": subscribe(store, MEMBERSHIP).token,
        "theirs": subscribe(store, "Larkspur Monthly", Plan.ELSEWHERE).token,
    }


def walk(page: Page, visit: Visit, ids: dict[str, str]) -> Iterator[str]:
    """Go from page to page of the store; yields the name of each."""
    details, seller = "/your-orders/order-details?orderID=", "&seller=Brightwell%20Pottery"
    for name, path in {
        "home": "/",
        "sign-in": "/ap/signin",
        "me": "/me",
        "orders": "/your-orders/orders",
        "search": f"/your-orders/search?search={OPEN}",
        "order": f"{details}{OPEN}",
        "order-cancelled": f"{details}{GONE}",
        "order-shipped": f"{details}{AWAY}",
        "order-delivered": f"{details}{HERE}",
        "order-of-a-seller": f"{details}{ASK}",
        "request": f"/ask/request-cancellation?orderID={ASK}{seller}",
        "contact": f"/ask/contact-seller?orderID={WRITE}{seller}",
        "memberships": "/yourmembershipsandsubscriptions",
        "manage": f"/subscriptions/manage?id={ids['ink']}",
        "manage-elsewhere": f"/subscriptions/manage?id={ids['theirs']}",
        "end-subscription": f"/subscriptions/main?id={ids['ink']}",
        "offers": f"/subscriptions/offers?id={ids['plus']}",
        "not-found": f"{details}112-9999999-9999999",
    }.items():
        page.goto(f"{visit.storefront.base_url}{path}", wait_until="networkidle")
        yield name
    for plea in range(1, 5):  # each comes after the one before it; one too many is the last page
        page.goto(f"{visit.storefront.base_url}/subscriptions/offers?id={ids['plus']}&page={plea}",
                  wait_until="networkidle")  # fmt: skip
    yield "end-membership"
    yield from cancel(page, visit)
    yield from send_back(page, visit)


def cancel(page: Page, visit: Visit) -> Iterator[str]:
    form = CancelItemsPage(page, visit.storefront)
    page.goto(f"{visit.storefront.base_url}/progress-tracker/package/preship/cancel-items"
              f"?orderID={OPEN}", wait_until="networkidle")  # fmt: skip
    yield "cancel-items"
    form.tick(Items((CABLE,)))
    form.press()
    CancellationPage(page, visit.storefront).arrived().wait_for()
    page.wait_for_load_state("networkidle")
    yield "cancellation"


def send_back(page: Page, visit: Visit) -> Iterator[str]:
    form = ReturnPage(page, visit.storefront)
    page.goto(f"{visit.storefront.base_url}/ask/returns/cart?orderID={HERE}",
              wait_until="networkidle")  # fmt: skip
    yield "return"
    form.tick(Items())
    form.give_reason("Other")
    form.press()
    AskedPage(page, visit.storefront).arrived().wait_for()
    page.wait_for_load_state("networkidle")
    yield "return-started"


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(each, marks=pytest.mark.thorough if each == "documented" else ())
        for each in LAYOUTS
    ],
)
def test_each_page_reads_as_approved_and_keeps_nobody_out(
    store: Store,
    visit: Visit,
    layout: str,
    outline: Outlines,
    violations: Callable[..., list[Violation]],
    subtests: pytest.Subtests,
) -> None:
    ids = furnish(store)

    for name in walk(visit.page, visit, ids):
        with subtests.test(name):
            borne = LIKE_REAL_ONES.get((layout, name), ())
            assert violations(visit.page, without=borne) == []
            outline(visit.page, f"{layout}-{name}")
