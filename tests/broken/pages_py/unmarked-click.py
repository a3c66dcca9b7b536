"""A page that cancels by the way."""

from automation.pages.base import action
from automation.pages.described.order import DescribedOrderPage
from automation.pages.values import Items


class OrderPage(DescribedOrderPage):
    """The details of one order."""

    @action()
    def cancel_it(self, items: Items) -> None:
        """Cancel it."""
        self.press()
