"""Taking away what a store lays over its pages, as long as nothing is at stake."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Error, Page

from automation.pages.covers import COVERS, Cover
from automation.pages.storefront import Storefront


class Clearing:
    """Declines the covers of one page before each action that they would be in the way of.

    It must have ended when an intent is written: from there on nothing is pressed but the control.
    """

    def __init__(self, page: Page, storefront: Storefront) -> None:
        self._page = page
        self._covers = (*COVERS, *storefront.covers)

    def begin(self) -> None:
        for cover in self._covers:
            self._page.add_locator_handler(cover.shown(self._page), self._decline(cover))

    def end(self) -> None:
        for cover in self._covers:
            self._page.remove_locator_handler(cover.shown(self._page))

    def _decline(self, cover: Cover) -> Callable[[], None]:
        def decline() -> None:
            with suppress(Error):  # then the action it is in the way of tells
                cover.decline(self._page)

        return decline
