"""What the facts mean. Pure: no browser, no clock, no journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches

from automation.errors import InputError
from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.readings import LAPSED, OPEN, SENT, Item, Order, State, Way
from automation.pages.values import Items, folded
from automation.run.facts import Answer, Said
from automation.run.state_reasons import lapsed, no_way

# In which state an item must be for an effect, and what its order's page must offer for it.
_READY = {
    Effect.CANCELS_ITEMS: (OPEN, Way.CANCEL),
    Effect.ASKS_THE_SELLER: (OPEN, Way.REQUEST),
    Effect.WRITES_TO_THE_SELLER: (OPEN, Way.CONTACT),
    Effect.RETURNS_ITEMS: ({State.DELIVERED}, Way.RETURN),
    Effect.ENDS_SUBSCRIPTION: (OPEN, Way.CANCEL),
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
    asks: bool = False  # whether the page of the last click says that the store will decide


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
    if order.whole and not order.items:
        return _whole(order.whole)
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
    return _nothing_ready(order, picked, effects)


def _whole(state: State) -> Verdict:
    """What it means that a page says this of the whole order, and lists no items."""
    if state is State.CANCELLED:
        return Verdict(Outcome.ALREADY_CANCELLED, "the whole order is cancelled")
    if state is State.REQUESTED:
        return Verdict(Outcome.REQUESTED, "the store was asked to cancel the whole order")
    if state in LAPSED:
        return Verdict(Outcome.REFUSED, f"the whole order: {lapsed(state)}")
    if state in SENT:
        return Verdict(Outcome.TOO_LATE, f"the whole order is {state.words}")
    return Verdict(Outcome.BROKEN, "the order's page shows no items")


def _unread(item: Item) -> str:
    if not item.said:
        return f"the order's page tells no state of {item.title}"
    return f"the store says `{item.said}` of {item.title}, which its profile does not know"


def _nothing_ready(  # noqa: PLR0911 (a table of cases, read from top to bottom)
    order: Order, picked: list[Item], effects: tuple[Effect, ...]
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
    other = [item for item in picked if item.state in OPEN]
    if other and Effect.RETURNS_ITEMS in effects:
        return Verdict(Outcome.REFUSED, f"{_each(other)}; it was not delivered, as its page says")
    if other and other[0].way is Way.NONE:
        return Verdict(Outcome.REFUSED, f"{_each(other)}; {no_way(other[0].state)}")
    if other:
        offered = _OFFERED.get(other[0].way, "nothing")
        return Verdict(
            Outcome.BROKEN, f"for {other[0].title} the store offers {offered}, no other way"
        )
    cancels = Effect.CANCELS_ITEMS in effects
    if cancels and order.offered and not any(item.state in OPEN for item in order.items):
        return _offered_all_the_same(picked)
    sent = [item for item in picked if item.state in SENT]
    if sent:
        return Verdict(Outcome.TOO_LATE, _each(picked))
    over = [item for item in picked if item.state in LAPSED]
    return Verdict(Outcome.REFUSED, f"{_each(over)}; {lapsed(over[0].state)}")


def _offered_all_the_same(picked: list[Item]) -> Verdict:
    """A page offers what the state of its order denies: one of them is not as the profile says."""
    item = next(item for item in picked if item.state is not State.CANCELLED)
    return Verdict(
        Outcome.GUARDED,
        f"{item.title}: {item.said}, which the profile counts as {item.state.words}; "
        "but the page offers to cancel the order",
    )


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
    says_no = _says_no(now, wanted, before)
    # A request that was seen and is gone was denied too, once no page can be of before it.
    denied = says_no or reads.seen_requested
    if not denied and _is_pending(answer, wanted, now):
        return Verdict(Outcome.REQUESTED, answer.words or _each(now))
    if not (answer.said in (Said.NO, Said.PENDING) or says_no or reads.settled):
        return None
    unread = next((item for item in now if item.state is State.UNREADABLE), None)
    if unread:
        listed = any(item.title == unread.title for item in reads.order.items)
        return Verdict(Outcome.UNKNOWN, _unread(unread) if listed else _each(now))
    if found[State.CANCELLED]:
        return Verdict(Outcome.PARTLY_CANCELLED, _each(now))
    return _not_cancelled(answer, now, wanted, settled=reads.settled, denied=denied)


def _is_pending(answer: Answer, wanted: Wanted, now: list[Item]) -> bool:
    """Whether the store was asked: where its page says that it will decide, a yes is just that."""
    asked = answer.said is Said.PENDING or (wanted.asks and answer.said is Said.YES)
    return asked and not any(item.state in LAPSED for item in now)


def _says_no(now: list[Item], wanted: Wanted, before: Order) -> bool:
    """Whether the page says that the store denied a request, and did not say so before."""
    were = any(i.state is State.DENIED and i.title in wanted.titles for i in before.items)
    return not were and any(item.state is State.DENIED for item in now)


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
    answer: Answer, now: list[Item], wanted: Wanted, *, settled: bool, denied: bool
) -> Verdict | None:
    returns = wanted.effect is Effect.RETURNS_ITEMS
    if not returns and any(item.state in SENT for item in now):
        return Verdict(Outcome.TOO_LATE, _each(now))
    if denied:
        return Verdict(Outcome.REFUSED, f"the store denied the request to cancel it: {_each(now)}")
    if answer.said is Said.NO:
        return Verdict(Outcome.REFUSED, answer.words or _each(now))
    if not settled:
        return None
    doubt = _doubt(answer, now, wanted)
    return Verdict(Outcome.UNKNOWN, doubt) if doubt else Verdict(Outcome.NOT_CANCELLED, _each(now))


def _doubt(answer: Answer, now: list[Item], wanted: Wanted) -> str | None:
    """Why it is not known that a click did nothing, though the order is not cancelled."""
    if answer.said is Said.YES:
        return f"the store said that it is done, but the order says: {_each(now)}"
    if any(item.state in LAPSED for item in now):
        return f"since the click the order says: {_each(now)}; that is no cancellation"
    if wanted.asks:
        return f"whether the store was asked is not known; the order says: {_each(now)}"
    return None


def _fate(wanted: tuple[str, ...], effect: Effect, before: Order, after: Order) -> list[Item]:
    """The wanted items as they are now.

    An item that the page no longer lists is unreadable, unless its profile says otherwise by
    listing it. Items of one title are wanted together, or the walk would not have come here; those
    of them that were over before the click are left out.
    """
    # A page that says something of the whole order alone says it of each item.
    whole = after.whole if not after.items else None
    state, said = (whole, whole.words.capitalize()) if whole else (State.UNREADABLE, "not listed")
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
    return now.state is before.state or {before.state, now.state} <= SENT


def _pieces(items: list[Item]) -> int:
    return sum(item.quantity for item in items)


def _each(items: list[Item]) -> str:
    return "; ".join(f"{item.title}: {item.said or 'nothing'}" for item in items)
