"""Cancelling items of an order: the form, and the store's answer to it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from automation.pages.base import AnswerPage, CommittingPage, Effect, action, reading, sign
from automation.pages.choosing import choose, tick
from automation.pages.readings import AnsweredItem, Line, Selection
from automation.pages.regions import Field, count_in, lines_of, read_blocks
from automation.pages.values import Items, folded, order_in

_ITEM = ".cancel-item, .a-box[data-itemid]"
# As the store documented it, then as the real one shows it today: a row for each item, in a box
# for each shipment, under what became of that.
_CANCELLED_TITLES = (
    ".cancelled-items .item-title, .a-box:has(.preshipCancel-shipment-status) .item-row .item-title"
)
_BOX = ".cancelled-items, .kept-items, .a-box:has(.preshipCancel-shipment-status)"
_BECAME = "h2"
_ROW = ".line, .item-row"
_REASON = "#cancel-reasons-dropdown"
_OWN = {"number": Field(".order-id bdi", ancestor="#cancel-items"), "reason": Field(_REASON)}
_TITLE = Field(".item-title")
_EACH = {
    "title": _TITLE,
    "count": Field(".item-quantity"),
    "price": Field(".item-price"),
    "boxes": Field("input[type=checkbox]", every=True),
}


class CancellationPage(AnswerPage):
    """The store's answer to a cancellation."""

    name = "cancellation"
    known_by = "#cancel-summary, #preship-cancel-summary-page-container"

    @sign
    def confirms(self, items: Items) -> Locator:
        """The store says that it cancelled exactly these items, or all of them."""
        answer = self._answer("SUCCESS")
        for title in items.titles or ():
            row = self.page.locator(_CANCELLED_TITLES).filter(has_text=_exactly(title))
            answer = answer.filter(has=row)
        return answer

    @sign
    def refuses(self) -> Locator:
        """The store says that it did not cancel them."""
        return self._answer("REFUSED")

    @sign
    def is_pending(self) -> Locator:
        """The store says that it is trying, and will tell later."""
        return self._answer("PENDING")

    @reading
    def says(self) -> str:
        """The store's answer, in its own words."""
        return lines_of(self.page.locator("#cancel-summary .answer, .preshipCancel-banner"))

    def named(self) -> tuple[AnsweredItem, ...]:
        """Each item that the answer names, under the words for what became of it."""
        boxes = read_blocks(
            self.page, _BOX, own={"said": Field(_BECAME)}, rows=_ROW, each={"title": _TITLE}
        )
        return tuple(
            AnsweredItem(folded(row["title"]), folded(box.own["said"]))
            for box in boxes
            for row in box.rows
        )

    def _answer(self, kind: str) -> Locator:
        return self.page.locator(
            f"#cancel-summary[data-answer={kind}],"
            f" #preship-cancel-summary-page-container:has([data-csa-c-content-id={kind}])"
        )


class CancelItemsPage(CommittingPage):
    """The form on which a shopper ticks the items to cancel."""

    name = "cancel_items"
    known_by = "#cancel-items-form"

    @action()
    def tick(self, items: Items) -> None:
        """Tick the checkbox of each of these items, and of no other."""
        wanted = None if items.titles is None else {folded(title) for title in items.titles}
        for row in self._rows.all():
            title = folded(row.locator(".item-title").inner_text())
            tick(row.get_by_role("checkbox"), ticked=wanted is None or title in wanted)

    @action()
    def give_reason(self, reason: str | None) -> None:
        """Choose this reason for cancelling."""
        if reason is not None:
            choose(self._reason, reason)

    @action(irreversible=Effect.CANCELS_ITEMS)
    def submit(self) -> CancellationPage:
        """Press "Cancel selected items in this order"."""
        self.press()
        return CancellationPage(self.page, self.storefront)

    @reading
    def selection(self) -> Selection:
        """Which items are offered here, and which of them are ticked."""
        named = order_in(self.page.url)
        forms = read_blocks(self.page, self.known_by, own=_OWN, rows=_ITEM, each=_EACH)
        if not forms:
            return Selection(order=named or None, lines=(), reason=None)
        form = forms[0]
        return Selection(
            order=form.own["number"] or named or None,
            lines=tuple(
                Line(
                    title=folded(row["title"]),
                    quantity=count_in(row["count"], default=1),
                    price=folded(row["price"]),
                    ticked=row["boxes"] != "not ticked",  # without a box it is meant as well
                )
                for row in form.rows
            ),
            reason=form.own["reason"] or None,
        )

    def control(self) -> Locator:
        button = self.arrived().locator("#preship-cancel-submit-button-announce")
        for label in self.labels.cancel_selected_items:
            button = button.or_(self.arrived().get_by_role("button", name=label, exact=True))
        return button

    @property
    def _rows(self) -> Locator:
        return self.arrived().locator(_ITEM)

    @property
    def _reason(self) -> Locator:
        return self.arrived().locator(_REASON)


def _exactly(title: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in title.split())
    return re.compile(rf"^\s*{words}\s*$")
