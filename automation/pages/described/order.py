"""An order's own page, where the profile says what it shows."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, TimeoutError  # noqa: A004

from automation.pages.base import action, reading, sign
from automation.pages.cancelling import CancelItemsPage
from automation.pages.choosing import NoWay
from automation.pages.described.cancelling import DescribedCancelItemsPage, aim_of
from automation.pages.described.orders import DescribedOrdersPage
from automation.pages.description import Begins, LinesPart, Opener
from automation.pages.order import OrderPage
from automation.pages.orders import OrdersPage
from automation.pages.pressing import Press
from automation.pages.readings import Item, Order, State, Way
from automation.pages.regions import count_in
from automation.pages.spots import either, find, text_at
from automation.pages.values import OrderNumber

_OPEN = (State.ORDERED, State.PREPARING)
_LATE = 1.5  # seconds that a page's script may take to offer what its server did not


class DescribedOrderPage(OrderPage):
    """The details of one order."""

    def arrived(self) -> Locator:
        return either(self.page, self.described.order.here)

    @property
    def sought(self) -> str:
        return str(self.described.order.here)

    @action(from_anywhere=True)
    def open(self, order: OrderNumber) -> OrderPage:
        """Go to the page of the order with this number: by its address, else by the list."""
        if "order" in self.storefront.addresses:
            self.page.goto(self.storefront.url("order", order=order))
            return self
        return self.turn_to(OrdersPage).open().open_order(order)

    @action()
    def cancel_items(self) -> CancelItemsPage:
        """Go where the order can be cancelled, without doing it."""
        part, order = self.described.cancel, self.read()
        page = self.turn_to(CancelItemsPage)
        assert isinstance(page, DescribedCancelItemsPage)
        page.about(order)
        if part.begins is Begins.ROW:
            orders = self.turn_to(OrdersPage).open()
            assert isinstance(orders, DescribedOrdersPage)
            page.in_row(orders.row_of(order.number))
        for opener in part.opens:
            self._press(page.root if opener is part.opens[0] else None, opener, order.number)
        return page

    @sign
    def offers_cancel_items(self) -> Locator:
        """The order may be cancelled: the page offers it, or its row in the list may."""
        part = self.described.cancel
        if part.begins is Begins.ROW:
            return self._said(*_OPEN)
        return either(self.page, part.first, order=self._number())

    @sign
    def offers_request(self) -> Locator:
        """The seller may be asked to cancel. Not on this store's pages."""
        return self.nothing()

    @sign
    def offers_contact(self) -> Locator:
        """The seller may only be written to. Not on this store's pages."""
        return self.nothing()

    @sign
    def offers_return(self) -> Locator:
        """The order may be returned. Not on this store's pages."""
        return self.nothing()

    @sign
    def is_not_in_app(self) -> Locator:
        """The order cannot be cancelled on a phone. Not on this store's pages."""
        return self.nothing()

    @sign
    def has_shipped(self) -> Locator:
        """The order has entered the shipping process."""
        return self._said(State.SHIPPED, State.DELIVERED)

    @sign
    def is_cancelled(self) -> Locator:
        """The whole order is cancelled."""
        return self._said(State.CANCELLED)

    @reading
    def read(self) -> Order:
        """The order as this page shows it: number, date, total, and each line with its state."""
        part, tried = self.described.order, self.described.fallbacks
        said = text_at(self.page, part.state, tried)
        whole = self.storefront.state(said)
        number = self._number()
        way = self._way(whole, number)
        items = self._lines(part.lines, said, way) if part.lines else ()
        total = text_at(self.page, part.total, tried)
        if not items and part.lines is None:
            # A store that shows no lines: the order itself is the one thing to cancel.
            items = (Item(number, whole, said, 1, total, "", way),)
        return Order(
            number=number,
            placed=text_at(self.page, part.placed, tried),
            total=total,
            items=items,
            account=text_at(self.page, self.described.account, tried),
            whole=whole if whole is State.CANCELLED else None,
        )

    def _lines(self, part: LinesPart, said: str, way: Way) -> tuple[Item, ...]:
        tried = self.described.fallbacks
        lines = []
        for row in find(self.page, part.rows, tried).all():
            own = text_at(row, part.state, tried) or said
            lines.append(
                Item(
                    title=text_at(row, part.title, tried),
                    state=self.storefront.state(own),
                    said=own,
                    quantity=count_in(text_at(row, part.quantity, tried), default=1),
                    price=text_at(row, part.price, tried),
                    seller=text_at(row, part.seller, tried),
                    way=way,
                )
            )
        return tuple(lines)

    def _number(self) -> str:
        text = text_at(self.page, self.described.order.number, self.described.fallbacks)
        found = re.search(self.storefront.order_number, text)
        return found[0] if found else ""

    def _way(self, whole: State, number: str) -> Way:
        """What the page offers; where it should offer something, it is given a moment for it."""
        if self.described.cancel.begins is Begins.ROW or whole not in (*_OPEN, State.UNREADABLE):
            return Way.CANCEL
        offer = either(self.page, self.described.cancel.first, order=number)
        try:
            offer.wait_for(timeout=_LATE * 1000)
        except TimeoutError:
            return Way.NONE
        return Way.CANCEL if offer.is_enabled() else Way.NONE

    def _press(self, root: Locator | None, opener: Opener, number: str) -> None:
        inside, spot = root or self.page, opener.spot
        try:
            either(inside, spot, order=number).wait_for(timeout=_LATE * 1000)
        except TimeoutError:
            raise NoWay(str(spot)) from None
        control = find(inside, spot, self.described.fallbacks, order=number)
        self.storefront.presses.look(Press(opener, number, aim_of(control)))
        control.click()

    def _said(self, *states: State) -> Locator:
        words = [word for word, state in self.storefront.states.items() if state in states]
        pattern = re.compile(
            rf"^\s*(?:{'|'.join(re.escape(word) for word in words) or '(?!)'})", re.IGNORECASE
        )
        return either(self.page, self.described.order.state).filter(has_text=pattern)
