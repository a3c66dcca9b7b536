"""Which plans may be applied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from plans import NOW, SAM, a_plan, planned, resealed, rules_of

from automation.errors import Refused
from automation.jobs.admission import admit, note_applied
from automation.jobs.plan import Plan, Source
from automation.jobs.planning import note
from automation.jobs.standing import NotesThePlan, Standing, standings
from automation.outcome import Outcome
from automation.run.journal import Journal
from automation.run.settings import Settings


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "runs")
    yield opened
    opened.close()


@pytest.fixture
def plan(journal: Journal, tmp_path: Path) -> Plan:
    rules = rules_of(tmp_path / "rules.yaml", "robin")
    source = Source(str(rules.path), rules.sha256, rules.text)
    made = resealed(a_plan(), source=source)
    note(journal, made)
    return made


def test_a_plan_of_this_journal_is_admitted(plan: Plan, journal: Journal) -> None:
    assert admit(plan, journal, Settings(), NOW).book.name == "nightly"


@pytest.mark.parametrize("later", [12, 48])
def test_an_expired_plan_is_refused(plan: Plan, journal: Journal, later: int) -> None:
    with pytest.raises(Refused, match="this plan expired at"):
        admit(plan, journal, Settings(), NOW + timedelta(hours=later))


def test_a_plan_of_the_future_is_refused(plan: Plan, journal: Journal) -> None:
    with pytest.raises(Refused, match="still to come"):
        admit(plan, journal, Settings(), NOW - timedelta(hours=1))


def test_a_foreign_plan_is_refused(plan: Plan, tmp_path: Path) -> None:
    other = Journal.open(tmp_path / "elsewhere")

    with pytest.raises(Refused, match="was not made with the journal"):
        admit(plan, other, Settings(), NOW)
    other.close()


def test_an_edited_plan_with_a_hash_that_fits_is_foreign(plan: Plan, journal: Journal) -> None:
    edited = resealed(plan, orders=(*plan.orders, planned(2)))

    with pytest.raises(Refused, match="was not made with the journal"):
        admit(edited, journal, Settings(), NOW)


def test_a_plan_of_rules_that_were_changed_is_refused(
    plan: Plan, journal: Journal, tmp_path: Path
) -> None:
    rules_of(tmp_path / "rules.yaml", "robin", more="caps: {orders_a_run: 1}\n")

    with pytest.raises(Refused, match="were changed since"):
        admit(plan, journal, Settings(), NOW)


def test_a_plan_is_stale_once_a_newer_one_was_applied(plan: Plan, journal: Journal) -> None:
    note_applied(plan, journal)
    assert admit(plan, journal, Settings(), NOW)  # its own start does not make it stale

    newer = resealed(plan, id="2026-11-25T020000Z-plan-ffff", made=NOW - timedelta(seconds=1))
    note_applied(newer, journal)

    with pytest.raises(Refused, match="stale: `2026-11-25T020000Z-plan-ffff` was applied"):
        admit(plan, journal, Settings(), NOW)


def test_another_account_does_not_make_it_stale(plan: Plan, journal: Journal) -> None:
    other = resealed(plan, id="other", orders=(planned(1, SAM),))
    note_applied(other, journal)

    assert admit(plan, journal, Settings(), NOW)


def test_the_journal_knows_what_became_of_a_plans_orders(plan: Plan, journal: Journal) -> None:
    order = plan.orders[0]

    def began(run: str, *, commit: bool) -> None:
        NotesThePlan(journal, plan.id, order).begins(run, "cancel-order", commit=commit)

    began("r0", commit=False)
    journal.write("r0", "ended", {"outcome": "rehearsed", "reason": "it would"})
    began("r1", commit=True)
    assert standings(journal, plan.id, commit=True) == {
        order.subject: Standing("r1", None, "it was interrupted")
    }
    journal.write("r1", "record", {"outcome": "unknown", "reason": "dark"})
    journal.write("r1", "ended", {"outcome": "unknown", "reason": "dark"})
    journal.write("r1", "record", {"outcome": "cancelled", "reason": "Cancelled"})

    found = standings(journal, plan.id, commit=True)[order.subject]
    assert (found.outcome, found.reason, found.final) == (Outcome.CANCELLED, "Cancelled", True)
    assert standings(journal, "another plan", commit=True) == {}
