"""What stores promised to pay back, as the journal has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from automation.jobs.dates import date_in
from automation.outcome import Outcome
from automation.pages.opened import OpenedAs
from automation.pages.readings import Order, Refund
from automation.run.facts import Subject
from automation.run.journal import Entry, Journal

if TYPE_CHECKING:
    from automation.pages.storefront import Storefront

# After these money may come back.
_PAYS = {Outcome.CANCELLED.label, Outcome.PARTLY_CANCELLED.label, Outcome.RETURN_STARTED.label}
_UNTIL_PROMISED = timedelta(days=1)  # a page may tell of a refund some hours late
_UNTIL_PAID = timedelta(days=60)


@dataclass(frozen=True)
class Promise:
    """One line of an order's page about money that comes back."""

    said: str
    state: Refund
    due: date | None

    def overdue(self, today: date) -> bool:
        return self.state is Refund.PROMISED and self.due is not None and self.due < today


@dataclass(frozen=True)
class Watched:
    """A run after which money may come back, and what its order's page last said of it."""

    run: str
    subject: Subject
    store: OpenedAs
    since: datetime
    promises: tuple[Promise, ...]
    read: bool  # whether it was looked for at all

    def open(self, now: datetime) -> bool:
        """Whether it is worth another look."""
        age = now - self.since
        if self.promises or not self.read:
            paid = self.promises and all(each.state is Refund.PAID for each in self.promises)
            return not paid and age <= _UNTIL_PAID
        return age <= _UNTIL_PROMISED


def promises_of(order: Order, storefront: Storefront, today: date) -> tuple[Promise, ...]:
    """What an order's page says of refunds."""
    return tuple(
        Promise(said, storefront.refund(said), date_in(said, today)) for said in order.refunds
    )


def note_promises(journal: Journal, watched: Watched, promises: tuple[Promise, ...]) -> None:
    """Write down what was read."""
    told = [
        {"said": each.said, "state": each.state.value, "due": each.due and each.due.isoformat()}
        for each in promises
    ]
    journal.write(watched.run, "refund", {"promises": told})


def watched(journal: Journal) -> list[Watched]:
    """Every run after which money may come back, oldest first."""
    ends = {entry.run: entry for entry in journal.of_kind("record")}
    told = {entry.run: entry.body["promises"] for entry in journal.of_kind("refund")}
    return [
        _watched(entry, ends[entry.run], told.get(entry.run))
        for entry in journal.of_kind("intent")
        if entry.run in ends and ends[entry.run].body["outcome"] in _PAYS
    ]


def open_refunds(journal: Journal) -> list[Watched]:
    """Those that are worth another look."""
    now = datetime.now(UTC)
    return [each for each in watched(journal) if each.open(now)]


def _watched(intent: Entry, end: Entry, told: list[dict[str, Any]] | None) -> Watched:
    return Watched(
        run=intent.run,
        subject=Subject.parse(intent.subject),
        store=OpenedAs(**intent.body["store"]),
        since=datetime.fromisoformat(end.at),
        promises=tuple(
            Promise(
                one["said"], Refund(one["state"]), one["due"] and date.fromisoformat(one["due"])
            )
            for one in told or ()
        ),
        read=told is not None,
    )
