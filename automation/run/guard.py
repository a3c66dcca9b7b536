"""Reasons not to click. Each guard looks at the same facts; an error in a guard is a no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.readings import Order, Selection
from automation.pages.values import Items
from automation.run.judgement import Verdict, Wanted, before_the_click
from automation.run.rules import Rules


@dataclass(frozen=True)
class Facts:
    """Everything that is known right before the click."""

    asked_order: str
    account: str  # the name by which the store greets the account that was asked for; "" if unknown
    wanted: Wanted
    first: Order  # as read when the walk came to the order
    last: Order  # as read again, just now
    selection: Selection
    control: str | None  # what is wrong with the control to click, if anything
    rules: Rules
    today: tuple[Order, ...]  # what was committed today before this


@dataclass(frozen=True)
class No:
    """A guard's no, and which one said it."""

    guard: str
    reason: str


def first_judged(
    order: Order, items: Items, effects: tuple[Effect, ...], rules: Rules
) -> Verdict | Wanted:
    """`before_the_click`; but what cannot be read of an order does not undo that it is kept."""
    judged = before_the_click(order, items, effects)
    if not isinstance(judged, Verdict) or judged.outcome is not Outcome.BROKEN:
        return judged
    try:
        kept = rules.keeps_order(order)
    except ValueError:  # its total cannot be read either
        return judged
    return Verdict(Outcome.GUARDED, f"{keep_list.__name__}: {kept}") if kept else judged


def ask(facts: Facts) -> No | None:
    """The first guard's no, or `None` when there is no reason not to click."""
    for guard in GUARDS:
        try:
            reason = guard(facts)
        except Exception as problem:  # noqa: BLE001 (an error in a guard is a no)
            reason = f"this guard failed: {type(problem).__name__}: {problem}"
        if reason:
            return No(guard.__name__, reason)
    return None


def same_order(facts: Facts) -> str | None:
    asked = facts.asked_order
    on_form = facts.selection.order
    if facts.last.number != asked:
        return f"order {asked} was asked for, but the page shows {facts.last.number or 'no number'}"
    if on_form is not None and on_form != asked:
        about = f"is about {on_form}" if on_form else "does not say which order it is about"
        return f"order {asked} was asked for, but the form {about}"
    return None


def same_account(facts: Facts) -> str | None:
    if facts.account and facts.last.account != facts.account:
        return "the store greets another account than the one that was asked for"
    return None


def same_facts(facts: Facts) -> str | None:
    if facts.first.total != facts.last.total:
        return f"the total was {facts.first.total} and is now {facts.last.total}"
    if facts.first.fee != facts.last.fee:
        was, now = (shown or "not shown" for shown in (facts.first.fee, facts.last.fee))
        return f"the fee was {was} and is now {now}"
    wanted = facts.wanted
    first, last = (
        Counter(item for item in order.items if wanted.whole or item.title in wanted.asked)
        for order in (facts.first, facts.last)
    )
    if first != last:
        changed = next(iter((first - last) + (last - first)))
        return f"`{changed.title}` has changed since it was first read"
    return None


def exactly_the_wanted(facts: Facts) -> str | None:
    ticked, wanted = Counter(facts.selection.ticked), Counter(facts.wanted.titles)
    if ticked == wanted:
        return None
    more, fewer = ticked - wanted, wanted - ticked
    if facts.selection.all_or_nothing and more and not fewer:
        too = ", ".join(f"`{title}`" for title in more)
        return f"{too} would be cancelled too: this shop cancels whole orders only"
    said = [f"`{title}` is ticked but was not asked for" for title in more]
    said += [f"`{title}` was asked for but is not ticked" for title in fewer]
    return "; ".join(said)


def form_agrees_with_the_order(facts: Facts) -> str | None:
    lines = Counter((item.title, item.quantity) for item in facts.last.items)
    for line in facts.selection.lines:
        if line.ticked and not lines[line.title, line.quantity]:
            return f"the form says {line.quantity} of `{line.title}`, the order's page does not"
    if facts.wanted.whole:  # then what is not wanted is what the page did not show
        for line in facts.selection.lines:
            if not line.ticked and line.title not in {item.title for item in facts.last.items}:
                return f"the form lists `{line.title}`, the order's page does not"
    return None


def control_is_ready(facts: Facts) -> str | None:
    return facts.control


def keep_list(facts: Facts) -> str | None:
    return facts.rules.keeps(facts.last, facts.wanted.titles)


def caps(facts: Facts) -> str | None:
    return facts.rules.over_a_cap(facts.last, facts.today)


def fee(facts: Facts) -> str | None:
    shown = (facts.last.fee, facts.selection.fee)
    return next(filter(None, map(facts.rules.why_not_for, shown)), None)


GUARDS: tuple[Callable[[Facts], str | None], ...] = (
    same_order,
    same_account,
    same_facts,
    exactly_the_wanted,
    form_agrees_with_the_order,
    control_is_ready,
    keep_list,
    caps,
    fee,
)
