"""What must never be cancelled, and how much at most. From the configuration file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from automation.pages.boundaries import holds, words_in
from automation.pages.readings import Order
from automation.pages.values import folded
from automation.run.amounts import amount
from automation.run.completeness import not_accounted_for

N = TypeVar("N", int, Decimal)


@dataclass(frozen=True)
class Keep:
    """What is never cancelled."""

    orders: tuple[str, ...] = ()
    items: tuple[str, ...] = ()  # titles, also where a store writes more or less
    exactly: tuple[str, ...] = ()  # whole titles; only how they are set is forgiven
    sellers: tuple[str, ...] = ()
    above: Decimal | None = None  # orders whose total is more than this

    @property
    def of_lines(self) -> bool:
        """Whether it names what only an order's lines tell."""
        return bool(self.items or self.exactly or self.sellers)


@dataclass(frozen=True)
class Caps:
    """How much may be cancelled: in one run of many orders, and in a day over all runs."""

    orders_a_run: int | None = None
    orders_a_day: int | None = None
    money_a_run: Decimal | None = None
    money_a_day: Decimal | None = None
    fee_an_order: Decimal | None = None  # what the store may keep of one cancellation


@dataclass(frozen=True)
class Rules:
    """The keep-list and the caps together."""

    keep: Keep = Keep()
    caps: Caps = Caps()

    def keeps(self, order: Order, titles: tuple[str, ...]) -> str | None:
        """Why this order or one of these items must be kept, if it must."""
        if order.number in self.keep.orders:
            return f"order {order.number} is on the keep-list"
        for title in titles:
            if kept := self.keeps_item(order, title):
                return kept
        if self.keep.of_lines and (unread := not_accounted_for(order)):
            return f"the keep-list names what an order holds, and {unread}"
        return self._keeps_what_costs(order)

    def keeps_order(self, order: Order) -> str | None:
        """Why this order must be kept, whatever is in it, if it must."""
        if order.number in self.keep.orders:
            return f"order {order.number} is on the keep-list"
        return self._keeps_what_costs(order)

    def keeps_item(self, order: Order, title: str) -> str | None:
        """Why the items of this title must be kept, whatever their order, if they must.

        What a page does not tell may be what the keep-list names: then they must.
        """
        if _alike(title) in map(_alike, (*self.keep.items, *self.keep.exactly)):
            return f"`{title}` is on the keep-list"
        named = (*self.keep.items, *self.keep.exactly)
        if named and title == order.number:  # of a store that shows no lines
            return "the keep-list names items, and the order's page does not tell what is in it"
        if meant := next((each for each in self.keep.items if _may_be(each, title)), None):
            return (
                f"`{title}` may be `{meant}`, which is on the keep-list; if that is another "
                f"thing, name `{meant}` under `exactly` instead of `items`"
            )
        sellers = {item.seller for item in order.items if item.title == title}
        if self.keep.sellers and "" in sellers:
            return f"the keep-list names sellers, and the page does not tell who sells `{title}`"
        kept = next((each for each in self.keep.sellers
                     if any(_holds(seller, each) for seller in sellers)), None)  # fmt: skip
        return f"the seller `{kept}` is on the keep-list" if kept else None

    def _keeps_what_costs(self, order: Order) -> str | None:
        if self.keep.above is not None and amount(order.total) > self.keep.above:
            return f"the total of {order.total} is above {self.keep.above}"
        return None

    def over_a_cap(self, order: Order, today: tuple[Order, ...]) -> str | None:
        """Which cap of a day one more order would break, if any."""
        return _over(self.caps.orders_a_day, self.caps.money_a_day, "a day", order, today)

    def why_not_for(self, fee: str | None) -> str | None:
        """Why nothing may be cancelled at this *fee*, as the store shows it, if so.

        One that cannot be read is a no, with a cap or without: it may be anything.
        """
        if fee is None:
            return None
        try:
            sum_ = _sum_of_money(fee)
        except ValueError:
            shown = f"`{fee}`" if fee else "nothing"
            return f"where the store shows its fee stands {shown}, which is not one sum of money"
        cap = self.caps.fee_an_order
        if cap is not None and sum_ > cap:
            return f"the store keeps a fee of {fee}; {cap} an order is the cap"
        return None

    def over_a_cap_of_the_run(self, order: Order, before: tuple[Order, ...]) -> str | None:
        """Which cap of a run one more order would break, after those *before* it."""
        return _over(self.caps.orders_a_run, self.caps.money_a_run, "a run", order, before)

    def and_also(self, other: Rules) -> Rules:
        """What both allow: of two keep-lists everything, of two caps the lower."""
        ours, theirs = self.keep, other.keep
        keep = Keep(
            ours.orders + theirs.orders,
            ours.items + theirs.items,
            ours.exactly + theirs.exactly,
            ours.sellers + theirs.sellers,
            _lower(ours.above, theirs.above),
        )
        mine, yours = self.caps, other.caps
        caps = Caps(
            _lower(mine.orders_a_run, yours.orders_a_run),
            _lower(mine.orders_a_day, yours.orders_a_day),
            _lower(mine.money_a_run, yours.money_a_run),
            _lower(mine.money_a_day, yours.money_a_day),
            _lower(mine.fee_an_order, yours.fee_an_order),
        )
        return Rules(keep, caps)


def _over(
    orders: int | None, money: Decimal | None, span: str, order: Order, before: tuple[Order, ...]
) -> str | None:
    if orders is not None and len(before) + 1 > orders:
        return f"{orders} orders {span} is the cap, and it is reached"
    if money is not None:
        spent = sum((amount(other.total) for other in before), amount(order.total))
        if spent > money:
            return f"{money} {span} is the cap; with this order it is {spent}"
    return None


def _lower(one: N | None, other: N | None) -> N | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _may_be(entry: str, title: str) -> bool:
    """Whether a title and what a keep-list calls it may be of one thing: one holds the other."""
    return _holds(title, entry) or _holds(entry, title)


def _holds(text: str, part: str) -> bool:
    text, part = _alike(text), _alike(part)
    words = words_in(part)
    return holds(words_in(text), words) if words else part in text


def _sum_of_money(shown: str) -> Decimal:
    """The sum in a fee as shown; a share of something is none."""
    if "%" in shown:
        raise ValueError(f"not a sum: {shown!r}")
    return amount(shown)


def _alike(text: str) -> str:
    """What one would take for the same words: a keep-list must not be passed by how they look."""
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return folded(unicodedata.normalize("NFKC", seen)).replace("\u2019", "'").casefold()
