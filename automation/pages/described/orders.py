"""The order list, where the profile says what its rows are."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable

from playwright.sync_api import Error, Locator, Page, TimeoutError, expect  # noqa: A004

from automation.pages.absent import NoTab, await_spot, the_one
from automation.pages.base import action, reading, sign
from automation.pages.described.naming import control_naming
from automation.pages.described.paging import Pager
from automation.pages.order import OrderPage
from automation.pages.orders import OrderNotListed, OrdersPage
from automation.pages.readings import Card, OrderList
from automation.pages.regions import count_in
from automation.pages.spots import Spot, either, find, text_at
from automation.pages.tally import Tally
from automation.pages.values import OrderNumber


class DescribedOrdersPage(OrdersPage):
    """The order list, a page at a time."""

    _turned = False  # whether the list was seen to go on

    def arrived(self) -> Locator:
        return either(self.page, self.described.orders.here)

    @property
    def sought(self) -> Spot:
        return self.described.orders.here

    @action()
    def open_order(self, order: OrderNumber) -> OrderPage:
        """Open the order with this number."""
        part, patience = self.described.orders, self.storefront.patience.action
        row, where = self.row_of(order), f"in the row of order {order}"
        await_spot(row, part.link, where, patience=patience, order=order)
        link = the_one(row, part.link, self.described.fallbacks, order=order)
        opens = _in_its_own_tab if part.new_tab else _here
        page = opens(self.page, link, patience=self.storefront.patience.step * 1000)
        return self.turn_to(OrderPage, page)

    @reading
    def read(self) -> OrderList:
        """The orders on this page, and how many the store says there are."""
        return self._page_of([self._card_in(row) for row in self._rows()])

    @sign
    def lists_orders(self) -> Locator:
        """At least one order is shown."""
        return either(self.page, self.described.orders.rows)

    def settled(self) -> None:
        """Wait until the list is there, or until the store says that it is empty."""
        part, patience = self.described.orders, self.storefront.patience.step
        await_spot(self.page, part.here, "on the page", patience=patience)
        await_spot(self.page, part.rows, "in the list", patience=patience, also=part.empty)
        counted = self._stated() is not None
        if not counted:  # then no count says later that rows were still to come
            self._pager.come_to_rest()
        self._await_numbers(any if counted else all)

    def _await_numbers(self, enough: Callable[[Iterable[bool]], bool]) -> None:
        """Wait while rows are shells that have not filled in. What stays one is seen later."""
        deadline = time.monotonic() + self.storefront.patience.action
        while rows := self._rows():
            if enough(bool(self._number_in(row)) for row in rows) or time.monotonic() > deadline:
                return
            self._pager.come_to_rest()

    def turn(self) -> OrdersPage:
        """Go on to the list's next page, or let it load more."""
        on = self._pager.on()
        if on is None:
            return self
        rows = find(self.page, self.described.orders.rows, self.described.fallbacks)
        shown = rows.all_inner_texts()
        self._turned = True
        patience = self.storefront.patience.step * 1000
        on.click(timeout=patience)
        try:
            # Some lists load a new document, others only change this one: the rows tell.
            expect(rows).not_to_have_text(shown, use_inner_text=True, timeout=patience)
        except AssertionError as problem:
            raise TimeoutError("the list did not go on to its next page") from problem
        return self

    def row_of(self, order: str) -> Locator:
        """The row of this order, whichever page of the list it stands on."""
        self.settled()
        tally, shown = Tally(), None
        while True:
            numbers = [self._number_in(row) for row in self._rows()]
            if order in numbers:
                return self._row_with(order, numbers.index(order))
            listed = self._page_of([_of_number(number) for number in numbers])
            tally.add(listed)
            shown = shown or control_naming(self.page, order)
            if not listed.more:
                raise OrderNotListed(order, tally, shown)
            self.turn().settled()

    def _page_of(self, cards: list[Card]) -> OrderList:
        """What the page holds that is shown; of rows without a number only how many."""
        stated, more = self._stated(), self._pager.on() is not None
        last, may_lead_on = False, None
        if stated is None and not more:
            last = self._pager.is_gone(within=self.storefront.patience.action)
            more = self._pager.on() is not None  # it may have come meanwhile
            if last and not self._turned:  # nothing was ever seen to lead on
                may_lead_on = self._pager.may_lead_on()
        return OrderList(
            cards=tuple(card for card in cards if card.number),
            stated=stated,
            more=more,
            last=last and may_lead_on is None,
            unnumbered=sum(not card.number for card in cards),
            may_lead_on=may_lead_on,
        )

    @property
    def _pager(self) -> Pager:
        return Pager(self.page, self.described.orders, self.described.fallbacks)

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

    def _stated(self) -> int | None:
        part = self.described.orders
        if part.empty and either(self.page, part.empty).count():
            return 0
        text = text_at(self.page, part.stated, self.described.fallbacks)
        # "1 to 10 of 1,024": how many there are is the most that is named.
        counts = [count_in(number, default=0) for number in re.findall(r"\d[\d.,]*", text)]
        return max(counts, default=None)


def _of_number(number: str) -> Card:
    return Card(number, placed="", total="", items=(), said=(), offers=())


def _here(page: Page, link: Locator, *, patience: float) -> Page:
    link.click(timeout=patience)
    return page


def _in_its_own_tab(page: Page, link: Locator, *, patience: float) -> Page:
    try:
        with page.expect_popup(timeout=patience) as opened:
            link.click()
    except Error as problem:
        if isinstance(problem, TimeoutError):
            raise NoTab from problem
        raise
    return opened.value
