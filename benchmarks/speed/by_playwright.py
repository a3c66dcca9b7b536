"""A bare Playwright script, signed in already: the shortest, and with the page loads of ours."""

from __future__ import annotations

import sys
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.speed.turns import ORDERS, Errand, details_link, errand, take_turns

BUTTON = "Cancel selected items in this order"


def to_the_form(page: Page, told: Errand, number: str) -> str:
    """Come to the filled-in form, click by click. Returns the order's own address."""
    page.goto(urljoin(told.url, ORDERS))
    page.locator(details_link(number)).first.click()
    page.locator("#orderDetails").wait_for()
    order = page.url
    page.get_by_role("link", name="Cancel items").first.click()
    page.get_by_role("checkbox").first.check()
    return order


def submit(page: Page) -> None:
    page.get_by_role("button", name=BUTTON).click()
    page.locator("#cancel-summary").wait_for()


def shortest(browser: Browser, told: Errand, number: str) -> None:
    context = browser.new_context(storage_state=told.state)
    page = context.new_page()
    to_the_form(page, told, number)
    submit(page)
    context.close()


def same_loads(browser: Browser, told: Errand, number: str) -> None:
    """Also what a run of ours looks at: the order before the click, and twice after it.

    In one second page, as ours does: a new one each time costs as much as a page of the store.
    """
    context = browser.new_context(storage_state=told.state)
    page = context.new_page()
    order = to_the_form(page, told, number)
    aside = context.new_page()
    look_at(aside, order)
    submit(page)
    look_at(aside, order)
    look_at(aside, order)
    context.close()


def look_at(aside: Page, order: str) -> None:
    aside.goto(order)
    aside.locator("#orderDetails").wait_for()


def main() -> None:
    told = errand(sys.argv[1])
    act = {"shortest": shortest, "same-loads": same_loads}[sys.argv[2]]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=told.browser, args=list(told.arguments)
        )
        take_turns(lambda number: act(browser, told, number))
        browser.close()


if __name__ == "__main__":
    main()
