"""Which way an order would take, from what its page offers and what was tried before. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum

from automation.jobs.book import WayOut
from automation.jobs.choosing import Chosen
from automation.jobs.dates import date_in
from automation.outcome import Again, Outcome
from automation.pages.base import Effect
from automation.pages.readings import OPEN, SENT, Order, State
from automation.pages.storefront import Storefront
from automation.pages.values import Items
from automation.run.guard import first_judged
from automation.run.intents import Intent
from automation.run.judgement import Wanted
from automation.run.requested import not_decided
from automation.run.rules import Rules


class Route(Enum):
    """What a plan says of a chosen order."""

    CANCEL = "cancel"
    REQUEST = "request"
    CONTACT = "contact seller"
    CAPPED = "over a cap"
    KEPT = "kept"
    HELD = "tried before"
    ALREADY = "already done"
    TOO_LATE = "too late"
    NOT_OFFERED = "not offered"

    @property
    def to_do(self) -> bool:
        """Whether `apply` would do something about it."""
        return self in _BY_EFFECT.values()


_BY_EFFECT = {
    Effect.CANCELS_ITEMS: Route.CANCEL,
    Effect.ASKS_THE_SELLER: Route.REQUEST,
    Effect.WRITES_TO_THE_SELLER: Route.CONTACT,
}
_WITHOUT = {
    Outcome.ALREADY_CANCELLED: Route.ALREADY,
    Outcome.REQUESTED: Route.ALREADY,
    Outcome.TOO_LATE: Route.TOO_LATE,
    Outcome.GUARDED: Route.KEPT,
}
# After these the same thing is not asked for again by a machine.
_FINAL = {Again.PERSON, Again.NO}


@dataclass(frozen=True)
class Routed:
    """A route, the items that it is about, and in plain words why it is that one."""

    route: Route
    titles: tuple[str, ...]
    words: str = ""


def without_kept(chosen: Chosen, order: Order, rules: Rules) -> Chosen:
    """The choice without items on the keep-list; a whole order stays whole, or is kept whole."""
    if chosen.whole:
        return chosen
    free = tuple(title for title in chosen.titles if rules.keeps_item(order, title) is None)
    return Chosen(free or chosen.titles, chosen.why, chosen.ways, chosen.reason, whole=False)


def route_of(order: Order, chosen: Chosen, rules: Rules, earlier: Iterable[Intent]) -> Routed:
    """The way that these items of this order would take."""
    effects = tuple(way.effect for way in WayOut if way.word in chosen.ways)
    items = Items() if chosen.whole else Items(chosen.titles)
    judged = first_judged(order, items, effects, rules)
    if not isinstance(judged, Wanted):
        route = _WITHOUT.get(judged.outcome, Route.NOT_OFFERED)
        if judged.outcome is Outcome.GUARDED and order.offered:
            route = _against_its_state(order)
        return Routed(route, chosen.titles, judged.reason)
    if kept := _kept(order, chosen, rules):
        return Routed(Route.KEPT, chosen.titles, kept)
    tried = _tried(judged, order, earlier)
    if tried:
        return Routed(Route.HELD, judged.titles, tried)
    return Routed(_BY_EFFECT[judged.effect], judged.titles)


def _against_its_state(order: Order) -> Route:
    """Where a page offers what its state denies: no rule keeps it, and nothing is clicked."""
    states = {item.state for item in order.items}
    if states & OPEN:
        return Route.KEPT  # titles that are alike, which before the click is a guard's no
    return Route.TOO_LATE if states & SENT else Route.NOT_OFFERED


def _kept(order: Order, chosen: Chosen, rules: Rules) -> str | None:
    try:
        return rules.keeps(order, chosen.titles)
    except ValueError:
        return f"its total cannot be read: `{order.total or 'nothing'}`"


def _tried(wanted: Wanted, order: Order, earlier: Iterable[Intent]) -> str | None:
    """Why the same is not tried again: a click is still open, or ended in a word for a person."""
    earlier = tuple(earlier)
    if asked := not_decided(earlier, wanted.titles):
        return asked.reason
    for intent in earlier:
        if intent.open:
            return "an earlier click on this order is not settled yet"
        alike = intent.wanted.effect is wanted.effect and set(wanted.titles) & set(
            intent.wanted.titles
        )
        if alike and intent.outcome and intent.outcome.again in _FINAL:
            return f"{intent.at:%Y-%m-%d} it ended in {intent.outcome.label}; a person decides"
    if wanted.effect is Effect.WRITES_TO_THE_SELLER and order.messages:
        return "the seller was written to before"
    return None


def closes(
    order: Order, routed: Routed, storefront: Storefront, today: date, zone: tzinfo | None
) -> datetime | None:
    """When the way may close at the earliest, where the store or its profile tells."""
    about = [item for item in order.items if item.title in routed.titles]
    known = [_begin(day, zone) for item in about if (day := date_in(item.said, today))]
    window = storefront.windows.get(routed.route.value)
    placed = date_in(order.placed, today)
    if window is not None and placed is not None:
        known.append(_begin(placed, zone) + timedelta(hours=window))
    return min(known, default=None)


def urgency(order: Order, closing: datetime | None, today: date) -> tuple[bool, bool, float, int]:
    """What to sort by: first what is being packed, then what closes soonest, then the oldest."""
    packing = any(item.state is State.PREPARING for item in order.items)
    placed = date_in(order.placed, today)
    return (
        not packing,
        closing is None,
        closing.timestamp() if closing else 0.0,
        placed.toordinal() if placed else 0,
    )


def _begin(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(zone)
