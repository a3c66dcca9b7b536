"""Cancelling items of an order: the form, and the store's answer to it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from automation.pages.base import AnswerPage, CommittingPage, Effect, action, reading, sign
from automation.pages.readings import Line, Selection
from automation.pages.regions import Field, lines_of, read_rows
from automation.pages.values import Items, folded


class CancellationPage(AnswerPage):
    """The store's answer to a cancellation."""

    name = "cancellation"

    def arrived(self) -> Locator:
        return self.page.locator("#cancel-summary")

    @sign
    def confirms(self, items: Items) -> Locator:
        """The store says that it cancelled exactly these items, or all of them."""
        answer = self._answer("SUCCESS")
        for title in items.titles or ():
            named = self.page.locator(".cancelled-items .item-title").filter(
                has_text=_exactly(title)
            )
            answer = answer.filter(has=named)
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
        return lines_of(self.page.locator("#cancel-summary .answer"))

    def _answer(self, kind: str) -> Locator:
        return self.page.locator(f"#cancel-summary[data-answer={kind}]")


class CancelItemsPage(CommittingPage):
    """The form on which a shopper ticks the items to cancel."""

    name = "cancel_items"

    def arrived(self) -> Locator:
        return self.page.locator("#cancel-items-form")

    @action()
    def tick(self, items: Items) -> None:
        """Tick the checkbox of each of these items, and of no other."""
        wanted = None if items.titles is None else {folded(title) for title in items.titles}
        for row in self._rows.all():
            title = folded(row.locator(".item-title").inner_text())
            row.get_by_role("checkbox").set_checked(wanted is None or title in wanted)

    @action()
    def give_reason(self, reason: str | None) -> None:
        """Choose this reason for cancelling."""
        if reason is not None:
            self._reason.select_option(label=reason)

    @action(irreversible=Effect.CANCELS_ITEMS)
    def submit(self) -> CancellationPage:
        """Press "Cancel selected items in this order"."""
        self.press()
        return CancellationPage(self.page, self.storefront)

    @reading
    def selection(self) -> Selection:
        """Which items are offered here, and which of them are ticked."""
        rows = read_rows(
            self._rows,
            title=Field(".item-title"),
            count=Field(".item-quantity .count"),
            price=Field(".item-price"),
        )
        ticked = self._rows.get_by_role("checkbox").evaluate_all(
            "boxes => boxes.map(box => box.checked)"
        )
        number = read_rows(self.page.locator("#cancel-items"), number=Field(".order-id bdi"))
        return Selection(
            order=number[0]["number"] if number else "",
            lines=tuple(
                Line(
                    title=folded(row["title"]),
                    quantity=int(row["count"] or 1),
                    price=folded(row["price"]),
                    ticked=is_ticked,
                )
                for row, is_ticked in zip(rows, ticked, strict=True)
            ),
            reason=self._reason.locator("option:checked").inner_text().strip() or None,
        )

    def control(self) -> Locator:
        return self.arrived().get_by_role(
            "button", name=self.labels.cancel_selected_items or "", exact=True
        )

    @property
    def _rows(self) -> Locator:
        return self.arrived().locator(".cancel-item")

    @property
    def _reason(self) -> Locator:
        return self.arrived().locator("#cancel-reasons-dropdown")


def _exactly(title: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in title.split())
    return re.compile(rf"^\s*{words}\s*$")
