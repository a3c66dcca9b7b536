"""Applying a plan by way of the queue: what is admitted is put in, and waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from automation.jobs.budget import Budget
from automation.jobs.plan import Plan, Planned
from automation.jobs.results import Result, Summary
from automation.jobs.standing import Standing
from automation.outcome import Outcome
from automation.scale.engine import Queue
from automation.scale.results import result_from_data
from automation.scale.share import shares_of

Told = Callable[[Result], None]


def apply_by_queue(
    plan: Plan,
    queue: Queue,
    known: dict[str, Standing],
    budget: Budget,
    told: Told,
    *,
    commit: bool,
) -> Summary:
    """Put every order that is to be done into the queue, and wait for all of them.

    The caps are counted here, before anything is put in: what ends without a click is not given
    back, since nobody is left to take it.
    """
    started = datetime.now(UTC)
    results: dict[str, Result] = {}
    todo: list[Planned] = []
    for order in plan.to_do:
        standing = known.get(order.subject)
        if standing is not None and standing.final:
            results[order.subject] = Result.known(order, standing)
            continue
        # What was begun before is in the queue already.
        over = budget.take(order.subject, order.facts) if commit and standing is None else None
        if over is not None:
            guarded = Outcome.GUARDED
            results[order.subject] = Result(order, guarded, f"caps: {over}", guarded.exit_code)
        else:
            todo.append(order)
    shares = shares_of(plan, tuple(todo), started.isoformat(), commit=commit)
    waiting = [(share, queue.put(share.as_data(), named=share.id)) for share in shares]
    for share, handle in waiting:
        for order, data in zip(share.orders, handle.get_result(), strict=True):
            result = result_from_data(order, data)
            results[order.subject] = result
            told(result)
    return Summary(
        plan=plan.id,
        rules=plan.rules,
        commit=commit,
        started=started,
        ended=datetime.now(UTC),
        results=tuple(results[order.subject] for order in plan.to_do),
        held=plan.held,
    )
