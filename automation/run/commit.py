"""The protocol round a click that cannot be undone. Each line stands for a harm that was seen.

It knows no browser: what it needs of one is a `Site`. So it can be tried against ten thousand
simulated bad days, and the same code then runs against a store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from automation.errors import InputError, JournalFault
from automation.outcome import Outcome
from automation.pages.readings import Order, Selection
from automation.pages.storefront import OpenedAs
from automation.pages.values import Items
from automation.run import intents
from automation.run.facts import Answer, Said, Subject, order_from_data, states
from automation.run.guard import Facts, ask
from automation.run.intents import Intent
from automation.run.journal import AlreadyArmed, Journal
from automation.run.judgement import Reads, Verdict, Wanted, after_the_click, before_the_click
from automation.run.rules import Rules
from automation.run.watcher import Watcher

ARMING_DEADLINE = 10.0  # seconds from the intent to the click
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 15.0
_GRACE = 5.0  # after the settling time, for the second of two agreeing reads


class ClickFailed(Exception):  # noqa: N818 (it says what is known, which is not that it failed)
    """The click raised. It may have been made all the same."""


class Site(Protocol):
    """What the protocol needs of the store and the browser."""

    def last_look(self) -> Order: ...
    def selection(self) -> Selection: ...
    def control_problem(self) -> str | None: ...
    def click(self, within: float) -> None:
        """Click once, within so many seconds; `ClickFailed` when that is not sure."""

    def observe(self) -> Answer: ...
    def read_back(self) -> Order | None:
        """The order in a fresh navigation; `None` if it cannot be read."""


class Clock(Protocol):
    """Time as the protocol sees it."""

    def monotonic(self) -> float: ...
    def pause(self, seconds: float) -> None: ...
    @property
    def out_of_time(self) -> bool:
        """Whether waiting any longer was forbidden since."""


@dataclass(frozen=True)
class Request:
    """What is to be committed."""

    run: str
    subject: Subject
    flow: str
    store: OpenedAs
    account: str
    wanted: Wanted
    first: Order
    rules: Rules
    settle: float  # seconds that the store may take until its pages tell the truth


@dataclass(frozen=True)
class Done:
    """What came of it. *after* is the last reading of the order, if there was one."""

    verdict: Verdict
    answer: Answer | None
    after: Order | None
    fault: JournalFault | None = None  # what could not be written down after the click


def look_and_ask(site: Site, journal: Journal, request: Request) -> Verdict | Order:
    """Look a last time and ask the guards: why not to click, or the order as it is now."""
    last = site.last_look()
    moved_on = _moved_on(last, request)
    if moved_on is not None:
        return moved_on
    facts = Facts(
        asked_order=request.subject.order,
        account=request.account,
        wanted=request.wanted,
        first=request.first,
        last=last,
        selection=site.selection(),
        control=site.control_problem(),
        rules=request.rules,
        today=_committed_today(journal),
    )
    no = ask(facts)
    journal.write(
        request.run,
        "guards",
        {"no": no and {"guard": no.guard, "reason": no.reason}, "states": states(last)},
    )
    return Verdict(Outcome.GUARDED, f"{no.guard}: {no.reason}") if no else last


def _moved_on(last: Order, request: Request) -> Verdict | None:
    """Whether the order was cancelled or shipped by others since it was first read."""
    if last.number != request.subject.order:
        return None
    try:
        judged = before_the_click(last, Items(request.wanted.asked), (request.wanted.effect,))
    except InputError:
        return None  # an item is gone: the guards say so
    return judged if isinstance(judged, Verdict) else None


def commit(site: Site, journal: Journal, clock: Clock, request: Request, watcher: Watcher) -> Done:
    """Ask the guards, write the intent, click once, observe, read back, record.

    The caller holds the order's lock. `JournalFault` means that nothing was clicked.
    """
    if any(intent.open for intent in intents.intents_of(journal, request.subject)):
        reason = "an earlier click on this order is not settled yet"
        return Done(Verdict(Outcome.UNKNOWN, reason), None, None)
    last = look_and_ask(site, journal, request)
    if isinstance(last, Verdict):
        return Done(last, None, None)
    try:
        intent = intents.arm(
            journal,
            run=request.run,
            subject=request.subject,
            flow=request.flow,
            store=request.store,
            wanted=request.wanted,
            before=last,
        )
    except AlreadyArmed:
        return Done(Verdict(Outcome.GUARDED, "another run armed this order first"), None, None)
    armed = clock.monotonic()
    watcher.armed()
    notes = Notes(journal, intent, request.run)
    answer = _click_once(site, clock, armed, notes, watcher)
    notes.write("answer", {"said": answer.said.value, "words": answer.words})
    watcher.reading_back(answer)
    until = armed + request.settle
    done = settle(site.read_back, clock, intent, answer, notes, until=until)
    notes.write("record", {"outcome": done.verdict.outcome.label, "reason": done.verdict.reason})
    return replace(done, fault=notes.fault)


def _click_once(site: Site, clock: Clock, armed: float, notes: Notes, watcher: Watcher) -> Answer:
    within = armed + ARMING_DEADLINE - clock.monotonic()
    if within <= 0:
        # The process slept between the intent and the click: what was looked at is too old now.
        return Answer(Said.SILENCE, "the click came too late to be made")
    try:
        site.click(within)
    except ClickFailed as problem:
        return Answer(Said.SILENCE, str(problem))
    notes.write("clicked", {})
    watcher.clicked()
    return site.observe()


class Notes:
    """Journal entries about an intent. Once it stands, a full disk must not hide its outcome."""

    def __init__(self, journal: Journal, intent: Intent, run: str) -> None:
        self._journal = journal
        self._intent = intent
        self._run = run
        self.fault: JournalFault | None = None

    def write(self, kind: str, body: Mapping[str, Any]) -> None:
        try:
            self._journal.write(
                self._run,
                kind,
                body,
                subject=str(self._intent.subject),
                attempt=self._intent.attempt,
            )
        except JournalFault as problem:
            self.fault = problem


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
    seen_requested = intent.seen_requested
    for pause in _pauses():
        now = read()
        settled = clock.monotonic() >= until
        if now is not None:
            notes.write("read", {"states": states(now)})
            reads = Reads(now, states(now) == states(previous), settled, seen_requested)
            verdict = after_the_click(answer, intent.wanted, intent.before, reads)
            if verdict is not None:
                return Done(verdict, answer, now)
            previous = now
        if clock.out_of_time or clock.monotonic() >= until + _GRACE:
            break
        clock.pause(min(pause, max(until - clock.monotonic(), _FIRST_PAUSE)))
    reason = "no two readings of the order since the click agree"
    return Done(Verdict(Outcome.UNKNOWN, reason), answer, previous)


def _pauses() -> Iterator[float]:
    pause = _FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 2, _LONGEST_PAUSE)


def _committed_today(journal: Journal) -> tuple[Order, ...]:
    today = datetime.now(UTC).date().isoformat()
    return tuple(
        order_from_data(entry.body["before"])
        for entry in journal.of_kind("intent")
        if entry.at.startswith(today)
    )
