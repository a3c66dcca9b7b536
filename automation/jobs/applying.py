"""Applying a plan: exactly its orders, most urgent first, accounts side by side.

A failure of one order is its own. What an earlier start of the same plan did is read from the
journal and not done again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from automation.errors import StorefrontHeld
from automation.jobs.book import Book
from automation.jobs.budget import Budget
from automation.jobs.crew import Crew, WorkFailed
from automation.jobs.plan import Held, Plan, Planned
from automation.jobs.reading import Post, RulesFile
from automation.jobs.results import TRY_LATER, Result, Summary
from automation.jobs.standing import Standing
from automation.outcome import Outcome
from automation.pages.readings import Order
from automation.run.stopping import Stopping

_JOURNAL_FAULT = 7
_LATER_IN_A_ROW = 3  # after so many the store is taken to be down
# The click was made, or may have been: it counts against the caps.
_SPENT = {Outcome.CANCELLED, Outcome.PARTLY_CANCELLED, Outcome.REQUESTED, Outcome.UNKNOWN,
          Outcome.SELLER_CONTACTED, Outcome.REFUSED, Outcome.NOT_CANCELLED}  # fmt: skip


class Hands(Protocol):
    """Who does what is asked for one account."""

    def apply(self, order: Planned) -> Result:
        """Raises `WorkFailed`."""


Lend = Callable[[Post], AbstractContextManager[Hands]]


@dataclass
class Applying:
    """One start of a plan. *lend* gives the hands for an account, *told* hears each result."""

    plan: Plan
    rules: RulesFile
    known: dict[str, Standing]
    budget: Budget
    stopping: Stopping
    lend: Lend
    told: Callable[[Result], None]
    commit: bool
    held: list[Held] = field(default_factory=list)
    fault: threading.Event = field(default_factory=threading.Event)

    def go(self, crew: Crew) -> Summary:
        """Apply it to the end, or to where it has to stop."""
        started = datetime.now(UTC)
        wheres = dict.fromkeys(order.where for order in self.plan.to_do)
        done = crew.each([self.rules.post(where) for where in wheres], self.account)
        by_subject = {result.order.subject: result for each in done for result in each}
        return Summary(
            plan=self.plan.id,
            rules=self.plan.rules,
            commit=self.commit,
            started=started,
            ended=datetime.now(UTC),
            results=tuple(by_subject[order.subject] for order in self.plan.to_do),
            held=(*self.plan.held, *self.held),
            signal=self.stopping.signal,
        )

    def account(self, post: Post) -> list[Result]:
        """Every order of one account, one after the other."""
        orders = [order for order in self.plan.to_do if order.where == post.where]
        results: list[Result] = []
        todo = []
        for order in orders:
            standing = self.known.get(order.subject)
            if standing is not None and standing.final:
                results.append(Result.known(order, standing))
            else:
                todo.append(order)
        if todo:
            with self.lend(post) as hands:
                results += self._in_turn(post, todo, hands)
        return results

    def _in_turn(self, post: Post, orders: list[Planned], hands: Hands) -> list[Result]:
        results: list[Result] = []
        later = 0
        why: Result | None = None
        for order in orders:
            if why is not None:
                result = Result.not_begun(order, why.reason, why.exit_code)
            elif (no := self._why_not()) is not None:
                result = Result.not_begun(order, no)
            else:
                result = self._one(order, hands)
                later = later + 1 if result.exit_code == TRY_LATER else 0
                if later == _LATER_IN_A_ROW or self._holds(result):
                    why = result
                    self._hold(post, result)
            results.append(result)
            self.told(result)
        return results

    def _one(self, order: Planned, hands: Hands) -> Result:
        over = self.budget.take(order.subject, order.facts) if self.commit else None
        if over is not None:
            return Result(order, Outcome.GUARDED, f"caps: {over}", Outcome.GUARDED.exit_code)
        started = time.monotonic()
        try:
            result = hands.apply(order)
        except WorkFailed as problem:
            result = Result(order, None, problem.message, problem.exit_code, hint=problem.hint,
                            seconds=time.monotonic() - started, holds=problem.holds)  # fmt: skip
        if result.outcome not in _SPENT:
            self.budget.give_back(order.subject)
        return result

    def _why_not(self) -> str | None:
        if self.stopping.signal is not None:
            return "it was asked to stop"
        if self.fault.is_set():
            return "the journal or the disk cannot be trusted"
        book: Book = self.rules.book
        return book.why_not_now(datetime.now(UTC)) if self.commit else None

    def _holds(self, result: Result) -> bool:
        if result.exit_code == _JOURNAL_FAULT:
            self.fault.set()
        # The journal holds the storefront for every account: the rest of this one needs no browser.
        return result.holds_the_account or result.exit_code == StorefrontHeld.exit_code

    def _hold(self, post: Post, result: Result) -> None:
        hint = result.hint if result.outcome is None else post.where.sign_in
        self.held.append(Held(post.where, result.exit_code, result.reason, hint))


def committed_before(plan: Plan, known: dict[str, Standing]) -> tuple[Order, ...]:
    """The orders for which an earlier start of the plan has clicked already."""
    return tuple(
        order.facts
        for order in plan.to_do
        if (standing := known.get(order.subject)) and standing.outcome in _SPENT
    )
