"""The protocol round a click that cannot be undone. Each line stands for a harm that was seen.

It knows no browser: what it needs of one is a `Site`. So it can be tried against ten thousand
simulated bad days, and the same code then runs against a store.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from automation.errors import InputError
from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.opened import OpenedAs
from automation.pages.readings import Order, Selection
from automation.pages.values import Items
from automation.run import intents
from automation.run.facts import Answer, Said, Subject, states
from automation.run.guard import Facts, ask
from automation.run.intents import ARMING_DEADLINE, Intent
from automation.run.journal import AlreadyArmed, Journal
from automation.run.judgement import Verdict, Wanted, before_the_click
from automation.run.readback import Clock, Done, Notes, settle
from automation.run.requested import not_decided
from automation.run.rules import Rules
from automation.run.watcher import Watcher

FRESH = 30.0  # seconds from the beginning of the last look to the intent


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
class Looked:
    """The order as it is now, and what the click would do."""

    order: Order
    selection: Selection


def look_and_ask(site: Site, journal: Journal, request: Request) -> Verdict | Looked:
    """Look a last time and ask the guards: why not to click, or what is there now."""
    last = site.last_look()
    moved_on = _moved_on(last, request)
    if moved_on is not None:
        return moved_on
    control = site.control_problem()  # it may still press a cover away; so what is ticked is last
    facts = Facts(
        asked_order=request.subject.order,
        account=request.account,
        wanted=request.wanted,
        first=request.first,
        last=last,
        selection=(selection := site.selection()),
        control=control,
        rules=request.rules,
        today=intents.armed_today(journal),
    )
    no = ask(facts)
    journal.write(
        request.run,
        "guards",
        {"no": no and {"guard": no.guard, "reason": no.reason}, "states": states(last)},
    )
    if no:
        return Verdict(Outcome.GUARDED, f"{no.guard}: {no.reason}")
    return Looked(last, selection)


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

    The caller holds the order's lock. `JournalFault` and `Stopped` mean that nothing was clicked.
    """
    intents.see_that_none_is_missing(journal, request.subject)
    earlier = intents.intents_of(journal, request.subject)
    if open_ := _still_open(journal, request, earlier):
        return Done(open_, None, None)
    looked = clock.monotonic()
    now = look_and_ask(site, journal, request)
    if isinstance(now, Verdict):
        return Done(now, None, None)
    clock.check()
    armed = clock.monotonic()
    if armed - looked > FRESH:
        reason = f"the last look was begun {armed - looked:.0f} s ago; it is too old to act on"
        return Done(Verdict(Outcome.GUARDED, reason), None, None)
    try:
        intent = intents.arm(
            journal,
            run=request.run,
            subject=request.subject,
            flow=request.flow,
            store=request.store,
            wanted=replace(request.wanted, asks=now.selection.asks is True),
            before=now.order,
            attempt=len(earlier) + 1,
            now=armed,
        )
    except AlreadyArmed:
        return Done(Verdict(Outcome.GUARDED, "another run armed this order first"), None, None)
    _tell(watcher.armed)
    notes = Notes(journal, intent, request.run)
    click = _click_once(site, clock, armed, notes, watcher)
    notes.write("answer", {"said": click.answer.said.value, "words": click.answer.words})
    _tell(watcher.reading_back, click.answer)
    until = click.at + (request.settle if click.made else 0)
    done = settle(site.read_back, clock, intent, click.answer, notes, until=until)
    notes.record(done.verdict)
    return replace(done, fault=notes.fault, fee=now.selection.fee)


def _still_open(journal: Journal, request: Request, earlier: list[Intent]) -> Verdict | None:
    """Why an earlier click on this order keeps from another one, if one does."""
    if asked := not_decided(earlier, request.wanted.titles):
        return asked
    if any(intent.open for intent in earlier):
        return Verdict(Outcome.UNKNOWN, "an earlier click on this order is not settled yet")
    if request.wanted.effect is Effect.ENDS_SUBSCRIPTION:  # these have names, not numbers
        return None
    other = intents.open_by_another_name(journal, request.subject)
    if other is None:
        return None
    reason = f"a click on this order, as the account `{other}`, is not settled yet"
    return Verdict(Outcome.UNKNOWN, reason)


@dataclass(frozen=True)
class _Click:
    """The one click: when it was over, whether it may have been made, and what the store said."""

    at: float
    made: bool
    answer: Answer


def _click_once(site: Site, clock: Clock, armed: float, notes: Notes, watcher: Watcher) -> _Click:
    within = armed + ARMING_DEADLINE - clock.monotonic()
    if within <= 0:
        # The process slept between the intent and the click: what was looked at is too old now.
        silence = Answer(Said.SILENCE, "the click came too late to be made")
        return _Click(clock.monotonic(), made=False, answer=silence)
    try:
        site.click(within)
    except ClickFailed as problem:
        return _Click(clock.monotonic(), made=True, answer=Answer(Said.SILENCE, str(problem)))
    over = clock.monotonic()
    notes.write("clicked", {})
    _tell(watcher.clicked)
    return _Click(over, made=True, answer=site.observe())


def _tell(moment: Callable[..., None], *about: object) -> None:
    """Tell who looks on. That a terminal has gone must not end a run between click and record."""
    with suppress(Exception):
        moment(*about)
