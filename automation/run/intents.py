"""Intents: what a run is about to do that cannot be undone, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from automation.errors import JournalFault
from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.opened import OpenedAs
from automation.pages.readings import Order, State
from automation.run.facts import Answer, Said, Subject, order_as_data, order_from_data
from automation.run.journal import Entry, Journal
from automation.run.judgement import Wanted
from automation.run.witness import Noted

ARMING_DEADLINE = 10.0  # seconds from the intent to the click
CLOCKS_DIFFER = 2.0  # seconds at most, between two machines that share a journal
# What leaves an intent open: nothing is known yet, or the store has not decided.
_OPEN = {Outcome.UNKNOWN, Outcome.REQUESTED}
_SETTLED = {outcome.label for outcome in Outcome} - {outcome.label for outcome in _OPEN}


def leaves_open(outcome: Outcome) -> bool:
    """Whether the order must be read again later."""
    return outcome in _OPEN


@dataclass(frozen=True)
class Intent:
    """One click that was armed: for which titles of which order, and what is known of it since."""

    run: str
    subject: Subject
    attempt: int
    flow: str
    store: OpenedAs
    wanted: Wanted
    before: Order
    at: datetime
    boot: str
    monotonic: float
    answer: Answer
    outcome: Outcome | None
    reason: str
    seen_requested: bool

    @property
    def open(self) -> bool:
        return self.outcome is None or leaves_open(self.outcome)

    def age(self, now: float) -> float:
        """Seconds since it was armed, at *now* on the monotonic clock; rather too few than many.

        The wall clock may have been set since, and the monotonic one begins anew at each boot: an
        intent of an earlier boot is at least as old as this one, if the wall clock agrees. One of
        another machine is told by the wall clock too.
        """
        if self.boot == boot_id():
            return max(0.0, now - self.monotonic)
        passed = (datetime.now(UTC) - self.at).total_seconds() - CLOCKS_DIFFER
        return max(0.0, min(now, passed))


def arm(
    journal: Journal,
    *,
    run: str,
    subject: Subject,
    flow: str,
    store: OpenedAs,
    wanted: Wanted,
    before: Order,
    attempt: int,
    now: float,
) -> Intent:
    """Write the intent down, durable and unique. Whatever this raises: do not click.

    *attempt* counts the intents that were found settled: who else found as many comes second.
    """
    journal.write(
        run,
        "intent",
        {
            "flow": flow,
            "store": store.as_data(),
            "wanted": list(wanted.titles),
            "asked": list(wanted.asked),
            "effect": wanted.effect.value,
            "whole": wanted.whole,
            "asks": wanted.asks,
            "before": order_as_data(before),
            "boot": boot_id(),
            "monotonic": now,
        },
        subject=str(subject),
        attempt=attempt,
    )
    # Read again from the file: what cannot be read back would not be found after a crash either.
    intent = intents_of(journal, subject)[-1]
    journal.witness.note(Noted(str(subject), run, journal.name))
    return intent


def open_intents(journal: Journal, *, run: str | None = None) -> list[Intent]:
    """Every intent whose effect is not known for good, oldest first; of one run, or of all."""
    if run is None:
        about = _perhaps_open(journal)
    else:
        about = {one.subject for one in journal.entries(run=run) if one.kind == "intent"}
    found = [
        intent
        for subject in about
        for intent in _intents(journal.entries(subject=subject))
        if intent.open and (run is None or intent.run == run)
    ]
    return sorted(found, key=lambda intent: intent.at)


def _perhaps_open(journal: Journal) -> set[str]:
    """The subjects with an intent that no record settles: few, where the intents are many."""
    newest = {
        (entry.subject, entry.attempt): entry for entry in journal.of_kind("intent", "record")
    }
    return {
        entry.subject
        for entry in newest.values()
        if entry.kind == "intent" or entry.body.get("outcome") not in _SETTLED
    }


def intents_of(journal: Journal, subject: Subject) -> list[Intent]:
    """Every intent about one order, oldest first."""
    return _intents(journal.entries(subject=str(subject)))


def armed_today(journal: Journal) -> tuple[Order, ...]:
    """The orders, as they were, for which a click was armed since midnight UTC: the caps' count."""
    today = datetime.now(UTC).date().isoformat()
    return tuple(
        order_from_data(entry.body["before"]) for entry in journal.of_kind("intent", since=today)
    )


def again(journal: Journal, intent: Intent) -> Intent:
    """The same intent, as the journal has it now."""
    same = (one for one in intents_of(journal, intent.subject) if one.attempt == intent.attempt)
    return next(same)


def open_by_another_name(journal: Journal, subject: Subject) -> str | None:
    """The other name of an account under which a click on this order is not settled yet.

    Two names may be of one account, and a store's order numbers are its own.
    """
    for noted in journal.witness.all():
        other = Subject.parse(noted.subject)
        if other.whoever == subject.whoever and other.account != subject.account:
            return other.account
    return None


def see_that_none_is_missing(journal: Journal, subject: Subject) -> None:
    """`JournalFault` if a click on this order is noted that another journal holds."""
    noted = journal.witness.of(str(subject))
    if noted is not None and not journal.holds(noted):
        raise JournalFault(
            f"the run `{noted.run}` may have clicked on order {subject.order}; another journal "
            "holds what became of it",
            hint=f"nothing was clicked; {_where_to_verify(noted.journal)}",
        )


def _where_to_verify(journal: str) -> str:
    if "://" in journal:
        return f"UNORDER_DATABASE={journal} unorder verify"
    return f"unorder verify --runs {Path(journal).parent}"


def _intents(entries: list[Entry]) -> list[Intent]:
    return [
        _intent(entry, [other for other in entries if other.attempt == entry.attempt])
        for entry in entries
        if entry.kind == "intent"
    ]


def _intent(entry: Entry, about: list[Entry]) -> Intent:
    try:
        return _read(entry, about)
    except (KeyError, ValueError, TypeError) as problem:
        raise JournalFault(
            f"the intent of the run `{entry.run}` cannot be read: {problem!r}",
            hint="another version wrote it; settle its order by hand, then name another --runs",
        ) from problem


def _read(entry: Entry, about: list[Entry]) -> Intent:
    answers = [other.body for other in about if other.kind == "answer"]
    records = [other.body for other in about if other.kind == "record"]
    reads = [other.body for other in about if other.kind == "read"]
    wanted = tuple(entry.body["wanted"])
    return Intent(
        run=entry.run,
        subject=Subject.parse(entry.subject),
        attempt=entry.attempt,
        flow=entry.body["flow"],
        store=OpenedAs(**entry.body["store"]),
        wanted=Wanted(
            wanted,
            tuple(entry.body["asked"]),
            Effect(entry.body["effect"]),
            whole=entry.body.get("whole", False),  # earlier versions did not write it,
            asks=entry.body.get("asks", False),  # nor this
        ),
        before=order_from_data(entry.body["before"]),
        at=datetime.fromisoformat(entry.at),
        boot=entry.body["boot"],
        monotonic=entry.body["monotonic"],
        answer=Answer(Said(answers[-1]["said"]), answers[-1]["words"])
        if answers
        else Answer(Said.SILENCE),
        outcome=Outcome.named(records[-1]["outcome"]) if records else None,
        reason=records[-1]["reason"] if records else "",
        seen_requested=any(_shows_it_requested(read["states"], wanted) for read in reads),
    )


def _shows_it_requested(states: Mapping[str, str], wanted: tuple[str, ...]) -> bool:
    """Whether a reading showed the request for one of these, by the names that `states` gives."""
    return any(
        state == State.REQUESTED.value and (name in wanted or name.rpartition(" #")[0] in wanted)
        for name, state in states.items()
    )


def boot_id() -> str:
    """What tells one boot of this machine from the next; "" where the system does not say."""
    path = Path("/proc/sys/kernel/random/boot_id")
    return path.read_text().strip() if path.exists() else ""
