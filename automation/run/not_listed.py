"""What it means that an order is on none of the pages of its list: not found, or not known."""

from __future__ import annotations

from automation.outcome import Outcome
from automation.pages.description import Description, OrdersPart
from automation.pages.orders import OrderNotListed
from automation.pages.tally import GoesInCircles, Tally
from automation.run.endings import WalkEnded
from automation.run.judgement import Verdict


def not_found(gap: OrderNotListed, described: Description | None) -> WalkEnded:
    """The ending of a walk that did not find its order."""
    read = gap.read
    if not read.whole:
        reason = f"the order list could not be read completely: {read.gap}"
        return WalkEnded(Verdict(Outcome.BROKEN, reason), hint=what_to_name(read, described))
    if gap.shown:
        reason = f"{read.orders}, {gap.number} is not among them, yet the list shows `{gap.shown}`"
        return WalkEnded(Verdict(Outcome.BROKEN, reason), hint=_where_it_looked(described))
    if read.stated is None:
        all_of_them = f"{read.orders}; this store states no count; "
        return WalkEnded(Verdict(Outcome.NOT_FOUND, f"{all_of_them}{gap.number} is not among them"))
    reason = f"all {read.read} orders of the account were read; {gap.number} is not among them"
    return WalkEnded(Verdict(Outcome.NOT_FOUND, reason))


def _where_it_looked(described: Description | None) -> str | None:
    if described is None:
        return None
    part = described.orders
    number = f", and its number by {part.number}" if part.number else ""
    return f"each order's row is looked for by {part.rows}{number}"


def in_circles(circle: GoesInCircles, described: Description | None) -> WalkEnded:
    """The ending of a walk through a list that never ends."""
    key = (described.orders.next or described.orders.numbered) if described else None
    return WalkEnded(
        Verdict(Outcome.BROKEN, f"the order list could not be read completely: {circle.message}"),
        hint=f"what leads on, {key}, leads back: let it find nothing on the last page"
        if key
        else None,
    )


def what_to_name(read: Tally, described: Description | None) -> str | None:
    """What the profile should name, so that this list can be known to be whole."""
    if described is None:
        return None
    part = described.orders
    if read.unnumbered and not read.read:
        return f"the number is looked for by {part.number or part.rows}"
    return _end_to_name(read, part) if read.stated is None else None


def _end_to_name(read: Tally, part: OrdersPart) -> str | None:
    key = part.next or part.numbered
    if key is None:
        return (
            "name what leads to more orders, `orders.next` or `orders.numbered`, or where the "
            "store says how many there are, `orders.stated`"
        )
    if read.may_lead_on:
        return f"`{read.may_lead_on}` may lead to more orders, and {key} does not find it"
    if read.unnumbered:
        return f"let `orders.rows` find orders only: it finds other rows too, by {part.rows}"
    return None if part.next else f"in {key} nothing is marked as the page shown: `aria-current`"
