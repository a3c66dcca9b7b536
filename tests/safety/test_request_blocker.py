"""Nothing that may change a store leaves a visit's pages before the click, whoever sends it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from boutiques import ADAPTER
from carriers import PAGES, carriers
from playwright.sync_api import Browser, BrowserContext, Error

from automation.pages.readings import Order
from automation.pages.request_patterns import RequestPattern
from automation.run.network.request_blocker import RequestBlocker
from automation.storefronts.profile import open_storefront

PATIENCE = 5.0  # seconds
ORDER = Order("22", "", "", (), "")
# Nothing of Playwright's or the browser's protocol stops a socket in a worker (docs/security.md).


@pytest.fixture
def site() -> Iterator[tuple[str, Counter[str]]]:
    with carriers() as site:
        yield site


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(service_workers="block") as context:
        context.new_page()
        yield context


def blocker_on(context: BrowserContext, url: str, *reads: str) -> RequestBlocker:
    storefront = open_storefront(str(ADAPTER), base_url=url)
    declared = tuple(RequestPattern(*each.split(" ")) for each in reads)
    blocker = RequestBlocker(context, replace(storefront, reads=declared))
    blocker.begin()
    blocker.about(ORDER)
    blocker.step_begins("order.cancel_items")
    return blocker


def press(context: BrowserContext, url: str, name: str, done: Callable[[], object]) -> None:
    """Press what the page shows, and wait until *done*: it is blocked, or has arrived."""
    page = context.pages[0]
    page.goto(f"{url}/{name}")
    page.get_by_text("go").first.click(no_wait_after=True)
    until = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < until:
        with suppress(Error):  # the page may be on its way elsewhere
            page.evaluate("new Promise(requestAnimationFrame)")


@pytest.mark.parametrize("carrier", PAGES)
def test_nothing_leaves(
    context: BrowserContext, site: tuple[str, Counter[str]], carrier: str
) -> None:
    url, arrived = site
    blocker = blocker_on(context, url, "POST /reads")

    press(context, url, carrier, lambda: blocker.blocked or arrived[carrier])
    blocker.end()

    assert arrived[carrier] == 0
    assert {each.request.partition("?")[0].partition(" ")[2] for each in blocker.blocked} == {
        f"/x/{carrier}"
    }


@pytest.mark.parametrize("carrier", PAGES)
@pytest.mark.thorough
def test_it_would_have_arrived(
    context: BrowserContext, site: tuple[str, Counter[str]], carrier: str
) -> None:
    """So that the test before this one can fail."""
    url, arrived = site

    press(context, url, carrier, lambda: arrived[carrier])

    assert arrived[carrier] >= 1


def test_what_the_profile_declares_leaves(
    context: BrowserContext, site: tuple[str, Counter[str]]
) -> None:
    url, arrived = site
    blocker = blocker_on(context, url, "POST /x/fetch")

    press(context, url, "fetch", lambda: arrived["fetch"])
    blocker.end()

    assert arrived["fetch"] == 1
    assert blocker.blocked == []


def test_another_context_is_left_alone(
    context: BrowserContext, browser: Browser, site: tuple[str, Counter[str]]
) -> None:
    """A project's own tests share the browser."""
    url, arrived = site
    blocker = blocker_on(context, url)

    with browser.new_context() as another:
        another.new_page()
        press(another, url, "form", lambda: arrived["form"])
    blocker.end()

    assert arrived["form"] == 1
    assert blocker.blocked == []
