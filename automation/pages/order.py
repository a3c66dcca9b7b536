"""An order's own page: what it holds, in which state, and what may still be done."""

from __future__ import annotations

from playwright.sync_api import Locator

from automation.pages.base import PageObject, action, reading, sign
from automation.pages.cancelling import CancelItemsPage
from automation.pages.readings import Item, Order
from automation.pages.regions import Field, count_in, read_rows
from automation.pages.values import OrderNumber, folded, order_in

# Each selector names the store as documented first, then the real one's pages, newest first.
_CANCELLED_BANNER = "[data-component=cancelledOrderBanner] .a-alert-heading"
_ITEM = (
    "li.od-item,"
    " [data-component=purchasedItems]:not(:has([data-component=purchasedItems])),"
    " .yohtmlc-item"
)
_SELLER = ".item-seller .name, [data-component=orderedMerchant], .a-size-small.a-color-secondary"
_STATUS = "h2.od-status-message, h4.od-status-message, .shipment-top-row .a-text-bold"


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
        return self.page.locator(f".order-cancelled, {_CANCELLED_BANNER}")

    @reading
    def read(self) -> Order:
        """The order as this page shows it: number, date, total, and each item with its state."""
        root = read_rows(
            self.arrived(),
            number=Field(".order-id bdi, .order-date-invoice-item bdi, [data-component=orderId]"),
            placed=Field(".order-date time, .order-date-invoice-item, [data-component=orderDate]"),
            total=Field(
                "#od-subtotals .amount, #od-subtotals .a-color-base.a-text-bold", last=True
            ),
            account=Field("#account-name", ancestor="body"),
            banner=Field(_CANCELLED_BANNER),
        )[0]
        rows = read_rows(
            self.arrived().locator(_ITEM),
            title=Field(".item-title, [data-component=itemTitle], a[href*='_asin_title_']"),
            count=Field(".item-quantity, .od-item-view-qty"),
            price=Field(".item-price, [data-component=unitPrice] .a-offscreen, .a-color-price"),
            seller=Field(_SELLER),
            said=Field(_STATUS, ancestor="section.shipment, .a-box"),
        )
        return Order(
            # A cancelled order's page may hold nothing but that; its address still names it.
            number=folded(root["number"]) or order_in(self.page.url),
            placed=folded(root["placed"]),
            total=folded(root["total"]),
            account=folded(root["account"]),
            items=tuple(
                Item(
                    title=folded(row["title"]),
                    state=self.storefront.state(row["said"]),
                    said=folded(row["said"]),
                    quantity=count_in(row["count"], default=1),
                    price=folded(row["price"]),
                    seller=folded(row["seller"].rpartition(":")[2]),
                )
                for row in rows
            ),
            whole=self.storefront.state(root["banner"]) if root["banner"] else None,
        )
