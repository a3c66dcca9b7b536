"""The night of two hundred orders: who is in it, and that its judge sees what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from automation.run.journal import Journal
from faults.checker import Kind
from faults.morning import Morning, judged
from faults.night import Night, draw
from faults.roster import BAD_DAYS, OF_ALL, Guest, invite, open_store
from mock_store.quirks import Quirk
from mock_store.store import Store, find_order


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def night(store: Store, tmp_path: Path) -> Night:
    return Night(invite(store, 100), tmp_path / "runs", cap=50)


def guest(night: Night, kind: str) -> Guest:
    return next(each for each in night.guests if each.kind == kind)


def say(night: Night, one: Guest, outcome: str, *, clicked: bool) -> None:
    """A run of this order that ended so."""
    journal = Journal.open(night.runs)
    run, subject = f"run-{one.order}", f"mock {one.account} {one.order}"
    journal.write(run, "applies", {"plan": "p", "subject": subject, "commit": True})
    if clicked:
        intent = {"wanted": list(one.asked), "asked": list(one.asked), "before": {"items": []}}
        journal.write(run, "intent", intent, subject=subject, attempt=1)
        body = {"outcome": outcome, "reason": ""}
        journal.write(run, "record", body, subject=subject, attempt=1)
    journal.write(run, "ended", {"outcome": outcome, "reason": ""})
    journal.close()


def submitted(store: Store, one: Guest, times: int) -> None:
    with store.database.session() as session:
        find_order(session, one.order).submits = times


def kinds(morning: Morning, one: Guest) -> set[Kind]:
    return {finding.kind for finding in morning.findings if finding.order == one.order}


def test_every_quirk_is_in_it() -> None:
    assert {day.quirk for day in BAD_DAYS} | set(OF_ALL) == set(Quirk)


def test_two_hundred_orders_in_three_accounts_twenty_of_them_kept(store: Store) -> None:
    guests = invite(store, 200)

    assert len({each.order for each in guests}) == 200
    assert {each.account for each in guests} == {"robin", "sam", "kim"}
    assert sum(each.kind.startswith("kept") for each in guests) == 20
    assert Counter(each.untouchable for each in guests if each.kind.startswith("kept")) == {
        True: 20
    }


def test_a_seed_draws_the_same_night() -> None:
    assert draw(7, 5, 168) == draw(7, 5, 168)
    assert draw(7, 5, 168) != draw(8, 5, 168)
    assert next(strike.submits for strike in draw(7, 5, 168)) == 0


def test_a_kept_order_that_was_submitted_is_found(store: Store, night: Night) -> None:
    one = guest(night, "kept by number")
    submitted(store, one, 1)

    assert Kind.WRONG_CANCEL in kinds(judged(night, store), one)


def test_a_word_that_is_not_so_is_found(store: Store, night: Night) -> None:
    one = guest(night, "no bad day")
    submitted(store, one, 1)
    say(night, one, "cancelled", clicked=True)

    assert Kind.FALSE_RECORD in kinds(judged(night, store), one)


def test_a_second_submission_is_found(store: Store, night: Night) -> None:
    one = guest(night, "refuses")
    submitted(store, one, 2)
    say(night, one, "refused", clicked=True)

    assert kinds(judged(night, store), one) == {Kind.DOUBLE_SUBMIT}


def test_an_order_that_nobody_ran_is_found(store: Store, night: Night) -> None:
    one = guest(night, "slow_commit")

    assert Kind.FALSE_RECORD in kinds(judged(night, store), one)


def test_a_cap_that_was_broken_is_found(store: Store, night: Night) -> None:
    night.cap = 0
    one = guest(night, "refuses")
    submitted(store, one, 1)
    say(night, one, "refused", clicked=True)

    assert "0 is the cap" in " ".join(str(finding) for finding in judged(night, store).findings)


def test_what_is_right_is_not_complained_of(store: Store, night: Night) -> None:
    one = guest(night, "refuses")
    submitted(store, one, 1)
    say(night, one, "refused", clicked=True)

    morning = judged(night, store)

    assert kinds(morning, one) == set()
    assert kinds(morning, guest(night, "kept by total")) == set()
