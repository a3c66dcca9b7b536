"""What became of a plan's orders, one by one and all together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from automation.errors import UnorderError
from automation.jobs.plan import Held, Planned
from automation.jobs.refunds import RefundSeen
from automation.jobs.standing import Standing
from automation.outcome import Outcome, gravest

TRY_LATER = 75
_ANOTHER_ACCOUNT = "same_account:"  # the guard that says so


@dataclass(frozen=True)
class Result:
    """One order. Without an outcome it was not begun, or a problem outside it came between."""

    order: Planned
    outcome: Outcome | None
    reason: str
    exit_code: int
    run: str | None = None
    hint: str | None = None
    seconds: float = 0.0
    before: bool = False  # an earlier start of the same plan did it
    holds: bool = False  # nothing else can be done for this account

    @classmethod
    def known(cls, order: Planned, standing: Standing) -> Result:
        """What an earlier start of the plan did."""
        assert standing.outcome is not None
        return cls(order, standing.outcome, standing.reason, standing.outcome.exit_code,
                   standing.run, before=True)  # fmt: skip

    @classmethod
    def not_begun(cls, order: Planned, reason: str, exit_code: int = TRY_LATER) -> Result:
        return cls(order, None, reason, exit_code)

    @property
    def holds_the_account(self) -> bool:
        """Whether nothing else can be done for its account until a person has signed in."""
        elsewhere = self.outcome is Outcome.GUARDED and self.reason.startswith(_ANOTHER_ACCOUNT)
        return self.holds or elsewhere or self.outcome is Outcome.NEEDS_PERSON

    @property
    def word(self) -> str:
        return self.outcome.label if self.outcome else "not begun"


@dataclass(frozen=True)
class Settled:
    """What became of an earlier run, read before anything was planned."""

    order: str
    account: str
    outcome: Outcome
    reason: str
    run: str


@dataclass(frozen=True)
class Summary:
    """A plan that was applied, or rehearsed. *why* says why there was none to apply."""

    plan: str
    rules: str
    commit: bool
    started: datetime
    ended: datetime
    results: tuple[Result, ...]
    held: tuple[Held, ...]
    signal: int | None = None
    settled: tuple[Settled, ...] = ()
    refunds: tuple[RefundSeen, ...] = ()
    why: UnorderError | None = None

    @property
    def exit_code(self) -> int:
        """The gravest of all; a signal's own where nothing graver is left open."""
        codes = [result.exit_code for result in self.results]
        codes += [settled.outcome.exit_code for settled in self.settled]
        codes += [held.exit_code for held in self.held]
        code = gravest([*codes, self.why.exit_code] if self.why else codes)
        if self.signal is not None and code in (0, 4, 8, TRY_LATER):
            return 128 + self.signal
        return code

    def count(self, word: str) -> int:
        return sum(result.word == word for result in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """How many orders ended in each word, in the order of the table of outcomes."""
        words = [*(outcome.label for outcome in Outcome), "not begun"]
        return {word: count for word in words if (count := self.count(word))}

    def line(self) -> dict[str, Any]:
        """The closing line of JSON: no order, no name."""
        return {
            "plan": self.plan,
            "rules": self.rules,
            "committed": self.commit,
            "orders": len(self.results),
            "outcomes": self.counts,
            "held": [str(held.where) for held in self.held],
            "settled": len(self.settled),
            "overdue": sum(refund.overdue for refund in self.refunds),
            "why": self.why and self.why.message,
            "exit": self.exit_code,
        }
