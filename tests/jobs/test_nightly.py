"""`unorder nightly`: one command for a timer."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from commands import Command
from plans import NOW, a_plan, planned, resealed, rules_of, write_rules
from process import killed, line
from waiting import until

from automation.jobs import nightly as night
from automation.jobs.admission import note_applied
from automation.jobs.plan import Plan, Source
from automation.jobs.planfile import write_plan
from automation.jobs.planning import note
from automation.jobs.reading import RulesFile
from automation.jobs.results import Summary
from automation.run.journal import Journal
from automation.run.lock import locked
from automation.run.settings import Settings
from mock_store.rules import State
from mock_store.store import Store

ALL = "  - {name: all, orders: all}\n"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "runs")
    yield opened
    opened.close()


@pytest.fixture
def rules(tmp_path: Path) -> RulesFile:
    return rules_of(tmp_path / "rules.yaml", "robin")


def begun(rules: RulesFile, journal: Journal, name: str, **changed: Any) -> Plan:
    """A plan of these rules that was made here, and whose applying has begun."""
    source = Source(str(rules.path), rules.sha256, rules.text)
    plan = resealed(a_plan(planned(1)), id=name, source=source, **changed)
    folder = journal.path.parent / name
    folder.mkdir()
    write_plan(plan, folder / night.PLAN)
    note(journal, plan)
    note_applied(plan, journal)
    return plan


def ended(plan: Plan, signal: int | None = None) -> Summary:
    return Summary(plan.id, plan.rules, True, NOW, NOW, (), (), signal=signal)


def test_a_night_that_was_cut_short_is_gone_on_with(rules: RulesFile, journal: Journal) -> None:
    folder = journal.path.parent

    assert night.unfinished(rules, journal, Settings(), folder) is None
    plan = begun(rules, journal, "first")
    assert night.unfinished(rules, journal, Settings(), folder) == plan
    night.note_ended(ended(plan, signal=15), journal)
    assert night.unfinished(rules, journal, Settings(), folder) == plan
    night.note_ended(ended(plan), journal)
    assert night.unfinished(rules, journal, Settings(), folder) is None


def test_an_old_night_is_not_gone_on_with(rules: RulesFile, journal: Journal) -> None:
    begun(rules, journal, "old", made=NOW - timedelta(days=2), expires=NOW - timedelta(days=1))

    assert night.unfinished(rules, journal, Settings(), journal.path.parent) is None


def test_a_night_of_other_rules_is_not_gone_on_with(
    rules: RulesFile, journal: Journal, tmp_path: Path
) -> None:
    begun(rules, journal, "other")
    changed = rules_of(tmp_path / "other.yaml", "robin", more="caps: {orders_a_run: 1}\n")

    assert night.unfinished(changed, journal, Settings(), journal.path.parent) is None


def test_of_two_overlapping_nights_one_leaves(command: Command, tmp_path: Path) -> None:
    path = write_rules(tmp_path, "http://127.0.0.1:1", ALL)

    with locked(f"nightly {path.resolve()}"):
        code, _, err = command("nightly", str(path), "--commit")

    assert code == 75
    assert "another run holds" in err


def test_outside_its_hours_a_night_is_tried_later(command: Command, tmp_path: Path) -> None:
    (tmp_path / "stop").touch()
    path = write_rules(
        tmp_path, "http://127.0.0.1:1", ALL, more=f"stop_file: {tmp_path / 'stop'}\n"
    )

    code, _, err = command("nightly", str(path), "--commit")

    assert code == 75
    assert "the stop file" in err


def test_a_whole_night_and_the_morning_after(
    command: Command, store: Store, address: str, tmp_path: Path
) -> None:
    """Cut short in the first night, gone on with in the second, settled in the third."""
    now = store.clock.now()
    plain = [store.place("Desk lamp") for _ in range(2)]
    asked = store.place("Oak step stool", placed=now - timedelta(hours=5))
    kept = store.place("Bedside clock", account="sam")
    held = store.place("Desk lamp", account="sam")
    rules = write_rules(tmp_path, address, ALL, accounts=("robin", "sam"),
                        more="keep: {items: [Bedside clock]}\n")  # fmt: skip
    store.quirks.add("slow_commit", order=plain[0].number, times=1)
    with subprocess.Popen(line("nightly", str(rules), "--commit"), text=True) as process:
        try:
            until(lambda: plain[0].submits, seconds=400)
        finally:
            killed(process)

    second = command("nightly", str(rules), "--commit", "--json")
    asked.approve()
    third = command("nightly", str(rules), "--commit", "--json")

    told = json.loads(second[1])
    assert second[0] == 8, second[2]
    assert told["outcomes"] == {"cancelled": 3, "requested": 1}
    assert [order.state for order in (*plain, held, kept)] == [State.CANCELLED] * 3 + [
        State.ORDERED
    ]
    assert [order.submits for order in (*plain, asked, held, kept)] == [1, 1, 1, 1, 0]
    # In the third only the kept order is left to choose, and the request is settled.
    assert json.loads(third[1])["settled"] == 1
    assert asked.state == State.CANCELLED
