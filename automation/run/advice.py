"""What the reader may do next, by how a run ended and by what the order's page still offers."""

from __future__ import annotations

from automation.outcome import Outcome
from automation.pages.description import Description
from automation.pages.readings import OPEN, Order, State, Way
from automation.pages.spots import Spot


def advice(
    outcome: Outcome, order: Order | None, looked_for: Description | None = None
) -> str | None:
    """A hint; `None` where there is nothing to do. *order* is the order as it was last read.

    *looked_for* is what its profile says of the store's pages, where it says so.
    """
    if looked_for and order and (slip := _perhaps_a_slip(outcome, order, looked_for)):
        return slip
    match outcome:
        case Outcome.TOO_LATE:
            return _on_its_way(order)
        case Outcome.UNKNOWN:
            return "`unorder verify` reads the order again; never click again before it has"
        case Outcome.REQUESTED:
            return f"`unorder verify` asks again later{_unless_it_shows(order)}"
        case Outcome.NOT_IN_APP:
            return "cancel it on a computer: `unorder run cancel-order`"
        case _:
            return None


def _perhaps_a_slip(outcome: Outcome, order: Order, looked_for: Description) -> str | None:
    """What of a profile to look at, where the page may well hold what was not found."""
    lines = looked_for.order.lines
    if outcome is Outcome.GUARDED and not order.number:
        return f"its number is looked for by {looked_for.order.number}"
    if outcome is Outcome.BROKEN and lines and not order.items:
        return f"they are looked for by {lines.rows}"
    if outcome is Outcome.BROKEN and lines and (untitled := _without_a_title(order)):
        return f"the title of {untitled} is looked for by {_in_the_profile(lines.title)}"
    if outcome is Outcome.GUARDED and order.offered and _is_over(order):
        return "if it has not ended so, list the word under another state, such as `completed`"
    open_ = [item for item in order.items if item.state in OPEN]
    if outcome is Outcome.REFUSED and open_ and all(item.way is Way.NONE for item in open_):
        first = looked_for.cancel.first
        return f"if its page does offer it, correct the profile: it looks for {first}"
    return None


def _without_a_title(order: Order) -> str:
    """Which line of the order that is, as one would count them."""
    found = [at for at, item in enumerate(order.items, 1) if not item.title]
    return f"line {found[0]} of {len(order.items)}" if found else ""


def _in_the_profile(spot: Spot) -> str:
    return f"{spot}, on line {spot.lines[0]} of the profile" if spot.lines else str(spot)


def _unless_it_shows(order: Order | None) -> str:
    """What ends a request that its order's page does not show."""
    if order is None or any(item.state is State.REQUESTED for item in order.items):
        return ""
    return (
        "; the page does not show the request, so only a cancellation ends it, or a word that the "
        "profile lists as `denied`"
    )


def _is_over(order: Order) -> bool:
    return not any(item.state in OPEN for item in order.items)


def _on_its_way(order: Order | None) -> str | None:
    items = order.items if order else ()
    if order and any(item.way is Way.RETURN for item in items):
        return f"it can be returned: `unorder run start-return order={order.number}`"
    if items and all(item.state is State.RETURNED for item in items):
        return "it has been returned already"
    if items and all(item.state is State.DELIVERED for item in items):
        return "its time for returns is over; only its seller can do more"
    if any(item.state is State.SHIPPED for item in items):
        return "refuse the parcel at the door, or return it when it has arrived"
    return None
