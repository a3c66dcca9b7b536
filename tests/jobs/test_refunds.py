"""Which promises of money are watched, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from orders import NUMBER, order

from automation.jobs.promises import (
    Promise,
    Watched,
    note_promises,
    open_refunds,
    promises_of,
    watched,
)
from automation.pages.opened import OpenedAs
from automation.pages.readings import Refund, State
from automation.run.facts import Subject, order_as_data
from automation.run.journal import Journal
from automation.storefronts.profile import open_storefront

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PROMISED = Promise("Refund of €49.00 expected by 30 November 2026", Refund.PROMISED,
                   date(2026, 11, 30))  # fmt: skip
PAID = Promise("Refund of €49.00 paid on 30 November 2026", Refund.PAID, date(2026, 11, 30))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path)
    yield opened
    opened.close()


def ended(journal: Journal, run: str, outcome: str, number: int) -> None:
    seen = order(("Desk lamp", State.ORDERED))
    body = {"store": {"store": "mock", "base_url": "http://127.0.0.1:1", "language": "en"},
            "before": order_as_data(seen)}  # fmt: skip
    journal.write(run, "intent", body, subject=f"mock robin 112-{number}", attempt=1)
    journal.write(run, "record", {"outcome": outcome, "reason": ""})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Refund of €49.00 expected by 30 November 2026",
                "Refund of €12.00 paid on 3 November 2026")),
        ("nl", ("Terugbetaling van € 49,00 verwacht op 30 november 2026",
                "Terugbetaling van € 12,00 voldaan op 3 november 2026")),
        ("de", ("Erstattung von 49,00 € voraussichtlich am 30. November 2026",
                "Erstattung von 12,00 € am 3. November 2026 ausgezahlt")),
    ],
)  # fmt: skip
def test_reads_promises_in_the_stores_language(language: str, said: tuple[str, ...]) -> None:
    seen = replace(order(("Desk lamp", State.RETURNED)), refunds=said)

    found = promises_of(seen, open_storefront("mock", language=language), NOW.date())

    assert [(each.state, each.due) for each in found] == [
        (Refund.PROMISED, date(2026, 11, 30)),
        (Refund.PAID, date(2026, 11, 3)),
    ]


@pytest.mark.parametrize(
    ("promises", "read", "days", "open_"),
    [
        ((), False, 0, True),
        ((), False, 59, True),
        ((), True, 0.5, True),
        ((), True, 2, False),
        ((PROMISED,), True, 59, True),
        ((PROMISED,), True, 61, False),
        ((PROMISED, PAID), True, 20, True),
        ((PAID,), True, 1, False),
    ],
)
def test_watches_until_it_is_paid_or_too_long_ago(
    promises: tuple[Promise, ...], *, read: bool, days: float, open_: bool
) -> None:
    since = NOW - timedelta(days=days)
    one = Watched("r1", Subject("mock", "robin", NUMBER), OpenedAs("mock", "", "en"), since,
                  promises, read)  # fmt: skip

    assert one.open(NOW) is open_


def test_a_promise_is_overdue_after_its_day() -> None:
    assert not PROMISED.overdue(date(2026, 11, 30))
    assert PROMISED.overdue(date(2026, 12, 1))
    assert not PAID.overdue(date(2026, 12, 1))


def test_only_what_was_cancelled_or_returned_is_watched(journal: Journal) -> None:
    outcomes = ("cancelled", "refused", "unknown", "return_started", "partly_cancelled")
    for at, outcome in enumerate(outcomes):
        ended(journal, f"run-{outcome}", outcome, at)

    found = open_refunds(journal)
    assert [each.run for each in found] == [
        "run-cancelled", "run-return_started", "run-partly_cancelled",
    ]  # fmt: skip

    note_promises(journal, found[0], (PROMISED,))
    note_promises(journal, found[1], (PAID,))
    assert [each.promises for each in watched(journal)] == [(PROMISED,), (PAID,), ()]
    assert [each.run for each in open_refunds(journal)] == ["run-cancelled", "run-partly_cancelled"]
