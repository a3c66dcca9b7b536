"""What is known of a run so far, while it goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from automation.outcome import Outcome
from automation.pages.readings import Order
from automation.run.facts import Answer
from automation.run.fees import Money
from automation.run.judgement import Verdict
from automation.run.record import Moment


@dataclass
class Result:
    """What is known of a run so far."""

    verdict: Verdict = field(
        default_factory=lambda: Verdict(Outcome.BROKEN, "the walk did not begin")
    )
    hint: str | None = None
    before: Order | None = None
    first: Order | None = None  # as the run first read it, whichever of its walks
    looked: Order | None = None  # as the last look saw it, after which nothing was pressed
    pressed: bool = False
    after: Order | None = None
    answer: Answer | None = None
    requests_seen: int | None = None
    moments: list[Moment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    money: Money = field(default_factory=Money)
