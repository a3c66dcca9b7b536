"""Pages on which a shopper asks for something: of the seller, or of the store."""

from __future__ import annotations

from playwright.sync_api import Locator

from automation.pages.base import AnswerPage, CommittingPage, Effect, action, reading, sign
from automation.pages.choosing import bring_into_view, choose, tick
from automation.pages.readings import Line, Selection
from automation.pages.regions import Field, count_in, lines_of, read_rows
from automation.pages.values import Items, folded, order_in


class AskedPage(AnswerPage):
    """The store's answer to what was asked for."""

    name = "asked"
    known_by = "#asked"

    @sign
    def is_sent(self) -> Locator:
        """The store says that it was sent, or begun."""
        return self.page.locator("#asked[data-answer=SENT]")

    @sign
    def refuses(self) -> Locator:
        """The store says no."""
        return self.page.locator("#asked[data-answer=REFUSED]")

    @reading
    def says(self) -> str:
        """The store's answer, in its own words."""
        return lines_of(self.page.locator("#asked .answer"))


class AskingPage(CommittingPage):
    """A form about some items of an order. Items without a box are all meant."""

    def control(self) -> Locator:
        return self.arrived().locator("button.strong")

    def selection(self) -> Selection:
        rows = read_rows(
            self._rows,
            title=Field(".item-title"),
            count=Field(".item-quantity"),
            price=Field(".item-price"),
        )
        ticked = self._rows.evaluate_all(
            "rows => rows.map(row => row.querySelector('input[type=checkbox]')?.checked ?? true)"
        )
        return Selection(
            order=order_in(self.page.url) or None,
            lines=tuple(
                Line(folded(row["title"]), count_in(row["count"], default=1),
                     folded(row["price"]), is_ticked)
                for row, is_ticked in zip(rows, ticked, strict=True)
            ),
            reason=None,
        )  # fmt: skip

    def _choose_reason(self, reason: str | None) -> None:
        if reason is not None:
            choose(self.arrived().locator("select[name=reason]"), reason)

    @property
    def _rows(self) -> Locator:
        return self.arrived().locator(".ask-item")


class RequestPage(AskingPage):
    """The form that asks a seller to cancel."""

    name = "request"
    known_by = "#request-form"

    @action()
    def give_reason(self, reason: str | None) -> None:
        """Choose this reason for cancelling."""
        self._choose_reason(reason)

    @action(irreversible=Effect.ASKS_THE_SELLER)
    def submit(self) -> AskedPage:
        """Press "Request cancellation"; the seller decides."""
        self.press()
        return AskedPage(self.page, self.storefront)


class ContactPage(AskingPage):
    """The form that writes to a seller."""

    name = "contact"
    known_by = "#contact-form"

    @action()
    def write(self, message: str) -> None:
        """Write this message."""
        field = self.arrived().locator("textarea")
        bring_into_view(field)
        field.fill(message)

    @action(irreversible=Effect.WRITES_TO_THE_SELLER)
    def send(self) -> AskedPage:
        """Press "Send message"."""
        self.press()
        return AskedPage(self.page, self.storefront)


class ReturnPage(AskingPage):
    """The form that begins a return."""

    name = "returns"
    known_by = "#return-form"

    @action()
    def tick(self, items: Items) -> None:
        """Tick the checkbox of each of these items, and of no other."""
        wanted = None if items.titles is None else {folded(title) for title in items.titles}
        for row in self._rows.all():
            title = folded(row.locator(".item-title").inner_text())
            tick(row.get_by_role("checkbox"), ticked=wanted is None or title in wanted)

    @action()
    def give_reason(self, reason: str) -> None:
        """Choose this reason for returning."""
        self._choose_reason(reason)

    @action(irreversible=Effect.RETURNS_ITEMS)
    def submit(self) -> AskedPage:
        """Press "Confirm your return"."""
        self.press()
        return AskedPage(self.page, self.storefront)
