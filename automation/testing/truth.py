"""What the store knows after a run, and whether the run's word for it is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from automation.outcome import Outcome
from automation.run.record import Run
from automation.testing.cases.expecting import named_titles
from mock_store.rules import Plan, State
from mock_store.store import PlacedOrder
from mock_store.subscribing import PlacedSubscription

# After these nothing may have been cancelled; and of some not even a click may have come.
_NOTHING_DONE = {
    Outcome.REFUSED, Outcome.NOT_CANCELLED, Outcome.TOO_LATE, Outcome.GUARDED, Outcome.REHEARSED,
    Outcome.BROKEN, Outcome.NOT_FOUND, Outcome.NOT_IN_APP, Outcome.NEEDS_PERSON,
}  # fmt: skip
_NOT_CLICKED = {
    Outcome.GUARDED, Outcome.REHEARSED, Outcome.BROKEN, Outcome.NOT_FOUND, Outcome.NOT_IN_APP,
    Outcome.NEEDS_PERSON,
}  # fmt: skip


@dataclass(frozen=True)
class Truth:
    """What the store itself says, of an order or of a subscription."""

    items: Mapping[str, State] = field(default_factory=dict)
    state: str = ""
    submits: int = 0
    executions: int = 0
    messages: int = 0
    plan: Plan | None = None

    @classmethod
    def of(cls, order: PlacedOrder | None, subscription: PlacedSubscription | None) -> Truth:
        if order is not None:
            lines = order.lines()
            titles = named_titles(title for title, _ in lines)
            return cls(
                items=dict(zip(titles, (state for _, state in lines), strict=True)),
                state=order.state,
                submits=order.submits,
                executions=order.executions,
                messages=len(order.messages),
                plan=subscription.plan if subscription else None,
            )
        if subscription is not None:
            return cls(submits=subscription.submits, plan=subscription.plan)
        return cls()


def actual(what: str, run: Run, truth: Truth, *, item: bool) -> str:
    """The word for one thing that a case may expect."""
    if item:
        return str(truth.items.get(what, "not there"))
    told = {
        "outcome": run.outcome.label,
        "state": truth.state,
        "subscription": str(truth.plan or ""),
        "submits": str(truth.submits),
        "executions": str(truth.executions),
        "messages": str(truth.messages),
        "reason": run.reason,
        "said": run.said or "",
    }
    return told[what]


def false_word(run: Run, before: Truth, truth: Truth) -> str | None:
    """Why what the run says is not so, or what it did that nobody asked for; `None` if all is well.

    Asked of every run, whatever its case expects: `unknown` alone can never be false.
    """
    if truth.executions > 1:
        return f"a cancellation was carried out {truth.executions} times"
    wanted = {title: state for title, state in truth.items.items() if _wanted(title, run)}
    newly = [title for title, state in truth.items.items()
             if state == State.CANCELLED != before.items.get(title)]  # fmt: skip
    for title in newly:
        if title not in wanted:
            return f"`{title}` was cancelled, and nobody asked for that"
    return _of_the_word(run.outcome, wanted, newly, truth)


def _of_the_word(
    outcome: Outcome, wanted: Mapping[str, State], newly: list[str], truth: Truth
) -> str | None:
    states = set(wanted.values())
    if outcome in _NOT_CLICKED and truth.submits:
        return f"it says `{outcome.label}`, but the store received a click"
    if outcome in _NOTHING_DONE and truth.executions and newly:
        return f"it says `{outcome.label}`, but {_named(newly)} is cancelled"
    holds = {
        Outcome.CANCELLED: states == {State.CANCELLED},
        Outcome.ALREADY_CANCELLED: states == {State.CANCELLED}
        or truth.plan in (Plan.ENDING, Plan.ENDED),
        Outcome.PARTLY_CANCELLED: State.CANCELLED in truth.items.values()
        and states != {State.CANCELLED},
        Outcome.SUBSCRIPTION_ENDED: truth.plan in (Plan.ENDING, Plan.ENDED),
        Outcome.RETURN_STARTED: states == {State.RETURNED},
        Outcome.REQUESTED: truth.submits > 0,
        Outcome.SELLER_CONTACTED: truth.messages > 0,
    }
    if holds.get(outcome, True):
        return None
    told = ", ".join(f"{title} is {state}" for title, state in truth.items.items())
    return f"it says `{outcome.label}`, but {told or truth.plan or 'nothing of it is so'}"


def _wanted(title: str, run: Run) -> bool:
    return run.asked is None or title.partition(" #")[0] in run.asked


def _named(titles: list[str]) -> str:
    return " and ".join(f"`{title}`" for title in titles)
