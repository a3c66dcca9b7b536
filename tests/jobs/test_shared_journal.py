"""A journal that several machines share, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from databases import _server, database  # noqa: F401 (fixtures)

from automation.errors import InputError, JournalFault, TryLater
from automation.run import shared
from automation.run.journal import AlreadyArmed, Journal
from automation.run.witness import Noted

Machine = Callable[[str], Journal]


@pytest.fixture
def machine(
    tmp_path: Path,
    database: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Machine]:
    """The journal as one machine opens it, with folders of its own."""
    opened: list[Journal] = []

    def machine(name: str) -> Journal:
        monkeypatch.setenv("UNORDER_DATABASE", database)
        monkeypatch.setenv("UNORDER_STATE", str(tmp_path / name / "state"))
        journal = Journal.open(tmp_path / name / "runs")
        opened.append(journal)
        return journal

    yield machine
    for journal in opened:
        with suppress(psycopg.Error):
            journal.close()


def strike(journal: Journal, statement: str) -> None:
    """Somebody with a client of their own does this to the database."""
    with psycopg.connect(journal.name, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]  # the test's own


def test_what_one_machine_writes_the_other_reads(machine: Machine) -> None:
    first, second = machine("a"), machine("b")
    first.write("run-1", "asked", {"title": "Brûlée \u202e x"})
    second.write("run-2", "intent", {"n": 1}, subject="mock robin 112", attempt=1)

    entries = first.entries()

    assert [(each.seq, each.run) for each in entries] == [(1, "run-1"), (2, "run-2")]
    assert entries[1].previous == entries[0].hash
    assert second.of_kind("asked")[0].body == {"title": "Brûlée \u202e x"}
    assert [each.run for each in second.entries(subject="mock robin 112")] == ["run-2"]
    first.prove()
    second.see_that_it_is_ready()


def test_an_intent_is_unique_among_all_machines(machine: Machine) -> None:
    machine("a").write("run-1", "intent", {}, subject="mock robin 112", attempt=1)

    with pytest.raises(AlreadyArmed):
        machine("b").write("run-2", "intent", {}, subject="mock robin 112", attempt=1)


def test_an_order_that_is_held_elsewhere_is_tried_later(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first, second = machine("a"), machine("b")
    monkeypatch.setenv("UNORDER_STATE", str(tmp_path / "a" / "state"))
    with first.locked("mock robin 112"):
        monkeypatch.setenv("UNORDER_STATE", str(tmp_path / "b" / "state"))
        with pytest.raises(TryLater, match="another machine holds 112"), \
                second.locked("mock robin 112"):  # fmt: skip
            pass
        with second.locked("mock robin 113"):
            pass
    with second.locked("mock robin 112"):
        pass


def test_who_loses_the_connection_loses_the_lock_and_cannot_arm(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    second = machine("b")
    first = machine("a")
    with first.locked("mock robin 112"):
        strike(
            second,
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'",
        )
        with pytest.raises(JournalFault, match="cannot be used"):
            first.write("run-1", "intent", {}, subject="mock robin 112", attempt=1)
        monkeypatch.setenv("UNORDER_STATE", str(tmp_path / "b" / "state"))
        with second.locked("mock robin 112"):
            pass


def test_entries_cannot_be_changed(machine: Machine) -> None:
    journal = machine("a")
    journal.write("run-1", "asked", {})

    for statement in ("UPDATE entries SET run = 'x'", "DELETE FROM entries", "TRUNCATE entries"):
        with pytest.raises(psycopg.Error, match="append-only"):
            strike(journal, statement)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entries SET body = '{\"n\": 7}' WHERE seq = 2",
        "DELETE FROM entries WHERE seq = 2",
        "UPDATE entries SET attempt = 2 WHERE seq = 3",
    ],
)
def test_what_was_changed_all_the_same_is_found(machine: Machine, damage: str) -> None:
    journal = machine("a")
    for number in range(3):
        journal.write("run-1", "note", {"n": number})
    strike(journal, "ALTER TABLE entries DISABLE TRIGGER never_changed")
    strike(journal, damage)

    with pytest.raises(JournalFault, match="is damaged"):
        machine("b").prove()


def test_a_journal_whose_entries_could_be_changed_is_not_trusted(machine: Machine) -> None:
    journal = machine("a")
    journal.write("run-1", "note", {})
    strike(journal, "ALTER TABLE entries DISABLE TRIGGER never_changed")

    with pytest.raises(JournalFault, match="entries could be changed"):
        journal.prove()


def test_what_was_proved_is_not_read_again(machine: Machine) -> None:
    first, second = machine("a"), machine("b")
    first.write("run-1", "note", {})
    first.prove()
    second.write("run-2", "note", {})
    asked: list[Any] = []
    rows = first._rows

    def counted(where: str, given: Any) -> Any:
        asked.append(tuple(given))
        return rows(where, given)

    first._rows = counted  # type: ignore[method-assign]
    first.prove()

    assert asked[0] == (2,)


def test_a_journal_that_lost_a_click_is_told(machine: Machine) -> None:
    journal = machine("a")
    journal.witness.note(Noted("mock robin 112", "run-1", journal.name))

    with pytest.raises(JournalFault, match="has lost what the run `run-1` did"):
        journal.prove()


def test_clocks_that_differ_are_told_before_anything_is_clicked(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ahead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz or UTC) + timedelta(minutes=1)

    monkeypatch.setattr(shared, "datetime", Ahead)

    with pytest.raises(JournalFault, match="the clocks of this machine"):
        machine("a")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///x.db", "does not name a PostgreSQL database"),
        ("postgresql://unorder:secret@127.0.0.1/unorder", "every process can read it"),
        ("postgresql://unorder@127.0.0.1/unorder?password=secret", "every process can read it"),
        ("postgresql://unorder@127.0.0.1", "does not say which database"),
        ("", "does not name a PostgreSQL database"),
    ],
)
def test_an_address_that_will_not_do(url: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as problem:
        shared.name_of(url)

    assert "secret" not in str(problem.value)
    assert problem.value.exit_code == 2


def test_a_database_that_is_not_there_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("UNORDER_DATABASE", "postgresql://unorder@127.0.0.1:1/unorder")

    with pytest.raises(JournalFault, match="cannot be used") as problem:
        Journal.open(tmp_path / "runs")

    assert problem.value.exit_code == 7
