"""The order list, where the profile says what its rows are."""

from __future__ import annotations

import re

from playwright.sync_api import Error, Locator, Page, TimeoutError, expect  # noqa: A004

from automation.pages.base import action, reading, sign
from automation.pages.order import OrderPage
from automation.pages.orders import OrderNotListed, OrdersPage
from automation.pages.readings import Card, OrderList
from automation.pages.regions import count_in
from automation.pages.spots import By, Look, Spot, either, find, locate, text_at
from automation.pages.values import OrderNumber


class DescribedOrdersPage(OrdersPage):
    """The order list, a page at a time."""

    def arrived(self) -> Locator:
        return either(self.page, self.described.orders.here)

    @property
    def sought(self) -> str:
        return str(self.described.orders.here)

    @action()
    def open_order(self, order: OrderNumber) -> OrderPage:
        """Open the order with this number."""
        part = self.described.orders
        row = self.row_of(order)
        self._see_that_it_is_there(row, part.link, f"the row of order {order}", order)
        link = find(row, part.link, self.described.fallbacks, order=order)
        page = _in_its_own_tab(self.page, link) if part.new_tab else _here(self.page, link)
        return self.turn_to(OrderPage, page)

    @reading
    def read(self) -> OrderList:
        """The orders on this page, and how many the store says there are."""
        cards = [self._card_in(row) for row in self._rows()]
        return OrderList(
            cards=tuple(card for card in cards if card.number),
            stated=self._stated(),
            more=self._on() is not None,
        )

    @sign
    def lists_orders(self) -> Locator:
        """At least one order is shown."""
        return either(self.page, self.described.orders.rows)

    def settled(self) -> None:
        """Wait until the list is there, or until the store says that it is empty."""
        self.arrived().wait_for()
        part = self.described.orders
        self._see_that_it_is_there(self.page, part.rows, "the list", also=part.empty)

    def _see_that_it_is_there(
        self,
        root: Page | Locator,
        spot: Spot,
        where: str,
        order: str = "",
        also: Spot | None = None,
    ) -> None:
        try:
            either(root, spot, also, order=order).wait_for()
        except TimeoutError:
            nor = f", nor {also}" if also else ""
            raise TimeoutError(f"there is no {spot} in {where}{nor}") from None

    def turn(self) -> OrdersPage:
        """Go on to the list's next page, or let it load more."""
        on = self._on()
        if on is None:
            return self
        rows = find(self.page, self.described.orders.rows, self.described.fallbacks)
        shown = rows.all_inner_texts()
        on.click()
        try:
            # Some lists load a new document, others only change this one: the rows tell.
            patience = self.storefront.patience.step * 1000
            expect(rows).not_to_have_text(shown, use_inner_text=True, timeout=patience)
        except AssertionError as problem:
            raise TimeoutError("the list did not go on to its next page") from problem
        return self

    def row_of(self, order: str) -> Locator:
        """The row of this order, whichever page of the list it stands on."""
        self.settled()
        seen: set[str] = set()
        while True:
            for at, row in enumerate(self._rows()):
                number = self._number_in(row)
                if number == order:
                    return self._row_with(order, at)
                seen.add(number)
            if self._on() is None:
                raise OrderNotListed(order, stated=self._stated(), read=len(seen - {""}))
            self.turn().settled()

    def _row_with(self, order: str, at: int) -> Locator:
        """By its number, not by its place: a list may change before the row is used.

        Only where no text shows the number is it the row that stands *at* this place.
        """
        part, tried = self.described.orders, self.described.fallbacks
        own = re.compile(rf"(?<![\w-]){re.escape(order)}(?![\w-])")
        rows = find(self.page, part.rows, tried)
        if part.number is None:
            return rows.filter(has_text=own)
        if any(look.taken.attribute for look in part.number.looks):
            return rows.nth(at)
        return rows.filter(has=find(self.page, part.number, tried).filter(has_text=own))

    def _rows(self) -> list[Locator]:
        return find(self.page, self.described.orders.rows, self.described.fallbacks).all()

    def _card_in(self, row: Locator) -> Card:
        part, tried = self.described.orders, self.described.fallbacks
        state = text_at(row, part.state, tried)
        return Card(
            number=self._number_in(row),
            placed=text_at(row, part.placed, tried),
            total=text_at(row, part.total, tried),
            items=(),
            said=(state,) if state else (),
            offers=(),
        )

    def _number_in(self, row: Locator) -> str:
        part = self.described.orders
        text = (text_at(row, part.number, self.described.fallbacks) if part.number
                else row.inner_text())  # fmt: skip
        found = re.search(self.storefront.order_number, text)
        return found[0] if found else ""

    def _on(self) -> Locator | None:
        """What leads on from this page of the list; `None` on its last."""
        part, tried = self.described.orders, self.described.fallbacks
        if part.next:
            on = find(self.page, part.next, tried)
            return on if on.count() and on.first.is_enabled() else None
        if part.numbered:
            pager = find(self.page, part.numbered, tried)
            here = pager.locator("[aria-current]") if pager.count() else pager
            if here.count():
                number = count_in(here.first.inner_text(), default=1) + 1
                on = locate(pager, Look(By.ROLE, "link", (str(number),)))
                on = on if on.count() else locate(pager, Look(By.ROLE, "button", (str(number),)))
                return on if on.count() else None
        return None

    def _stated(self) -> int | None:
        part = self.described.orders
        if part.empty and either(self.page, part.empty).count():
            return 0
        text = text_at(self.page, part.stated, self.described.fallbacks)
        # "1 to 10 of 1,024": how many there are is the most that is named.
        counts = [count_in(number, default=0) for number in re.findall(r"\d[\d.,]*", text)]
        return max(counts, default=None)


def _here(page: Page, link: Locator) -> Page:
    link.click()
    return page


def _in_its_own_tab(page: Page, link: Locator) -> Page:
    try:
        with page.expect_popup() as opened:
            link.click()
    except Error as problem:
        if isinstance(problem, TimeoutError):
            raise TimeoutError(f"no tab opened: {problem.message}") from problem
        raise
    return opened.value
