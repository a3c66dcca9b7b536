"""An order's own page: what it holds, in which state, and what may still be done."""

from __future__ import annotations

from playwright.sync_api import Error, Locator

from automation.pages.asking import ContactPage, RequestPage, ReturnPage
from automation.pages.base import PageObject, action, reading, sign
from automation.pages.cancelling import CancelItemsPage
from automation.pages.readings import Item, Order, State, Way
from automation.pages.regions import Block, Field, count_in, read_blocks
from automation.pages.values import OrderNumber, folded, order_in

# Each selector names the store as documented first, then the real one's pages, newest first.
_ORDER = "#orderDetails"
_CANCELLED_BANNER = "[data-component=cancelledOrderBanner] .a-alert-heading"
_ITEM = (
    "li.od-item,"
    " [data-component=purchasedItems]:not(:has([data-component=purchasedItems])),"
    " .yohtmlc-item"
)
_SELLER = ".item-seller .name, [data-component=orderedMerchant], .a-size-small.a-color-secondary"
_SHIPMENT = "section.shipment, .a-box"
_REQUEST = "a[href*='/request-cancellation']"
_CONTACT = "a[href*='/contact-seller']"
_RETURN = "a[href*='/returns/cart']"
_FOLDED_AWAY = ".show-more"
_STATUS = "h2.od-status-message, h4.od-status-message, .shipment-top-row .a-text-bold"
_OWN = {
    "number": Field(".order-id bdi, .order-date-invoice-item bdi, [data-component=orderId]"),
    "placed": Field(".order-date time, .order-date-invoice-item, [data-component=orderDate]"),
    "total": Field("#od-subtotals .amount, #od-subtotals .a-color-base.a-text-bold", last=True),
    "account": Field("#account-name", ancestor="body"),
    "banner": Field(_CANCELLED_BANNER),
    "refunds": Field(".refund", every=True),
    "messages": Field(".seller-message", ancestor="body", every=True),
    "folded_away": Field(_FOLDED_AWAY),
}
_EACH = {
    "title": Field(".item-title, [data-component=itemTitle], a[href*='_asin_title_']"),
    "count": Field(".item-quantity, .od-item-view-qty"),
    "price": Field(".item-price, [data-component=unitPrice] .a-offscreen, .a-color-price"),
    "seller": Field(_SELLER),
    "said": Field(_STATUS, ancestor=_SHIPMENT),
    "request": Field(_REQUEST, ancestor=_SHIPMENT),
    "contact": Field(_CONTACT, ancestor=_SHIPMENT),
    "returns": Field(_RETURN, ancestor=_SHIPMENT),
    "elsewhere": Field(".not-in-app", ancestor=_SHIPMENT),
}


class OrderPage(PageObject):
    """The details of one order."""

    name = "order"
    known_by = _ORDER

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

    @action()
    def show_more_items(self) -> None:
        """Tap "Show more items" where some are folded away."""
        for folded_away in self.arrived().locator(_FOLDED_AWAY).all():
            folded_away.click()

    @action()
    def request_cancellation(self) -> RequestPage:
        """Press "Request cancellation"."""
        self.offers_request().first.click()
        return RequestPage(self.page, self.storefront)

    @action()
    def contact_seller(self) -> ContactPage:
        """Press "Contact seller"."""
        self.offers_contact().first.click()
        return ContactPage(self.page, self.storefront)

    @action()
    def return_items(self) -> ReturnPage:
        """Press "Return or replace items"."""
        self.offers_return().first.click()
        return ReturnPage(self.page, self.storefront)

    @sign
    def offers_request(self) -> Locator:
        """The seller may be asked to cancel: "Request cancellation" is offered."""
        return self.arrived().locator(_REQUEST).filter(visible=True)

    @sign
    def offers_contact(self) -> Locator:
        """The seller may only be written to: "Contact seller" is offered."""
        return self.arrived().locator(_CONTACT).filter(visible=True)

    @sign
    def offers_return(self) -> Locator:
        """The order may be returned: "Return or replace items" is offered."""
        return self.arrived().locator(_RETURN).filter(visible=True)

    @sign
    def has_shipped(self) -> Locator:
        """The order, or a part of it, has entered the shipping process."""
        return self._said(State.SHIPPED, State.DELIVERED)

    @sign
    def is_not_in_app(self) -> Locator:
        """The order is digital, and cannot be cancelled on a phone."""
        return self.arrived().locator(".not-in-app").filter(visible=True)

    @sign
    def is_cancelled(self) -> Locator:
        """The whole order is cancelled."""
        return self.page.locator(f".order-cancelled, {_CANCELLED_BANNER}")

    @reading
    def read(self) -> Order:
        """The order as this page shows it: number, date, total, and each item with its state.

        What a phone folds away is unfolded first.
        """
        block = self._block()
        if block.own["folded_away"]:
            self.show_more_items()
            block = self._block()
        root = block.own
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
                    way=_way(row),
                )
                for row in block.rows
            ),
            messages=len(root["messages"].splitlines()),
            whole=self.storefront.state(root["banner"]) if root["banner"] else None,
            refunds=tuple(root["refunds"].splitlines()),
        )

    def _block(self) -> Block:
        blocks = read_blocks(self.page, _ORDER, own=_OWN, rows=_ITEM, each=_EACH)
        if not blocks:
            raise Error("the order was on its page, and is not seen there any more")
        return blocks[0]

    def _said(self, *states: State) -> Locator:
        said = self.arrived().locator(_STATUS)
        return said.filter(has_text=self.storefront.saying(*states))


def _way(row: dict[str, str]) -> Way:
    if row["request"]:
        return Way.REQUEST
    if row["contact"]:
        return Way.CONTACT
    if row["elsewhere"]:
        return Way.ELSEWHERE
    return Way.RETURN if row["returns"] else Way.CANCEL
