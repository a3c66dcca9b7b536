"""Dates as stores write them."""

from __future__ import annotations

from datetime import date

import pytest

from automation.jobs.dates import date_in

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 November 2026", date(2026, 11, 3)),
        ("November 3, 2026", date(2026, 11, 3)),
        ("Nov 3", date(2026, 11, 3)),
        ("3. Mai 2026", date(2026, 5, 3)),
        ("3 mei 2026", date(2026, 5, 3)),
        ("7. März 2026", date(2026, 3, 7)),
        ("14 maart 2026", date(2026, 3, 14)),
        ("Releases on 24 December 2026", date(2026, 12, 24)),
        ("Arriving 14 - 20 December", date(2026, 12, 14)),
        ("Arriving Dec 14 \N{EN DASH} Dec 20", date(2026, 12, 14)),
        ("Arriving 3 January", date(2027, 1, 3)),
        ("2026-12-01", date(2026, 12, 1)),
        ("2026年12月1日", date(2026, 12, 1)),
        ("Arriving Thursday", date(2026, 11, 26)),
        ("Arriving Wednesday", TODAY),
        ("Arriving tomorrow 7 AM - 11 AM", date(2026, 11, 26)),
        ("Zustellung: Freitag", date(2026, 11, 27)),
        ("Bezorgd op 2 oktober 2026", date(2026, 10, 2)),
    ],
)
def test_reads_the_day(text: str, expected: date) -> None:
    assert date_in(text, TODAY) == expected


@pytest.mark.parametrize(
    "text", ["", "Not yet shipped", "31 Foo 2026", "30 February 2026", "Qty 2", "order 112-44"]
)
def test_does_not_guess(text: str) -> None:
    assert date_in(text, TODAY) is None


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 12, 30), date(2027, 1, 2)), (date(2027, 1, 5), date(2027, 1, 2))],
)
def test_a_day_without_a_year_is_the_nearest(today: date, expected: date) -> None:
    assert date_in("2 January", today) == expected
