"""Taking away what a store lays over its pages, as long as nothing is at stake."""

from __future__ import annotations

from contextlib import suppress
from functools import reduce

from playwright.sync_api import Error, Locator, Page

from automation.pages.overlay import overlay_on
from automation.pages.storefront import Storefront


class Clearing:
    """Declines the covers of one page before each action that they would be in the way of.

    It must have ended when an intent is written: from there on nothing is pressed but the control.
    """

    def __init__(self, page: Page, storefront: Storefront) -> None:
        self._page = page
        self._covers = storefront.covers
        # All in one: Playwright asks the page for each handler before each action.
        seen = [page.locator(cover.seen) for cover in self._covers]
        self._any = reduce(Locator.or_, seen).filter(visible=True).first if seen else None
        self.declined = 0  # how often something was pressed away

    def begin(self) -> None:
        if self._any:
            self._page.add_locator_handler(self._any, self._decline)

    def end(self) -> None:
        if self._any:
            self._page.remove_locator_handler(self._any)

    @property
    def shown(self) -> bool:
        """Whether one of them is there now."""
        return self._any is not None and self._any.is_visible()

    def stays(self) -> str | None:
        """Which of them is still there after it was declined; `None` where none is."""
        for cover in self._covers:
            if self.declined and cover.shown(self._page).is_visible():
                overlay = overlay_on(self._page, cover.seen)
                if self._page.locator(cover.close).count():
                    return f"the overlay {overlay} stays after `{cover.close}` was pressed"
                return f"the overlay {overlay} has no `{cover.close}` to close it"
        return None

    def _decline(self) -> None:
        self.declined += 1
        for cover in self._covers:
            with suppress(Error):  # then `stays` tells
                if cover.shown(self._page).is_visible():
                    cover.decline(self._page)
