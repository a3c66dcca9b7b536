"""The page objects on real pages of the store that the flows follow.

The pages are not part of this project: `pytest --captures=DIR` names a folder that holds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from automation.run.browser import OpenBrowser
from automation.run.probe import Probe, probe
from automation.storefronts.profile import open_storefront

Look = Callable[[str], Probe]

ASKS = {
    "sign-in/captcha-field-keywords.us": "a click to go on",
    "sign-in/new-otp-failed.us": "a code that it has sent",
    "sign-in/post-signin-captcha-1.us": "a captcha",
    "sign-in/post-signin-captcha-2.us": "a captcha",
    "sign-in/post-signin-captcha-3.us": "a captcha",
    "sign-in/post-signin-captcha-invalid.us": "a captcha",
    "sign-in/post-signin-captcha-otp.us": "a code that it has sent",
    "sign-in/post-signin-intent.us": "whether to make a new account",
    "sign-in/post-signin-js-bot-challenge.us": "proof that it is not a robot",
    "sign-in/post-signin-mfa-invalid-otp.us": "a code that it has sent",
    "sign-in/post-signin-mfa.us": "a code that it has sent",
    "sign-in/post-signin-new-otp.us": "a code that it has sent",
    "sign-in/waf-challenge.us": "proof that it is not a robot",
}
SIGN_IN = {  # whether the store refuses
    "sign-in/post-signin-invalid-email.us": True,
    "sign-in/post-signin-invalid-password.us": True,
    "sign-in/signin-claim-password.us": False,
    "sign-in/signin-claim-username.us": False,
    "sign-in/signin.us": False,
}
LISTS = {  # how many are on the page, how many the store states, whether there is a next page
    "order-history/history-2010-old-orders.us": (10, 12, True),
    "order-history/history-2023-old-layout-page2.us-2023-12": (10, 266, True),
    "order-history/history-2024-delivered.us-2024-11": (10, 50, True),
    "order-history/history-amazon-fresh.us-2025-01": (10, 30, False),
    "order-history/history-arriving-tomorrow-store.us-2025-04": (10, 33, True),
    "order-history/history-egift.us-2024-11": (10, 281, True),
    "order-history/history-last-page-of-25.ca-2025-06": (2, 242, False),
    "order-history/history-one-cancelled.us-2025-07": (10, 101, True),
    "order-history/history-physical-and-digital.jp-2025-01": (4, 304, False),
    "order-history/history-return-complete.ca-2025-06": (10, 242, True),
    "order-history/history-transcribed-excerpt.de-2026-09": (2, 229, True),
    "order-history/history-wholefoods.us-2024-12": (10, 281, True),
    "order-history/history-zero-orders.us": (0, 0, False),
}
ORDERS = {  # total, then each item's quantity, price, seller and state
    "order-details/details-cancellable-transcribed-excerpt.de-2026-09": (
        "7,43 €", [(1, "8,75€", "Beispielhändler GmbH", "ordered")]),
    "order-details/details-delivered-2024-layout.us-2024-10": (
        "$44.46", [(1, "$43.49", "Amazon.com", "delivered")]),
    "order-details/details-delivered-new-layout.us-2025-09": (
        "$60.88", [(1, "$7.49", "Wayuer", "delivered"), (1, "$9.98", "Amazon.com", "delivered")]),
    "order-details/details-return-complete-old-layout.us": (
        "$76.11", [(1, "$69.99", "Amazon.com Services, Inc", "returned")]),
    "order-details/details-return-complete.ca-2025-06": (
        "$19.20", [(1, "$16.99", "DEITT", "returned")]),
    "order-details/details-two-shipments-old-layout.us-2023-12": (
        "$46.61", [(1, "$14.99", "Cadeya", "delivered"),
                   (1, "$28.24", "Amazon.com Services, Inc", "delivered")]),
}  # fmt: skip
ERRORS = ["errors/error-503-something-went-wrong.us"]
_NUMBER = re.compile(r'(?:<bdi[^>]*>|dir="ltr">)\s*((?:\d{3}|D\d{2})-\d{7}-\d{7})')


@pytest.fixture
def look(captures: Path, browser_of_ours: OpenBrowser) -> Look:
    def look(name: str) -> Probe:
        language = next((lang for mark, lang in ((".de-", "de"), (".jp-", "ja")) if mark in name),
                        "en")  # fmt: skip
        storefront = open_storefront("amazon", language=language)
        return probe(captures / f"{name}.html", storefront, browser_of_ours, url=None)

    return look


def test_every_capture_is_expected_to_be_something(captures: Path) -> None:
    known = {*ASKS, *SIGN_IN, *LISTS, *ORDERS, *ERRORS}

    there = {str(path.relative_to(captures))[:-5] for path in captures.rglob("*.html")}
    assert {name for name in there if not name.startswith("journey/")} == known


@pytest.mark.parametrize(("name", "asks"), ASKS.items(), ids=ASKS)
def test_a_page_for_a_person_is_told_with_what_it_asks(look: Look, name: str, asks: str) -> None:
    seen = look(name)

    assert (seen.page, seen.asks) == ("person", asks)


@pytest.mark.parametrize(("name", "refused"), SIGN_IN.items(), ids=SIGN_IN)
def test_a_sign_in_page_is_told(look: Look, name: str, *, refused: bool) -> None:
    seen = look(name)

    assert (seen.page, "sign_in.refuses" in seen.signs) == ("sign_in", refused)


@pytest.mark.parametrize(("name", "told"), LISTS.items(), ids=LISTS)
def test_every_visible_order_of_a_list_is_read(
    look: Look, captures: Path, name: str, told: tuple[int, int, bool]
) -> None:
    seen = look(name)

    assert seen.page == "orders"
    assert seen.orders is not None
    assert (len(seen.orders.cards), seen.orders.stated, seen.orders.more) == told
    written = _NUMBER.findall((captures / f"{name}.html").read_text())
    assert list(seen.orders.numbers) == list(dict.fromkeys(written))
    assert all(card.placed for card in seen.orders.cards)
    assert ("orders.lists_orders" in seen.signs) is (told[0] > 0)


@pytest.mark.parametrize(("name", "told"), ORDERS.items(), ids=ORDERS)
def test_an_order_is_read(
    look: Look, name: str, told: tuple[str, list[tuple[int, str, str, str]]]
) -> None:
    seen = look(name)

    assert (seen.page, seen.order is None) == ("order", False)
    order = seen.order
    assert order is not None
    assert re.fullmatch(r"\d{3}-\d{7}-\d{7}", order.number)
    items = [(item.quantity, item.price, item.seller, item.state.value) for item in order.items]
    assert (order.total, items) == told
    cancellable = "cancellable" in name
    assert ("order.offers_cancel_items" in seen.signs) is cancellable


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_is_told(look: Look, name: str) -> None:
    assert look(name).page == "message"


@pytest.mark.parametrize(
    "content",
    [
        "<h1>Cancel items</h1><p>Noise Cancelling Headphones, cancelled orders</p>",
        "<div class=js-order-card>Test: .js-order-card</div>",
        "<form name=signIn hidden></form>",
        "",
    ],
)
def test_a_page_that_is_none_of_the_known_ones_is_unknown(
    browser_of_ours: OpenBrowser, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(content)

    assert probe(path, open_storefront("amazon"), browser_of_ours, url=None).page is None
