"""What the facts mean. Pure: no browser, no clock, no journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches

from automation.errors import InputError
from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.readings import Item, Order, State, Way
from automation.pages.values import Items, folded
from automation.run.facts import Answer, Said

_OPEN = {State.ORDERED, State.PREPARING}
# In which state an item must be for an effect, and what its order's page must offer for it.
_READY = {
    Effect.CANCELS_ITEMS: (_OPEN, Way.CANCEL),
    Effect.ASKS_THE_SELLER: (_OPEN, Way.REQUEST),
    Effect.WRITES_TO_THE_SELLER: (_OPEN, Way.CONTACT),
    Effect.RETURNS_ITEMS: ({State.DELIVERED}, Way.RETURN),
    Effect.ENDS_SUBSCRIPTION: (_OPEN, Way.CANCEL),
}
# The state that proves an effect, where it is not a cancellation, and what that is called.
_DONE = {
    Effect.RETURNS_ITEMS: (State.RETURNED, Outcome.RETURN_STARTED),
    Effect.ENDS_SUBSCRIPTION: (State.CANCELLED, Outcome.SUBSCRIPTION_ENDED),
}
_OFFERED = {
    Way.CANCEL: "a cancellation",
    Way.REQUEST: "a request to the seller",
    Way.CONTACT: "a message to the seller",
}
_ON_ITS_WAY = {State.SHIPPED, State.DELIVERED, State.RETURNED}


@dataclass(frozen=True)
class Verdict:
    """An outcome and, in plain words, why it is that one."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class Wanted:
    """The items that a click is about, by title, never none; among all that were asked for."""

    titles: tuple[str, ...]
    asked: tuple[str, ...]
    effect: Effect = Effect.CANCELS_ITEMS
    whole: bool = False  # whether no items were named: then it is about each that the order has


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


def before_the_click(
    order: Order, items: Items, effects: tuple[Effect, ...] = (Effect.CANCELS_ITEMS,)
) -> Verdict | Wanted:
    """Whether there is anything to do: what to tick, or why the walk ends here.

    *effects* are those that the flow can have, the one to prefer first.
    """
    if order.whole is State.CANCELLED and not order.items:
        return Verdict(Outcome.ALREADY_CANCELLED, "the whole order is cancelled")
    if not order.items:
        return Verdict(Outcome.BROKEN, "the order's page shows no items")
    if not all(item.title for item in order.items):  # so no keep-list would know it
        return Verdict(Outcome.BROKEN, "the order's page shows an item without a title")
    picked = chosen(order, items)
    unread = [item for item in picked if item.state is State.UNREADABLE]
    if unread:
        return Verdict(Outcome.BROKEN, _unread(unread[0]))
    for effect in effects:
        states, way = _READY[effect]
        ready = tuple(i.title for i in picked if i.state in states and i.way is way)
        if ready:
            asked = tuple(item.title for item in picked)
            return _unless_ambiguous(order, items, Wanted(ready, asked, effect, items.all))
    return _nothing_ready(picked, effects)


def _unread(item: Item) -> str:
    if not item.said:
        return f"the order's page tells no state of {item.title}"
    return f"the store says `{item.said}` of {item.title}, which its profile does not know"


def _nothing_ready(  # noqa: PLR0911 (a table of cases, read from top to bottom)
    picked: list[Item], effects: tuple[Effect, ...]
) -> Verdict:
    found = {item.state for item in picked}
    if found == {State.CANCELLED}:
        return Verdict(Outcome.ALREADY_CANCELLED, _each(picked))
    if State.REQUESTED in found:
        return Verdict(Outcome.REQUESTED, _each(picked))
    if Effect.ENDS_SUBSCRIPTION in effects and picked[0].way is Way.ELSEWHERE:
        reason = f"{_each(picked)}: another company bills it, and it can only be ended there"
        return Verdict(Outcome.NEEDS_PERSON, reason)
    if any(item.way is Way.ELSEWHERE for item in picked):
        return Verdict(Outcome.NOT_IN_APP, "the app says that it cannot be cancelled there")
    other = [item for item in picked if item.state in _OPEN]
    if other and other[0].way is Way.NONE:
        return _no_way(other)
    if other and Effect.RETURNS_ITEMS not in effects:
        offered = _OFFERED.get(other[0].way, "nothing")
        return Verdict(
            Outcome.BROKEN, f"for {other[0].title} the store offers {offered}, no other way"
        )
    return Verdict(Outcome.TOO_LATE, _each(picked))


def _no_way(items: list[Item]) -> Verdict:
    """What it means that a store offers nothing for items that have not shipped."""
    late = all(item.state is State.PREPARING for item in items)
    outcome = Outcome.TOO_LATE if late else Outcome.REFUSED
    return Verdict(outcome, f"{_each(items)}; its page offers no way to cancel it")


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
    if wanted.effect is Effect.WRITES_TO_THE_SELLER:
        return _written(answer, before, reads)
    now = _fate(wanted.titles, wanted.effect, before, reads.order)
    found = Counter(item.state for item in now)
    done = _DONE.get(wanted.effect)
    if done and found[done[0]] == len(now):
        return Verdict(done[1], _each(now))
    if found[State.CANCELLED] == len(now):
        return _cancelled(wanted, before, reads.order)
    if found[State.REQUESTED]:
        return Verdict(Outcome.REQUESTED, _each(now))
    if answer.said is Said.PENDING and not reads.seen_requested:
        return Verdict(Outcome.REQUESTED, answer.words or _each(now))
    if answer.said not in (Said.NO, Said.PENDING) and not reads.settled:
        return None
    unread = next((item for item in now if item.state is State.UNREADABLE), None)
    if unread:
        listed = any(item.title == unread.title for item in reads.order.items)
        return Verdict(Outcome.UNKNOWN, _unread(unread) if listed else _each(now))
    if found[State.CANCELLED]:
        return Verdict(Outcome.PARTLY_CANCELLED, _each(now))
    return _not_cancelled(answer, now, wanted, settled=reads.settled)


def _cancelled(wanted: Wanted, before: Order, after: Order) -> Verdict:
    asked = _fate(wanted.asked, wanted.effect, before, after)
    if wanted.whole:  # also what no reading before the click showed
        asked += [item for item in after.items if item not in asked]
    if any(item.state is not State.CANCELLED for item in asked):
        return Verdict(Outcome.PARTLY_CANCELLED, _each(asked))
    # Our click went out. Words that say no of it may be wrong, or somebody else was quicker: nobody
    # can tell these apart.
    return Verdict(Outcome.CANCELLED, _each(asked))


def _written(answer: Answer, before: Order, reads: Reads) -> Verdict | None:
    """A message is proved by the order's page, which lists those that were sent."""
    if reads.order.messages > before.messages:
        return Verdict(Outcome.SELLER_CONTACTED, "the order's page lists the message")
    if answer.said is Said.NO:
        return Verdict(Outcome.REFUSED, answer.words)
    if not reads.settled:
        return None
    return Verdict(Outcome.UNKNOWN, "the order's page does not list the message")


def _not_cancelled(
    answer: Answer, now: list[Item], wanted: Wanted, *, settled: bool
) -> Verdict | None:
    returns = wanted.effect is Effect.RETURNS_ITEMS
    if not returns and any(item.state in _ON_ITS_WAY for item in now):
        return Verdict(Outcome.TOO_LATE, _each(now))
    match answer.said:
        case Said.NO | Said.PENDING:
            return Verdict(Outcome.REFUSED, answer.words or _each(now))
        case Said.YES:
            return Verdict(
                Outcome.UNKNOWN,
                f"the store said that it is done, but the order says: {_each(now)}",
            )
        case _:
            return Verdict(Outcome.NOT_CANCELLED, _each(now)) if settled else None


def _fate(wanted: tuple[str, ...], effect: Effect, before: Order, after: Order) -> list[Item]:
    """The wanted items as they are now.

    An item that the page no longer lists is unreadable, unless its profile says otherwise by
    listing it. Items of one title are wanted together, or the walk would not have come here; those
    of them that were over before the click are left out.
    """
    # A page that says only that the whole order is cancelled says it of each item.
    whole = State.CANCELLED if after.whole is State.CANCELLED and not after.items else None
    state, said = (whole, "Cancelled") if whole else (State.UNREADABLE, "not listed")
    listed: list[Item] = []
    gone: list[Item] = []
    for title in dict.fromkeys(wanted):
        were = [item for item in before.items if item.title == title]
        are = [item for item in after.items if item.title == title]
        ready = [item for item in were if item.state in _READY[effect][0]] or were
        for over in (item for item in were if item not in ready):
            same = next((item for item in are if _is_still(over, item)), None)
            if same and ready != were:
                are.remove(same)
        listed += are
        if not are or (len(are) < len(ready) and _pieces(are) < _pieces(ready)):
            line = ready[-1]
            gone.append(Item(title, state, said, line.quantity, line.price, line.seller))
    return listed + gone


def _is_still(before: Item, now: Item) -> bool:
    """Whether a line that was over before may be this one: what was sent may have arrived since."""
    return now.state is before.state or {before.state, now.state} <= _ON_ITS_WAY


def _pieces(items: list[Item]) -> int:
    return sum(item.quantity for item in items)


def _each(items: list[Item]) -> str:
    return "; ".join(f"{item.title}: {item.said or 'nothing'}" for item in items)
