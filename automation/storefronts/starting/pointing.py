"""Pointing at something: with Playwright's own picker, while nothing can leave the page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Route


def point(page: Page) -> Locator:
    """What a person clicks on next. It is not pressed.

    The picker takes up to a second until it catches clicks. One that comes before would reach the
    page; so nothing that the page then asks for is let out until something was pointed at.
    """
    page.context.route("**/*", _stay)
    try:
        return page.pick_locator()
    finally:
        page.context.unroute("**/*", _stay)


def _stay(route: Route) -> None:
    route.abort("aborted")
