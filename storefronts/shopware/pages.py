"""What a profile cannot say of Shopware: a title that is cut short, an answer without words."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import Locator

from automation.pages.base import reading
from automation.pages.described.answer import DescribedCancellationPage
from automation.pages.described.order import DescribedOrderPage
from automation.pages.readings import Item, Order, State
from automation.pages.spots import find

_CUT = "..."
# A link to the product has the whole of its name; what is sold no more has no link.
_WHOLE = """rows => rows.map(
  row => row.querySelector(".line-item-label")?.getAttribute("title") ?? ""
)"""


class OrderPage(DescribedOrderPage):
    """An order, unfolded in the list of orders."""

    @reading
    def read(self) -> Order:
        """The order, with its titles whole: a list of what to keep names them so."""
        order, part = super().read(), self.described.order.lines
        assert part is not None
        rows = find(self.page, part.rows, self.described.fallbacks)
        whole: list[str] = rows.evaluate_all(_WHOLE)
        items = [_whole(item, title) for item, title in zip(order.items, whole, strict=True)]
        return replace(order, items=tuple(items))


def _whole(item: Item, title: str) -> Item:
    if not item.title.endswith(_CUT):
        return item
    whole = " ".join(title.split())
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
