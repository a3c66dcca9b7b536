"""What stands between an order and its cancellation, where the profile says what that is."""

from __future__ import annotations

import re

from playwright.sync_api import Dialog, Error, Locator, Page

from automation.pages.base import Aim, action, reading
from automation.pages.cancelling import CancelItemsPage
from automation.pages.choosing import NotOffered, tick
from automation.pages.described.reason import give
from automation.pages.description import ChoicePart, Ticked
from automation.pages.readings import LAPSED, Line, Order, Selection, State
from automation.pages.regions import count_in
from automation.pages.request_patterns import address_of
from automation.pages.spots import (
    Spot,
    anywhere,
    either,
    exactly,
    find,
    locate,
    shown_at,
    text_at,
)
from automation.pages.storefront import Storefront
from automation.pages.values import Items, folded

# Where a click leads: what a link names, or what its form sends and where to.
_AIM = """element => {
  const link = element.closest("a[href]");
  if (link) return "GET " + link.href;
  const button = element.closest("button, input");
  const form = button?.form;
  if (!form || button.type !== "submit") return "";
  const method = button.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get";
  const action = button.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  return method.toUpperCase() + " " + new URL(action || location.href, location.href).href;
}"""


class DescribedCancelItemsPage(CancelItemsPage):
    """The dialog, form or page that holds the control, or the order's own page where that does."""

    _order: Order | None = None
    _row: Locator | None = None

    @classmethod
    def has_step(cls, word: str, storefront: Storefront) -> bool:
        described = storefront.description
        return word != "tick" or described is None or described.cancel.choice is not None

    def about(self, order: Order) -> None:
        """Which order this is about, as it was read on the way here."""
        self._order = order

    def in_row(self, row: Locator) -> None:
        """The order's row in the list is where it begins."""
        self._row = row

    @property
    def root(self) -> Locator | None:
        """Where it begins, if that is a part of the page only."""
        return self._row

    def arrived(self) -> Locator:
        part = self.described.cancel
        if part.here:
            return either(self.page, part.here)
        return self.control().first

    @property
    def sought(self) -> Spot:
        return self.described.cancel.here or self.described.cancel.first

    @action()
    def tick(self, items: Items) -> None:
        """Choose each of these items, and no other: by its box, or by how many of it."""
        choice = self.described.cancel.choice
        if choice is None:
            return  # the whole order: what is not wanted is seen in the selection
        wanted = None if items.titles is None else {folded(title) for title in items.titles}
        for row in self._lines(choice):
            is_wanted = wanted is None or self._text(row, choice.title) in wanted
            if choice.box:
                ticked = is_wanted is (choice.ticked is Ticked.CANCELS)
                tick(self._box(choice, row), ticked=ticked)
            elif choice.count:
                all_of_it = str(self._quantity(choice, row))
                self._count(choice, row).fill(all_of_it if is_wanted else "0")

    @action()
    def give_reason(self, reason: str | None) -> None:
        """Give this reason for cancelling."""
        spot = self.described.cancel.reason
        if reason is not None:
            if spot is None:
                raise NotOffered(reason, ())
            field = find(self._scope(), spot, self.described.fallbacks)
            give(field, reason, patience=self.storefront.patience.step)

    @reading
    def selection(self) -> Selection:
        """What the last click would cancel: what is chosen, or all that the order still holds."""
        part = self.described.cancel
        choice = part.choice
        chosen = tuple(self._line(choice, row) for row in self._lines(choice)) if choice else ()
        return Selection(
            order=self._told(part.order) if part.order else None,
            lines=chosen if choice else self._all_of_it(),
            reason=None,
            fee=self._fee(),
            asks=self._asks(),
            all_or_nothing=choice is None,
        )

    def control(self) -> Locator:
        root = self._row if self._row and not self.described.cancel.opens else None
        inside: Page | Locator = self._scope() if root is None else root
        return locate(inside, self.described.cancel.commit.look, order=self._number)

    def aim(self) -> Aim | None:
        commit = self.described.cancel.commit
        if commit.by_script:
            return None
        return Aim(commit.request, aim_of(self.control()), self._number, self.own_number)

    def press(self) -> None:
        """Click the control once; a question of the browser is answered yes if it is the known one.

        Any other question is answered no, and so is a second one.
        """
        asks = self.described.cancel.commit.asks
        question = _Question(exactly(asks, order=self._number) if asks else None)
        self.page.on("dialog", question.answer)
        super().press()
        if question.declined is not None:
            raise Error(f"the store asked `{question.declined}`, which its profile does not name")

    @property
    def own_number(self) -> str:
        """The store's own number of the order; "" where its pages do not show it."""
        return self._order.id if self._order else ""

    @property
    def _number(self) -> str:
        return self._order.number if self._order else ""

    def _scope(self) -> Page | Locator:
        here = self.described.cancel.here
        if here is None:
            return self.page
        return find(self.page, here, self.described.fallbacks, order=self._number)

    def _told(self, spot: Spot) -> str:
        """The number of the order that it is about; "" where it should say so, and does not."""
        said = text_at(self._scope(), spot, self.described.fallbacks)
        found = re.search(self.storefront.order_number, said)
        return found[0] if found else ""

    def _fee(self) -> str | None:
        """The fee that the confirmation shows; it may stand beside the form that is sent."""
        spot, tried = self.described.cancel.fee, self.described.fallbacks
        shown = shown_at(self._scope(), spot, tried)
        return shown_at(self.page, spot, tried) if shown is None else shown

    def _asks(self) -> bool | None:
        spot = self.described.cancel.asks_when
        return anywhere(self.page, spot, order=self._number).count() > 0 if spot else None

    def _all_of_it(self) -> tuple[Line, ...]:
        order = self._order
        return tuple(
            Line(item.title, item.quantity, item.price, ticked=True)
            for item in (order.items if order else ())
            if item.state is not State.CANCELLED and item.state not in LAPSED
        )

    def _lines(self, choice: ChoicePart) -> list[Locator]:
        return find(self._scope(), choice.rows, self.described.fallbacks).all()

    def _line(self, choice: ChoicePart, row: Locator) -> Line:
        quantity = self._quantity(choice, row)
        if choice.box:
            ticked = self._box(choice, row).is_checked() is (choice.ticked is Ticked.CANCELS)
        else:
            asked = int(self._count(choice, row).input_value() or 0)
            ticked, quantity = asked > 0, asked or quantity
        return Line(self._text(row, choice.title), quantity, self._text(row, choice.price), ticked)

    def _quantity(self, choice: ChoicePart, row: Locator) -> int:
        return count_in(self._text(row, choice.quantity), default=1)

    def _box(self, choice: ChoicePart, row: Locator) -> Locator:
        assert choice.box
        return find(row, choice.box, self.described.fallbacks)

    def _count(self, choice: ChoicePart, row: Locator) -> Locator:
        assert choice.count
        return find(row, choice.count, self.described.fallbacks)

    def _text(self, row: Locator, spot: Spot | None) -> str:
        return text_at(row, spot, self.described.fallbacks)


def aim_of(control: Locator) -> str:
    """Where a click on this leads, as a method and an address; "" where only a script knows."""
    found: str = control.evaluate(_AIM)
    method, _, url = found.partition(" ")
    return f"{method} {address_of(url)}" if url else ""


class _Question:
    """What the browser asks on a page's behalf: yes, once, to the known question only."""

    def __init__(self, known: re.Pattern[str] | None) -> None:
        self._known = known
        self.declined: str | None = None

    def answer(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":  # the browser's own, which nobody sees without a listener
            dialog.accept()
            return
        known, self._known = self._known, None
        if dialog.type == "confirm" and known and known.search(folded(dialog.message)):
            dialog.accept()
            return
        if dialog.type == "confirm":
            self.declined = folded(dialog.message)
        dialog.dismiss()
