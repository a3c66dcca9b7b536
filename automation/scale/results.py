"""What became of an order, as the queue keeps it."""

from __future__ import annotations

from automation.jobs.plan import Planned
from automation.jobs.results import Result
from automation.outcome import Outcome
from automation.scale.share import Data


def result_as_data(result: Result) -> Data:
    """Everything but the order itself, which the share holds."""
    return {
        "outcome": result.outcome.label if result.outcome else None,
        "reason": result.reason,
        "exit": result.exit_code,
        "run": result.run,
        "hint": result.hint,
        "seconds": result.seconds,
    }


def result_from_data(order: Planned, data: Data) -> Result:
    """The same again, of this order."""
    return Result(
        order,
        Outcome.named(data["outcome"]) if data.get("outcome") else None,
        data["reason"],
        data["exit"],
        data.get("run"),
        data.get("hint"),
        data.get("seconds", 0.0),
    )
