"""What was run, as the journal has it: a line a run, with what came of it and the money since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from automation.jobs.promises import Promise, watched
from automation.outcome import Outcome
from automation.pages.readings import Order, State
from automation.run.facts import order_from_data
from automation.run.journal import Entry, Journal

_DONE = {Outcome.CANCELLED, Outcome.RETURN_STARTED, Outcome.SUBSCRIPTION_ENDED}


@dataclass(frozen=True)
class Line:
    """One run. Without an outcome it was interrupted, and nobody has looked since."""

    run: str
    at: datetime
    flow: str
    store: str
    account: str
    order: str
    commit: bool
    outcome: Outcome | None
    reason: str
    titles: tuple[str, ...]
    done: tuple[str, ...]  # those that its click cancelled or returned
    facts: Order | None  # the order as it was first read, if it came to that
    promises: tuple[Promise, ...]
    asked: Mapping[str, Any]  # as the journal has it

    @property
    def word(self) -> str:
        return self.outcome.label if self.outcome else "interrupted"

    @property
    def exit_code(self) -> int:
        return self.outcome.exit_code if self.outcome else Outcome.UNKNOWN.exit_code

    @property
    def acted(self) -> bool:
        """Whether something is cancelled, ended or on its way back by this run."""
        return self.outcome in _DONE or bool(self.done)

    @property
    def about(self) -> tuple[str, str, str]:
        """What the run was about: two runs of one order are about the same."""
        return self.store, self.account, self.order


@dataclass(frozen=True)
class Wanted:
    """Which runs to look at. What is not said does not matter."""

    since: datetime | None = None
    words: tuple[str, ...] = ()
    store: str | None = None
    account: str | None = None
    order: str | None = None
    commit: bool | None = None

    def fits(self, line: Line) -> bool:
        return all(
            (
                self.since is None or line.at >= self.since,
                not self.words or line.word in self.words,
                self.store in (None, line.store),
                self.account in (None, line.account),
                self.order is None or line.order.endswith(self.order),
                self.commit in (None, line.commit),
            )
        )


def ledger(journal: Journal, wanted: Wanted | None = None) -> list[Line]:
    """Every run that is wanted, oldest first."""
    ends = {entry.run: entry for entry in journal.of_kind("ended", "record")}
    intents = {entry.run: entry for entry in journal.of_kind("intent")}
    facts = {entry.run: entry for entry in journal.of_kind("facts")}
    reads = {entry.run: entry for entry in journal.of_kind("read")}
    money = {each.run: each.promises for each in watched(journal)}
    lines = (
        _line(entry, ends.get(entry.run), intents.get(entry.run), facts.get(entry.run),
              reads.get(entry.run), promises=money.get(entry.run, ()))
        for entry in journal.of_kind("asked")
    )  # fmt: skip
    return [line for line in lines if wanted is None or wanted.fits(line)]


@dataclass(frozen=True)
class Upshot:
    """What became of the orders that were to be acted on; each list oldest first."""

    acted: tuple[Line, ...]  # every run that did something: no later run takes that back
    newest: tuple[Line, ...]  # the newest run of each order: what the order waits for now

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Upshot:
        committed = sorted((line for line in lines if line.commit), key=lambda line: line.at)
        newest = {line.about: line.run for line in committed}.values()
        return cls(
            tuple(line for line in committed if line.acted),
            tuple(line for line in committed if line.run in newest),
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of these, each once."""
        each = {line.run: line for line in (*self.acted, *self.newest)}
        return tuple(sorted(each.values(), key=lambda line: line.at))

    @property
    def promises(self) -> list[tuple[Line, Promise]]:
        """What each order's page says of money; the runs of one order watch the same page."""
        watching = {line.about: line for line in self.lines if line.promises}
        return [(line, promise) for line in watching.values() for promise in line.promises]


def _line(
    asked: Entry, end: Entry | None, intent: Entry | None, facts: Entry | None,
    read: Entry | None, *, promises: tuple[Promise, ...],
) -> Line:  # fmt: skip
    body = asked.body
    seen = facts.body if facts else None
    titles = tuple((intent.body["wanted"] if intent else body["items"]) or ())
    outcome = Outcome.named(end.body["outcome"]) if end else None
    return Line(
        run=asked.run,
        at=datetime.fromisoformat(asked.at),
        flow=body["flow"],
        store=body["storefront"],
        account=body["account"],
        order=body["order"],
        commit=body["commit"],
        outcome=outcome,
        reason=end.body["reason"] if end else "it was interrupted; `unorder verify` reads on",
        titles=titles,
        done=_done(outcome, titles, read.body["states"] if read else {}),
        facts=order_from_data(dict(seen)) if seen else None,
        promises=promises,
        asked=body,
    )


def _done(
    outcome: Outcome | None, titles: tuple[str, ...], read: Mapping[str, str]
) -> tuple[str, ...]:
    """For which of the titles the click did what it was for, by what was *read* last."""
    if outcome in _DONE:
        return titles
    if outcome is not Outcome.PARTLY_CANCELLED:
        return ()
    return tuple(title for title in titles if _states(title, read) == {State.CANCELLED.value})


def _states(title: str, read: Mapping[str, str]) -> set[str]:
    """The states of all items of this title; the second is noted as `TITLE #2`."""
    return {read[name] for name in read if re.fullmatch(rf"{re.escape(title)}( #\d+)?", name)}
