"""Which items of an order the rules choose, and why. Pure: facts in, a choice out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from automation.jobs.book import ALL, WAYS, Choice
from automation.jobs.dates import date_in
from automation.pages.readings import Item, Order
from automation.run.amounts import amount


@dataclass(frozen=True)
class Chosen:
    """Items of one order, by title in the order of its page, and why each rule chose it."""

    titles: tuple[str, ...]
    why: tuple[str, ...]
    ways: tuple[str, ...]
    reason: str | None
    whole: bool  # these are all items of the order


class Unsure(Exception):  # noqa: N818 (it says what is not known)
    """Whether a rule chooses this order cannot be told from what its page shows."""


def choose(order: Order, choices: tuple[Choice, ...], today: date) -> Chosen | None:
    """What the rules choose of this order; `None` if nothing. `Unsure` if that cannot be told."""
    by_choice = [(choice, titles) for choice in choices
                 if (titles := _titles(order, choice, today))]  # fmt: skip
    if not by_choice:
        return None
    wanted = {title for _, titles in by_choice for title in titles}
    titles = tuple(dict.fromkeys(item.title for item in order.items if item.title in wanted))
    allowed = [set(choice.ways) for choice, _ in by_choice]
    return Chosen(
        titles=titles,
        why=tuple(f"{choice.name}: {_why(order, choice, own)}" for choice, own in by_choice),
        ways=tuple(way for way in WAYS if all(way in ways for ways in allowed)),
        reason=next((choice.reason for choice, _ in by_choice if choice.reason), None),
        whole=wanted == {item.title for item in order.items},
    )


def may_choose(number: str, choices: tuple[Choice, ...]) -> bool:
    """Whether any rule could choose the order of this number, whatever else its page shows."""
    return any(_named(number, choice) for choice in choices)


def names_it(number: str, choices: tuple[Choice, ...]) -> bool:
    """Whether a rule chooses this order by its number."""
    return any(choice.orders is not None and number in choice.orders for choice in choices)


def _named(number: str, choice: Choice) -> bool:
    return choice.orders in (None, ALL) or number in (choice.orders or ())


def _titles(order: Order, choice: Choice, today: date) -> tuple[str, ...]:
    if not _named(order.number, choice):
        return ()
    picked = [item for item in order.items if _fits(item, choice, today)]
    if not picked or not _is_of_an_age(order, choice, today) or not _costs(order, choice):
        return ()
    return tuple(item.title for item in (order.items if choice.whole else picked))


def _fits(item: Item, choice: Choice, today: date) -> bool:
    if choice.items and item.title not in choice.items:
        return False
    if choice.sellers and item.seller not in choice.sellers:
        return False
    if choice.text and choice.text.casefold() not in item.title.casefold():
        return False
    if choice.expected_after:
        # Most items say nothing of a day, so one that does not is not chosen, and not unsure.
        expected = date_in(item.said, today)
        return expected is not None and expected > choice.expected_after
    return True


def _is_of_an_age(order: Order, choice: Choice, today: date) -> bool:
    """Whether it is surely so old, or so young: a page tells the day of an order, not the hour."""
    if choice.older_than is None and choice.newer_than is None:
        return True
    placed = date_in(order.placed, today)
    if placed is None:
        raise Unsure(f"when it was placed cannot be read: `{order.placed or 'nothing'}`")
    youngest = today - placed - timedelta(days=1)
    oldest = youngest + timedelta(days=2)
    if choice.older_than is not None and youngest < choice.older_than:
        return False
    return choice.newer_than is None or oldest <= choice.newer_than


def _costs(order: Order, choice: Choice) -> bool:
    if choice.above is None and choice.below is None:
        return True
    try:
        total = amount(order.total)
    except ValueError:
        raise Unsure(f"its total cannot be read: `{order.total or 'nothing'}`") from None
    return (choice.above is None or total > choice.above) and (
        choice.below is None or total < choice.below
    )


def _why(order: Order, choice: Choice, titles: tuple[str, ...]) -> str:
    """The conditions that held, as one would say them."""
    told = []
    if choice.orders == ALL:
        told.append("all orders")
    elif choice.orders:
        told.append("by its number")
    if choice.items:
        told.append("an item of that title")
    if choice.sellers:
        told.append("sold by " + " or ".join(dict.fromkeys(
            item.seller for item in order.items if item.title in titles)))  # fmt: skip
    if choice.text:
        told.append(f"a title with “{choice.text}”")
    if choice.older_than or choice.newer_than:
        told.append(f"placed {order.placed}")
    if choice.expected_after:
        told.append(f"expected after {choice.expected_after}")
    if choice.above is not None or choice.below is not None:
        told.append(f"a total of {order.total}")
    return ", ".join(told)
