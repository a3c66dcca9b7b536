"""A page that needs no click."""

import urllib.request

from automation.pages.described.order import DescribedOrderPage


class OrderPage(DescribedOrderPage):
    """The details of one order."""

    def cancel(self) -> None:
        """Send it."""
        self.page.request.fetch("/orders/22/cancel", method="POST")
