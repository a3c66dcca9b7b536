"""Making a plan: every account looked through, one plan of what was found. Nothing is clicked."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from automation.errors import UnorderError
from automation.jobs.budget import Budget
from automation.jobs.crew import Crew, WorkerDied, WorkFailed
from automation.jobs.plan import Held, Listed, Plan, Planned, Source
from automation.jobs.planfile import listed_from_data, planned_from_data, sealed
from automation.jobs.reading import Post, RulesFile
from automation.jobs.route import Route, urgency
from automation.outcome import gravest
from automation.run.journal import Journal
from automation.run.rules import Rules

# The places of a plan: what would be done first, then what would not, by why.
_PLACES = {route: place for place, route in enumerate(Route)}
Told = Callable[[Post, dict[str, Any]], None]


class NoPlan(UnorderError):  # noqa: N818 (there is none, and here is why)
    """Nothing could be planned."""

    def __init__(
        self,
        message: str,
        exit_code: int,
        *,
        hint: str | None = None,
        held: tuple[Held, ...] = (),
    ) -> None:
        super().__init__(message, hint=hint)
        self.exit_code = exit_code
        self.held = held


@dataclass(frozen=True)
class _Looked:
    """What one account gave."""

    listed: Listed | None = None
    held: Held | None = None
    orders: tuple[Planned, ...] = ()
    notes: tuple[str, ...] = ()


def make_plan(rules: RulesFile, limits: Rules, crew: Crew, journal: Journal, told: Told) -> Plan:
    """The plan of these rules, noted in the journal.

    `NoPlan` if no account could be read, and if the keep-list leaves nothing of what was chosen.
    """
    made = datetime.now(UTC).replace(microsecond=0)
    looked = crew.each(rules.posts, lambda post: _look(post, crew, told))
    crew.stopping.check()
    held = tuple(each.held for each in looked if each.held)
    if len(held) == len(looked):
        raise NoPlan(
            "; ".join(f"{each.where}: {each.reason}" for each in held),
            gravest([each.exit_code for each in held]),
            hint=held[0].hint,
            held=held,
        )
    plan = _plan(rules, made, looked, held, Budget(limits, journal))
    if plan.orders and all(order.route is Route.KEPT for order in plan.orders):
        raise NoPlan(
            f"the keep-list holds every one of the {len(plan.orders)} orders that the rules choose",
            3,
            hint="nothing is left to do; look at `keep` in the rules and in the configuration",
        )
    note(journal, plan)
    return plan


def note(journal: Journal, plan: Plan) -> None:
    """Write down that this journal made this plan: a foreign one is not applied."""
    body = {"sha256": plan.sha256, "rules": plan.rules, "to_do": len(plan.to_do)}
    journal.write(plan.id, "plan", body)


def _look(post: Post, crew: Crew, told: Told) -> _Looked:
    crew.stopping.check()
    try:
        with crew.worker(post) as worker:
            found = worker.ask({"do": "plan"}, lambda note: told(post, note))
    except WorkFailed as problem:
        held = Held(post.where, problem.exit_code, problem.message, problem.hint)
        return _Looked(held=held)
    except WorkerDied as problem:
        return _Looked(held=Held(post.where, 1, str(problem), None))
    return _Looked(
        listed=listed_from_data(found["listed"]),
        orders=tuple(planned_from_data(order) for order in found["orders"]),
        notes=tuple(found["notes"]),
    )


def _plan(
    rules: RulesFile,
    made: datetime,
    looked: list[_Looked],
    held: tuple[Held, ...],
    budget: Budget,
) -> Plan:
    today = made.astimezone(rules.book.zone).date()
    orders = [order for each in looked for order in each.orders]
    orders.sort(key=lambda order: (not order.route.to_do,
                                   urgency(order.facts, order.closes, today)))  # fmt: skip
    within = [_within(order, budget) for order in orders]
    within.sort(key=lambda order: 0 if order.route.to_do else _PLACES[order.route])
    return sealed(
        Plan(
            id=f"{made:%Y-%m-%dT%H%M%SZ}-plan-{secrets.token_hex(2)}",
            rules=rules.book.name,
            made=made,
            expires=made + rules.book.plan_lives,
            source=Source(str(rules.path.resolve()), rules.sha256, rules.text),
            lists=tuple(each.listed for each in looked if each.listed),
            held=held,
            orders=tuple(within),
            notes=(*(note for each in looked for note in each.notes), *_idle(rules, orders)),
        )
    )


def _within(order: Planned, budget: Budget) -> Planned:
    """The order as planned, or put off because of a cap."""
    if not order.route.to_do:
        return order
    no = budget.take(order.subject, order.facts)
    return order if no is None else replace(order, route=Route.CAPPED, words=no)


def _idle(rules: RulesFile, orders: list[Planned]) -> list[str]:
    """Rules that chose nothing: often a title that is not written as the store writes it."""
    used = {why.partition(":")[0] for order in orders for why in order.why}
    return [f"the rule `{choice.name}` chooses nothing"
            for choice in rules.book.choices if choice.name not in used]  # fmt: skip
