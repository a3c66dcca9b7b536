"""Bugs planted in the protocol, one at a time. A checker that misses one of them is not believed.

Nothing in `automation` knows of them: functions are replaced while a mutant lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from automation.errors import JournalFault
from automation.outcome import Outcome
from automation.pages.readings import Order
from automation.run import commit as protocol
from automation.run import guard, intents, judgement, readback
from automation.run.commit import ClickFailed
from automation.run.facts import Answer, Said
from automation.run.intents import Intent
from automation.run.judgement import Verdict
from automation.run.readback import Done
from faults.hand import Hand
from faults.scene import Scene

_COMMIT = "automation.run.commit"
_READBACK = "automation.run.readback"


@dataclass(frozen=True)
class Mutant:
    """One planted bug: what it is, and how it lives."""

    name: str
    sentence: str
    lives: Callable[[], AbstractContextManager[object]]
    hands: type[Hand] = Hand


def _replaced(target: str, new: object) -> Callable[[], AbstractContextManager[object]]:
    return lambda: patch(target, new)


# What the mutants put in the place of functions.


def _unwritten(_journal: Any, **told: Any) -> Intent:
    """An intent that stands nowhere."""
    now, subject = told["now"], told["subject"]
    return Intent(
        told["run"], subject, told["attempt"], told["flow"], told["store"], told["wanted"],
        told["before"], datetime.now(UTC), intents.boot_id(), now,
        Answer(Said.SILENCE), None, "", seen_requested=False,
    )  # fmt: skip


@contextmanager
def _intent_after_the_click() -> Iterator[None]:
    arm, click_once, told_of = intents.arm, protocol._click_once, {}

    def later(journal: Any, **told: Any) -> Intent:
        told_of["arm"] = lambda: arm(journal, **told)
        return _unwritten(journal, **told)

    def click_then_write(*about: Any) -> Any:
        clicked = click_once(*about)
        told_of["arm"]()
        return clicked

    with patch(f"{_COMMIT}.intents.arm", later), patch(f"{_COMMIT}._click_once", click_then_write):
        yield


def _retrying(site: Any, clock: Any, armed: float, notes: Any, watcher: Any) -> Any:
    for _ in range(2):
        try:
            site.click(intents.ARMING_DEADLINE)
        except ClickFailed:
            continue
        return protocol._Click(clock.monotonic(), made=True, answer=site.observe())
    return _click_once(site, clock, armed, notes, watcher)


_click_once = protocol._click_once
_settle = readback.settle
_after_the_click = judgement.after_the_click


def _error_is_a_no(
    read: Any, clock: Any, intent: Any, answer: Answer, notes: Any, *, until: float
) -> Done:
    if answer.said is Said.SILENCE:
        return Done(Verdict(Outcome.NOT_CANCELLED, "there was an error"), answer, None)
    return _settle(read, clock, intent, answer, notes, until=until)


def _yes_is_trusted(
    read: Any, clock: Any, intent: Any, answer: Answer, notes: Any, *, until: float
) -> Done:
    if answer.said is Said.YES:
        return Done(Verdict(Outcome.CANCELLED, "the store says so"), answer, None)
    return _settle(read, clock, intent, answer, notes, until=until)


def _without(*guards: str) -> Callable[[], AbstractContextManager[object]]:
    left = tuple(one for one in guard.GUARDS if one.__name__ not in guards)
    return lambda: patch("automation.run.guard.GUARDS", left)


def _error_is_a_yes(facts: guard.Facts) -> guard.No | None:
    for one in guard.GUARDS:
        try:
            reason = one(facts)
        except Exception:  # noqa: BLE001, S112 (that is the bug)
            continue
        if reason:
            return guard.No(one.__name__, reason)
    return None


def _first_look(site: Any, journal: Any, request: Any) -> Any:
    """Ask the guards about what was read when the walk came to the order."""
    with patch.object(site, "last_look", lambda: request.first, create=True):
        return _look_and_ask(site, journal, request)


_look_and_ask = protocol.look_and_ask


@contextmanager
def _no_lock(_scene: Scene, _hand: Hand) -> Iterator[None]:
    yield


@contextmanager
def _a_full_disk_is_ignored() -> Iterator[None]:
    arm = intents.arm

    def arm_or_not(journal: Any, **told: Any) -> Intent:
        try:
            return arm(journal, **told)
        except JournalFault:
            return _unwritten(journal, **told)

    with patch(f"{_COMMIT}.intents.arm", arm_or_not):
        yield


def _at_once(answer: Answer, wanted: Any, before: Order, reads: Any) -> Verdict | None:
    return _after_the_click(answer, wanted, before, replace(reads, settled=True))


def _one_read(answer: Answer, wanted: Any, before: Order, reads: Any) -> Verdict | None:
    return _after_the_click(answer, wanted, before, replace(reads, settled=True, agreeing=True))


def _in_haste(intent: Intent, read: Any, journal: Any, clock: Any, *, patience: float) -> Done:
    """Settling that gives the store a tenth of its time."""
    return _settle_found(intent, read, journal, clock, patience=patience / 10)


_settle_found = readback.settle_found


def _a_no_is_anothers_deed(*given: Any) -> Verdict | None:
    verdict = _after_the_click(*given)
    if given[0].said is Said.NO and verdict and verdict.outcome is Outcome.CANCELLED:
        return replace(verdict, outcome=Outcome.ALREADY_CANCELLED)
    return verdict


_after_the_click = judgement.after_the_click


class ByPosition(Hand):
    """Ticks the rows of the form by the numbers that the items have on the order's page."""

    def to_be_ticked(self, number: int, title: str, wanted: Any) -> bool:  # noqa: ARG002
        first = self.first
        assert first is not None
        return first.items[number].title in wanted.titles


class Reloading(Hand):
    """Reads back by loading the answer's page anew, which sends the form again."""

    def read_back(self) -> Order | None:
        self.post()
        return super().read_back()


class ClickingAgain(Hand):
    """Takes a found intent for work that is left to do."""

    def _settle_first(self) -> None:
        """It will click instead."""


MUTANTS = (
    Mutant("no intent", "nothing is written before the click",
           _replaced(f"{_COMMIT}.intents.arm", _unwritten)),
    Mutant("intent after the click", "the intent is written when the click is over",
           _intent_after_the_click),
    Mutant("clicks again", "a found intent is work that is left to do",
           lambda: patch(f"{_COMMIT}.any", lambda _open: False, create=True), ClickingAgain),
    Mutant("retries", "a click that raised is made again",
           _replaced(f"{_COMMIT}._click_once", _retrying)),
    Mutant("error is a no", "silence means that nothing was done",
           _replaced(f"{_COMMIT}.settle", _error_is_a_no)),
    Mutant("yes is trusted", "a success page is proof enough",
           _replaced(f"{_COMMIT}.settle", _yes_is_trusted)),
    Mutant("one read", "the first reading decides",
           _replaced(f"{_READBACK}.after_the_click", _one_read)),
    Mutant("a no is another's deed", "what is cancelled after a no was cancelled by another",
           _replaced(f"{_READBACK}.after_the_click", _a_no_is_anothers_deed)),
    Mutant("no settling", "two readings decide, however early",
           _replaced(f"{_READBACK}.after_the_click", _at_once)),
    Mutant("by position", "rows are ticked by their number, and not read back",
           _without("exactly_the_wanted", "form_agrees_with_the_order"), ByPosition),
    Mutant("no last look", "the guards see what was read at first",
           _replaced(f"{_COMMIT}.look_and_ask", _first_look)),
    Mutant("no lock", "nobody waits for anybody", lambda: patch.object(Scene, "locked", _no_lock)),
    Mutant("selection not read", "what is ticked is not looked at",
           _without("exactly_the_wanted")),
    Mutant("no arming deadline", "a click is made however late",
           _replaced(f"{_COMMIT}.ARMING_DEADLINE", 3600.0)),
    Mutant("guard error is a yes", "a guard that fails has nothing against it",
           _replaced(f"{_COMMIT}.ask", _error_is_a_yes)),
    Mutant("no keep-list", "the keep-list is not asked", _without("keep_list")),
    Mutant("any account", "who is greeted does not matter", _without("same_account")),
    Mutant("facts may change", "what has changed since the first reading does not matter",
           _without("same_facts")),
    Mutant("full disk ignored", "a failed intent does not stop the click", _a_full_disk_is_ignored),
    Mutant("reloads", "the answer's page is loaded anew to read back", nullcontext, Reloading),
    Mutant("old look", "how long ago the last look was does not matter",
           _replaced(f"{_COMMIT}.FRESH", 1e9)),
    Mutant("found settles early", "a dead run's click is not given its full time",
           _replaced("faults.hand.settle_found", _in_haste)),
    Mutant("no witness", "a lost journal is taken for a new one",
           lambda: patch.multiple("faults.ledger.MemoryWitness", note=lambda *_: None)),
)  # fmt: skip
