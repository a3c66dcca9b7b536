"""What no profile can say of Shopware: titles cut short or folded away, a wordless answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playwright.sync_api import Locator

from automation.pages.base import reading
from automation.pages.described.answer import DescribedCancellationPage
from automation.pages.described.order import DescribedOrderPage
from automation.pages.readings import Item, Order, State
from automation.pages.regions import count_in
from automation.pages.spots import find
from automation.pages.values import folded

_CUT = "..."
# Of a line, and of what it holds, whether that is unfolded or not: what is shown of the title, the
# whole of it (a link to the product has that; what is sold no more has no link), and how many.
_TITLES = """rows => rows.map(row => [row, ...row.querySelectorAll(".line-item")].map(line => {
  const label = line.querySelector(".line-item-label");
  return [
    label?.textContent ?? "",
    label?.getAttribute("title") ?? "",
    line.querySelector(".line-item-quantity-select-wrapper")?.textContent ?? "",
  ];
}))"""
_Title = tuple[str, str, str]


class OrderPage(DescribedOrderPage):
    """An order, unfolded in the list of orders."""

    @reading
    def read(self) -> Order:
        """The order, with every title whole: a list of what to keep names them so."""
        order, part = super().read(), self.described.order.lines
        assert part is not None
        rows = find(self.page, part.rows, self.described.fallbacks)
        found: list[list[_Title]] = rows.evaluate_all(_TITLES)
        items = [
            each
            for item, titles in zip(order.items, found, strict=True)
            for each in _with_what_it_holds(item, titles)
        ]
        return replace(order, items=tuple(items))


def _with_what_it_holds(item: Item, titles: list[_Title]) -> Iterator[Item]:
    (_, own, _), *inside = titles
    yield _whole(item, own)
    for shown, title, quantity in inside:
        held = replace(item, title=folded(shown), quantity=count_in(quantity, default=1), price="")
        yield _whole(held, title)


def _whole(item: Item, title: str) -> Item:
    if not item.title.endswith(_CUT):
        return item
    whole = folded(title)
    if whole.startswith(item.title.removesuffix(_CUT)):
        return replace(item, title=whole)
    # What it is called is not known, so neither is whether it must be kept.
    return replace(item, state=State.UNREADABLE, said=item.title)


class CancellationPage(DescribedCancellationPage):
    """The list once more, with every order folded up. It does not say what became of one."""

    def arrived(self) -> Locator:
        return self.page.locator(".account-orders-main:not(:has(.collapse.show))")

    @reading
    def says(self) -> str:
        """Nothing: the order, read again, tells."""
        return ""
