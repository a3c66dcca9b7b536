"""An order's own page: what it holds, in which state, and what may still be done."""

from __future__ import annotations

from playwright.sync_api import Locator

from automation.pages.base import PageObject, action, reading, sign
from automation.pages.cancelling import CancelItemsPage
from automation.pages.readings import Item, Order
from automation.pages.regions import Field, read_rows
from automation.pages.values import OrderNumber, folded


class OrderPage(PageObject):
    """The details of one order."""

    name = "order"

    def arrived(self) -> Locator:
        return self.page.locator("#orderDetails")

    @action(from_anywhere=True)
    def open(self, order: OrderNumber) -> OrderPage:
        """Go straight to the page of the order with this number."""
        self.page.goto(self.storefront.url("order", order=order))
        return self

    @action()
    def cancel_items(self) -> CancelItemsPage:
        """Press "Cancel items"."""
        self.offers_cancel_items().first.click()
        return CancelItemsPage(self.page, self.storefront)

    @sign
    def offers_cancel_items(self) -> Locator:
        """The order may be cancelled here: "Cancel items" is offered."""
        # Real stores repeat the link for each shipment, always with the same address.
        return self.arrived().locator("a[href*='/preship/cancel-items']").filter(visible=True)

    @sign
    def is_cancelled(self) -> Locator:
        """The whole order is cancelled."""
        return self.page.locator(".order-cancelled")

    @reading
    def read(self) -> Order:
        """The order as this page shows it: number, date, total, and each item with its state."""
        root = read_rows(
            self.arrived(),
            number=Field(".order-id bdi"),
            placed=Field(".order-date time"),
            total=Field("#od-subtotals .grand-total .amount"),
            account=Field("#account-name", ancestor="body"),
        )[0]
        rows = read_rows(
            self.arrived().locator("li.od-item"),
            title=Field(".item-title"),
            count=Field(".item-quantity .count"),
            price=Field(".item-price"),
            seller=Field(".item-seller .name"),
            said=Field(".od-status-message", ancestor="section.shipment"),
        )
        return Order(
            number=root["number"],
            placed=folded(root["placed"]),
            total=folded(root["total"]),
            account=folded(root["account"]),
            items=tuple(
                Item(
                    title=folded(row["title"]),
                    state=self.storefront.state(row["said"]),
                    said=folded(row["said"]),
                    quantity=int(row["count"] or 1),
                    price=folded(row["price"]),
                    seller=folded(row["seller"]),
                )
                for row in rows
            ),
        )
