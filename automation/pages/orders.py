"""Your Orders: the list of everything that an account has ordered."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, TimeoutError  # noqa: A004

from automation.pages.base import PageObject, action, reading, sign
from automation.pages.order import OrderPage
from automation.pages.readings import Card, OrderList
from automation.pages.regions import Field, read_rows
from automation.pages.tally import Tally
from automation.pages.values import OrderNumber

# The number's own element: on the real store's older pages a label stands beside it.
_NUMBER = ".yohtmlc-order-id bdi, .yohtmlc-order-id span[dir=ltr]"
# Date, total and recipient, in this order: the store as documented, then the real one's pages.
_FACTS = (
    ".order-head dd, .order-facts .placed, .order-header .value,"
    " .order-header .a-size-base.a-color-secondary, .order-info .value"
)
_TITLES = ".yohtmlc-product-title, .item-box a[href*='asin_title'], .shipment a[href*='asin_title']"
_STATUS = ".delivery-box__primary-text, .shipment .shipment-top-row .a-text-bold"
_OFFERS = (
    ".yohtmlc-shipment-level-connections a, .yohtmlc-item-level-connections a,"
    " .a-button-text, .actions a"
)
_FAILED = 400  # the lowest HTTP status of a page that did not come
_ENCRYPTED = ".csd-encrypted-sensitive"


class OrderNotListed(Exception):  # noqa: N818 (a fact about the list, judged by whoever asked)
    """An order is on none of the pages that were read. *read* is what they held.

    *shown* is the name of a control on them that names the order all the same.
    """

    def __init__(self, number: str, read: Tally, shown: str | None = None) -> None:
        super().__init__(f"{number} is not among {read.read} of {read.stated} orders")
        self.number = number
        self.read = read
        self.shown = shown


class OrdersPage(PageObject):
    """The order list, a page at a time."""

    name = "orders"
    known_by = "#your-orders, .your-orders-content-container"

    @action(from_anywhere=True)
    def open(self) -> OrdersPage:
        """Go to Your Orders."""
        self.page.goto(self.storefront.url("orders"))
        return self

    @action()
    def open_order(self, order: OrderNumber) -> OrderPage:
        """Open the order with this number."""
        self.settled()
        if not self._on_this_page(order) and not self._finds(order):
            self._walk_to(order)
        self._card(order).locator("a[href*='order-details']").first.click()
        return OrderPage(self.page, self.storefront)

    @reading
    def read(self) -> OrderList:
        """The orders on this page, and how many the store says there are."""
        rows = read_rows(
            self.page.locator(".order-card"),
            number=Field(f"{_NUMBER}, bdi"),
            facts=Field(_FACTS, every=True),
            items=Field(_TITLES, every=True),
            said=Field(_STATUS, every=True),
            offers=Field(_OFFERS, every=True),
        )
        return OrderList(
            # A card without a number is an advertisement that looks like one.
            cards=tuple(_card(row) for row in rows if row["number"]),
            stated=self._stated(),
            more=self._next.count() > 0,
        )

    @sign
    def lists_orders(self) -> Locator:
        """At least one order is shown."""
        return self.page.locator(".order-card")

    def settled(self) -> None:
        """Wait until the list is there, and until cards that come encrypted have filled in."""
        if self.is_there(without=_ENCRYPTED):
            return
        filled_in = self.page.locator(f"body:not(:has({_ENCRYPTED}))")
        patience = self.storefront.patience.step * 1000
        filled_in.locator(self.arrived()).wait_for(timeout=patience)

    def turn(self) -> OrdersPage:
        """Go on to the list's next page."""
        with self.page.expect_navigation():
            self._next.click()
        return self

    def _card(self, order: str) -> Locator:
        exactly = re.compile(rf"^\s*{re.escape(order)}\s*$")
        number = self.page.locator(_NUMBER).filter(has_text=exactly)
        return self.page.locator(".order-card").filter(has=number)

    def _on_this_page(self, order: str) -> bool:
        return self._card(order).count() > 0

    def _finds(self, order: str) -> bool:
        """Search for it, where the list can be searched. Whether that shows it."""
        box = self.page.locator("#searchOrdersInput")
        if box.count() == 0:
            return False
        box.fill(order)
        with self.page.expect_navigation() as came:
            box.press("Enter")
        answer = came.value
        if answer and answer.status >= _FAILED:
            return False  # the list itself can still be read
        try:
            self.arrived().first.wait_for()
        except TimeoutError:
            return False  # it is shown in a way that is not known
        self.settled()
        return self._on_this_page(order)

    def _walk_to(self, order: str) -> None:
        """Read the whole list, page after page, until the order is on the page shown."""
        self.open()
        self.settled()
        tally = Tally()
        while True:
            listed = self.read()
            tally.add(listed)
            if order in listed.numbers:
                return
            if not listed.more:
                raise OrderNotListed(order, tally)
            self.turn().settled()

    @property
    def _next(self) -> Locator:
        return self.page.locator("ul.pagination li.last a[href], ul.a-pagination li.a-last a[href]")

    def _stated(self) -> int | None:
        counts = self.page.locator(".num-orders, label.time-filter__label b").filter(visible=True)
        if counts.count() == 0:
            return None
        digits = re.sub(r"\D", "", counts.first.inner_text())
        return int(digits) if digits else None


def _card(row: dict[str, str]) -> Card:
    facts = [fact for fact in row["facts"].splitlines() if fact != row["number"]]
    return Card(
        number=row["number"],
        placed=facts[0] if facts else "",
        total=facts[1] if len(facts) > 1 and re.search(r"\d", facts[1]) else "",
        items=tuple(dict.fromkeys(row["items"].splitlines())),
        said=tuple(row["said"].splitlines()),
        offers=tuple(dict.fromkeys(row["offers"].splitlines())),
    )
