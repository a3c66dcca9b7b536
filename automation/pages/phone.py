"""The store as its app shows it: a bar of tabs, and the shopper's own page behind one of them."""

from __future__ import annotations

from automation.pages.base import PageObject, action
from automation.pages.orders import OrdersPage


class AppPage(PageObject):
    """The app's first page."""

    name = "app"
    known_by = "nav.tabs"

    @action(from_anywhere=True)
    def open(self) -> AppPage:
        """Open the app."""
        self.page.goto(self.storefront.base_url)
        return self

    @action()
    def me(self) -> MePage:
        """Tap the Me tab, the second from the left."""
        self.page.locator("nav.tabs a").nth(1).click()
        return MePage(self.page, self.storefront)


class MePage(PageObject):
    """The shopper's own page."""

    name = "me"
    known_by = "main#me"

    @action()
    def your_orders(self) -> OrdersPage:
        """Tap "Your Orders"."""
        self.page.locator("#me-orders").click()
        return OrdersPage(self.page, self.storefront)
