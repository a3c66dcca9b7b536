"""What was run, as the journal has it: a line a run, with what came of it and the money since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from automation.jobs.promises import Promise, watched
from automation.outcome import Outcome
from automation.pages.readings import Order
from automation.run.facts import order_from_data
from automation.run.journal import Entry, Journal


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
    money = {each.run: each.promises for each in watched(journal)}
    lines = (
        _line(entry, ends.get(entry.run), intents.get(entry.run), facts.get(entry.run),
              money.get(entry.run, ()))
        for entry in journal.of_kind("asked")
    )  # fmt: skip
    return [line for line in lines if wanted is None or wanted.fits(line)]


def newest_of_each(lines: Iterable[Line]) -> list[Line]:
    """The newest run of each order that was to be acted on, oldest first."""
    newest = {line.about: line for line in lines if line.commit}
    return sorted(newest.values(), key=lambda line: line.at)


def _line(
    asked: Entry, end: Entry | None, intent: Entry | None, facts: Entry | None,
    promises: tuple[Promise, ...],
) -> Line:  # fmt: skip
    body = asked.body
    seen = facts.body if facts else None
    titles = intent.body["wanted"] if intent else body["items"]
    return Line(
        run=asked.run,
        at=datetime.fromisoformat(asked.at),
        flow=body["flow"],
        store=body["storefront"],
        account=body["account"],
        order=body["order"],
        commit=body["commit"],
        outcome=Outcome.named(end.body["outcome"]) if end else None,
        reason=end.body["reason"] if end else "it was interrupted; `unorder verify` reads on",
        titles=tuple(titles or ()),
        facts=order_from_data(dict(seen)) if seen else None,
        promises=promises,
        asked=body,
    )
