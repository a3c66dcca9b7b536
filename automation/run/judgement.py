"""What the facts mean. Pure: no browser, no clock, no journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches

from automation.errors import InputError
from automation.outcome import Outcome
from automation.pages.readings import Item, Order, State
from automation.pages.values import Items, folded
from automation.run.facts import Answer, Said

_MAY_BE_CANCELLED = {State.ORDERED, State.PREPARING}
_ON_ITS_WAY = {State.SHIPPED, State.DELIVERED, State.RETURNED}


@dataclass(frozen=True)
class Verdict:
    """An outcome and, in plain words, why it is that one."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class Wanted:
    """The items that a click is to cancel, by title, never none; among all that were asked for."""

    titles: tuple[str, ...]
    asked: tuple[str, ...]


def chosen(order: Order, items: Items) -> list[Item]:
    """The items of the order that were asked for; `InputError` for a title it does not have."""
    if items.titles is None:
        return list(order.items)
    has = {item.title for item in order.items}
    for title in map(folded, items.titles):
        if title not in has:
            close = get_close_matches(title, has, n=1, cutoff=0.6)
            did_you_mean = f"did you mean `{close[0]}`? " if close else ""
            raise InputError(
                f"order {order.number} has no item `{title}`",
                hint=f"{did_you_mean}it holds: " + ", ".join(f"`{name}`" for name in sorted(has)),
            )
    asked = set(map(folded, items.titles))
    return [item for item in order.items if item.title in asked]


def before_the_click(  # noqa: PLR0911 (a table of cases, read from top to bottom)
    order: Order, items: Items
) -> Verdict | Wanted:
    """Whether there is anything to cancel: what to tick, or why the walk ends here."""
    if order.whole is State.CANCELLED and not order.items:
        return Verdict(Outcome.ALREADY_CANCELLED, "the whole order is cancelled")
    if not order.items:
        return Verdict(Outcome.BROKEN, "the order's page shows no items")
    picked = chosen(order, items)
    unread = [item for item in picked if item.state is State.UNREADABLE]
    if unread:
        said = unread[0].said or "nothing"
        return Verdict(
            Outcome.BROKEN,
            f"the store says `{said}` of {unread[0].title}, which its profile does not know",
        )
    ready = tuple(item.title for item in picked if item.state in _MAY_BE_CANCELLED)
    if ready:
        return _unless_ambiguous(order, items, Wanted(ready, tuple(i.title for i in picked)))
    found = {item.state for item in picked}
    if found == {State.CANCELLED}:
        return Verdict(Outcome.ALREADY_CANCELLED, _each(picked))
    if State.REQUESTED in found:
        return Verdict(Outcome.REQUESTED, _each(picked))
    return Verdict(Outcome.TOO_LATE, _each(picked))


def _unless_ambiguous(order: Order, items: Items, wanted: Wanted) -> Verdict | Wanted:
    if items.titles is not None:
        count = Counter(item.title for item in order.items)
        for title in wanted.titles:
            if count[title] > 1:
                return Verdict(
                    Outcome.GUARDED,
                    f"{count[title]} items of this order are called `{title}`; "
                    "which of them is meant cannot be told",
                )
    return wanted


@dataclass(frozen=True)
class Reads:
    """What was read of an order after the click: the newest, and whether the one before agreed."""

    order: Order
    agreeing: bool
    settled: bool  # as much time has passed as the store may take
    seen_requested: bool = False  # the store once said that it was still deciding


def after_the_click(  # noqa: PLR0911 (a table of cases, read from top to bottom)
    answer: Answer, wanted: Wanted, before: Order, reads: Reads
) -> Verdict | None:
    """What became of the wanted items; `None` while it is too early to say.

    Only the order, read again, decides. The store's answer tells a refusal from a click that had
    no effect, and how long to wait for a change.
    """
    if not reads.agreeing:
        return None
    now = _fate(wanted.titles, before, reads.order)
    found = Counter(item.state for item in now)
    if found[State.CANCELLED] == len(now):
        return _cancelled(answer, wanted, before, reads.order)
    if found[State.REQUESTED]:
        return Verdict(Outcome.REQUESTED, _each(now))
    if answer.said is Said.PENDING and not reads.seen_requested:
        return Verdict(Outcome.REQUESTED, answer.words or _each(now))
    if answer.said in (Said.YES, Said.SILENCE) and not reads.settled:
        return None
    if found[State.UNREADABLE]:
        return Verdict(Outcome.UNKNOWN, _each(now))
    if found[State.CANCELLED]:
        return Verdict(Outcome.PARTLY_CANCELLED, _each(now))
    return _not_cancelled(answer, now, settled=reads.settled)


def _cancelled(answer: Answer, wanted: Wanted, before: Order, after: Order) -> Verdict:
    asked = _fate(wanted.asked, before, after)
    if any(item.state is not State.CANCELLED for item in asked):
        return Verdict(Outcome.PARTLY_CANCELLED, _each(asked))
    # A refusal of what is cancelled all the same: somebody else was quicker.
    outcome = Outcome.ALREADY_CANCELLED if answer.said is Said.NO else Outcome.CANCELLED
    return Verdict(outcome, _each(asked))


def _not_cancelled(answer: Answer, now: list[Item], *, settled: bool) -> Verdict | None:
    if any(item.state in _ON_ITS_WAY for item in now):
        return Verdict(Outcome.TOO_LATE, _each(now))
    match answer.said:
        case Said.NO | Said.PENDING:
            return Verdict(Outcome.REFUSED, answer.words or _each(now))
        case Said.YES:
            return Verdict(
                Outcome.UNKNOWN,
                f"the store said that it is cancelled, but the order says: {_each(now)}",
            )
        case _:
            return Verdict(Outcome.NOT_CANCELLED, _each(now)) if settled else None


def _fate(wanted: tuple[str, ...], before: Order, after: Order) -> list[Item]:
    """The wanted items as they are now.

    An item that the page no longer lists is unreadable, unless its profile says otherwise by
    listing it. Items of one title are wanted together, or the walk would not have come here.
    """
    lines = {item.title: item for item in before.items}
    listed = {title: [item for item in after.items if item.title == title] for title in wanted}
    # A page that says only that the whole order is cancelled says it of each item.
    whole = State.CANCELLED if after.whole is State.CANCELLED and not after.items else None
    state, said = (whole, "Cancelled") if whole else (State.UNREADABLE, "not listed")
    gone = [
        Item(title, state, said, line.quantity, line.price, line.seller)
        for title in dict.fromkeys(wanted)
        if not listed[title] and (line := lines[title])
    ]
    return [item for title in listed for item in listed[title]] + gone


def _each(items: list[Item]) -> str:
    return "; ".join(f"{item.title}: {item.said or 'nothing'}" for item in items)
