"""An order's own page, where the profile says what it shows."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Locator, TimeoutError  # noqa: A004

from automation.pages.absent import the_one
from automation.pages.base import action, reading, sign
from automation.pages.cancelling import CancelItemsPage
from automation.pages.choosing import NoWay
from automation.pages.described.cancelling import DescribedCancelItemsPage, aim_of
from automation.pages.described.orders import DescribedOrdersPage
from automation.pages.description import Begins, LinesPart, Opener
from automation.pages.order import OrderPage
from automation.pages.orders import OrdersPage
from automation.pages.pressing import Press
from automation.pages.readings import LAPSED, OPEN, Item, Order, State, Sums, Way
from automation.pages.regions import count_in
from automation.pages.spots import Spot, anywhere, either, find, shown_at, text_at
from automation.pages.values import OrderNumber, folded

_LATE = 1.5  # seconds that a page's script may take to offer what its server did not


class DescribedOrderPage(OrderPage):
    """The details of one order."""

    def arrived(self) -> Locator:
        return either(self.page, self.described.order.here)

    @property
    def sought(self) -> Spot:
        return self.described.order.here

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
        for at, opener in enumerate(part.opens):
            self._press(page.root if at == 0 else None, opener, order.number, after=at > 0)
        return page

    @sign
    def offers_cancel_items(self) -> Locator:
        """The order may be cancelled: the page offers it, or its row in the list may."""
        part = self.described.cancel
        if part.begins is Begins.ROW:
            return self._said(*OPEN)
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
        told = self._told()
        whole, said = told.state, told.said
        number = self._number()
        way = self._way(whole, number)
        items = self._lines(part.lines, told, way) if part.lines else ()
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
            whole=whole if whole is State.CANCELLED or whole in LAPSED else None,
            fee=shown_at(self.page, part.fee, tried),
            refund=shown_at(self.page, part.refund, tried),
            offered=self._is_looked_at(whole) and way is Way.CANCEL,
            id=text_at(self.page, part.id, tried),
            tally=self._tally(part.lines) if part.lines else None,
        )

    def _tally(self, part: LinesPart) -> Sums:
        tried = self.described.fallbacks
        return Sums(
            subtotal=text_at(self.page, part.subtotal, tried) if part.subtotal else None,
            count=text_at(self.page, part.count, tried) if part.count else None,
            priced=part.priced,
            counted=part.counted,
            vouched=part.complete,
        )

    def _told(self) -> _Told:
        """What the page says of the whole order: what it shows only then counts before words."""
        shown = [(each.state, seen.first) for each in self.described.shown
                 if (seen := anywhere(self.page, each.spot)).count()]  # fmt: skip
        if shown:
            states = {state for state, _ in shown}
            said = " · ".join(folded(seen.inner_text()) for _, seen in shown)
            return _Told(states.pop() if len(states) == 1 else State.UNREADABLE, said, shown=True)
        said = text_at(self.page, self.described.order.state, self.described.fallbacks)
        return _Told(self.storefront.state(said), said)

    def _of_line(self, own: str, whole: _Told) -> _Told:
        """What holds for a line that says this of itself."""
        if not own:
            return whole
        state = self.storefront.state(own)
        # Whoever was asked to cancel an order was asked to cancel what is open in it.
        over = whole.shown and whole.state is not State.CANCELLED and state in OPEN
        return whole if over else _Told(state, own)

    def _lines(self, part: LinesPart, whole: _Told, way: Way) -> tuple[Item, ...]:
        tried = self.described.fallbacks
        lines = []
        for row in find(self.page, part.rows, tried).all():
            told = self._of_line(text_at(row, part.state, tried), whole)
            lines.append(
                Item(
                    title=text_at(row, part.title, tried),
                    state=told.state,
                    said=told.said,
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
        if not self._is_looked_at(whole):
            return Way.CANCEL
        offer = either(self.page, self.described.cancel.first, order=number)
        return Way.CANCEL if self._is_offered(offer) and offer.is_enabled() else Way.NONE

    def _is_looked_at(self, whole: State) -> bool:
        """Whether it matters what this page offers: a row offers elsewhere, and some states end."""
        ended = whole in (State.CANCELLED, State.REQUESTED)
        return not ended and self.described.cancel.begins is not Begins.ROW

    def _is_offered(self, offer: Locator) -> bool:
        """Whether it is there, or a script draws it: one may ask the store for that first."""
        if _comes(offer, _LATE):
            return True
        with suppress(TimeoutError):  # some pages never fall silent
            patience = self.storefront.patience.action
            self.page.wait_for_load_state("networkidle", timeout=patience * 1000)
        return offer.is_visible()

    def _press(self, root: Locator | None, opener: Opener, number: str, *, after: bool) -> None:
        """Press what opens the next; *after* another, which may have loaded a page."""
        inside, spot, patience = root or self.page, opener.spot, self.storefront.patience.step
        offer = either(inside, spot, order=number)
        if not (_comes(offer, patience) if after else self._is_offered(offer)):
            raise NoWay(spot)
        control = the_one(inside, spot, self.described.fallbacks, order=number)
        self.storefront.presses.look(Press(opener, number, aim_of(control)))
        control.click(timeout=patience * 1000)  # until the page that it loads begins to come

    def _said(self, *states: State) -> Locator:
        told = self._told()
        if told.state not in states:
            return self.nothing()
        shown = [each.spot for each in self.described.shown if each.state is told.state]
        return either(self.page, *shown, self.described.order.state)


@dataclass(frozen=True)
class _Told:
    """What a page says of a state: what that means, and its own words."""

    state: State
    said: str
    shown: bool = False  # by something that is seen only then


def _comes(offer: Locator, seconds: float) -> bool:
    try:
        offer.wait_for(timeout=seconds * 1000)
    except TimeoutError:
        return False
    return True
