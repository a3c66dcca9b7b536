"""Money that a store promised back: looked for until the store says that it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from automation.jobs.orders import read_order
from automation.jobs.promises import Watched, note_promises, promises_of
from automation.outcome import Outcome
from automation.run.endings import WalkEnded
from automation.run.journal import Journal
from automation.run.order_keys import with_its_key_again
from automation.run.visit import Visit


@dataclass(frozen=True)
class RefundSeen:
    """What an order's page says now of money that comes back."""

    run: str
    order: str
    account: str
    said: tuple[str, ...]
    overdue: bool


def look_for_money(visit: Visit, watched: Watched, journal: Journal) -> RefundSeen | None:
    """What the order's page says now, written down; `None` if it cannot be read.

    `TryLater` where the order is opened by a key that cannot be read now.
    """
    order = watched.subject.order
    storefront = with_its_key_again(visit.storefront, order, watched.store)
    visit.masker.about(order, storefront)
    try:
        seen = read_order(visit, order, journal.path.parent, storefront)
    except WalkEnded as ending:
        if ending.verdict.outcome is Outcome.NEEDS_PERSON:
            raise
        return None
    today = datetime.now(UTC).date()
    promises = promises_of(seen, visit.storefront, today)
    note_promises(journal, watched, promises)
    said = tuple(each.said for each in promises)
    overdue = any(each.overdue(today) for each in promises)
    return RefundSeen(watched.run, order, watched.subject.account, said, overdue)
