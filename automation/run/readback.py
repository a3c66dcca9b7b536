"""Reading an order again until it is known what a click did to it, and writing that down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from automation.errors import JournalFault
from automation.outcome import Outcome
from automation.pages.readings import Order
from automation.run import intents
from automation.run.facts import Answer, states
from automation.run.intents import ARMING_DEADLINE, Intent
from automation.run.journal import Entry, Journal
from automation.run.judgement import Reads, Verdict, after_the_click

_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 15.0
_GRACE = 5.0  # after the settling time, for the second of two agreeing reads


class Clock(Protocol):
    """Time as the protocol sees it."""

    def monotonic(self) -> float: ...
    def pause(self, seconds: float) -> None: ...
    def check(self) -> None:
        """`Stopped` if this run was asked to stop."""

    @property
    def out_of_time(self) -> bool:
        """Whether waiting any longer was forbidden since."""


@dataclass(frozen=True)
class Done:
    """What came of it. *after* is the last reading of the order, if there was one."""

    verdict: Verdict
    answer: Answer | None
    after: Order | None
    fault: JournalFault | None = None  # what could not be written down after the click
    fee: str | None = None  # what the confirmation said that the store would keep


class Notes:
    """Journal entries about an intent. Once it stands, a full disk must not hide its outcome."""

    def __init__(self, journal: Journal, intent: Intent, run: str) -> None:
        self._journal = journal
        self._intent = intent
        self._run = run
        self.fault: JournalFault | None = None

    def write(self, kind: str, body: Mapping[str, Any]) -> Entry | None:
        """Append an entry; a fault is kept and not raised."""
        try:
            return self._journal.write(
                self._run,
                kind,
                body,
                subject=str(self._intent.subject),
                attempt=self._intent.attempt,
            )
        except JournalFault as problem:
            self.fault = problem
            return None

    def record(self, verdict: Verdict) -> None:
        """Write down what became of it; the intent is closed if that is for good."""
        body = {"outcome": verdict.outcome.label, "reason": verdict.reason}
        entry = self.write("record", body)
        if entry is not None and not intents.leaves_open(verdict.outcome):
            self._journal.witness.reach(self._journal.name, entry.seq, entry.hash)
            self._journal.witness.forget(str(self._intent.subject))


def settle(
    read: Callable[[], Order | None],
    clock: Clock,
    intent: Intent,
    answer: Answer,
    notes: Notes,
    *,
    until: float,
) -> Done:
    """Read the order again until two reads agree on what became of it, or time is up.

    *until* is on the monotonic clock. What cannot be read stays `unknown`.
    """
    previous: Order | None = None
    for pause in _pauses():
        settled = clock.monotonic() >= until  # before the read: a page tells of when it was made
        now = read()
        if now is not None:
            notes.write("read", {"states": states(now)})
            reads = Reads(now, _agree(previous, now), settled, intent.seen_requested)
            verdict = after_the_click(answer, intent.wanted, intent.before, reads)
            if verdict is not None:
                return Done(verdict, answer, now)
            if previous is None and _shows_it(answer, intent, reads):
                previous = now
                continue  # what is missing is a second reading, and nothing to wait for
        late = clock.monotonic() >= until + _GRACE
        # A first reading, however late it came, is worth a second: with one nothing is known.
        if clock.out_of_time or (late and (now is None or previous is not None)):
            previous = now or previous
            break
        previous = now or previous
        clock.pause(min(pause, max(until - clock.monotonic(), _FIRST_PAUSE)))
    reason = "no two readings of the order since the click agree"
    return Done(Verdict(Outcome.UNKNOWN, reason), answer, previous)


def settle_found(
    intent: Intent,
    read: Callable[[], Order | None],
    journal: Journal,
    clock: Clock,
    *,
    patience: float,
) -> Done:
    """What became of an intent that another run left. The caller holds the lock of its order.

    *patience* is how many seconds the store may take until its pages tell the truth. The click may
    have been made as late as the arming deadline.
    """
    # It was found before the lock was held: the run that armed it may have settled it meanwhile.
    intent = intents.again(journal, intent)
    if intent.outcome is not None and not intent.open:
        return Done(Verdict(intent.outcome, intent.reason), intent.answer, None)
    notes = Notes(journal, intent, intent.run)
    now = clock.monotonic()
    until = now + max(0.0, ARMING_DEADLINE + patience - intent.age(now))
    done = settle(read, clock, intent, intent.answer, notes, until=until)
    notes.record(done.verdict)
    return Done(done.verdict, done.answer, done.after, notes.fault)


def _shows_it(answer: Answer, intent: Intent, reads: Reads) -> bool:
    """Whether this reading alone says that it is done."""
    alone = replace(reads, agreeing=True)
    verdict = after_the_click(answer, intent.wanted, intent.before, alone)
    return verdict is not None and verdict.outcome.exit_code == 0


def _agree(previous: Order | None, now: Order) -> bool:
    return previous is not None and _said(previous) == _said(now)


def _said(order: Order) -> tuple[object, ...]:
    return order.number, order.whole, order.messages, states(order)


def _pauses() -> Iterator[float]:
    pause = _FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 2, _LONGEST_PAUSE)
