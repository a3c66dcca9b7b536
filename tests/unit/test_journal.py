"""The journal: append-only, unique intents, and damage that is noticed."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from automation.errors import EnvironmentProblem, JournalFault
from automation.run.journal import NAME, AlreadyArmed, Journal


def filled(folder: Path, entries: int = 20) -> Journal:
    journal = Journal.open(folder)
    for number in range(entries):
        journal.write("run", "note", {"number": number})
    return journal


def test_what_is_written_is_read_again_by_another_process(tmp_path: Path) -> None:
    filled(tmp_path, 2).close()

    entries = Journal.open(tmp_path).entries(run="run")

    assert [entry.body for entry in entries] == [{"number": 0}, {"number": 1}]
    assert entries[1].previous == entries[0].hash


def test_one_intent_for_one_attempt_of_one_subject(tmp_path: Path) -> None:
    first, second = Journal.open(tmp_path), Journal.open(tmp_path)
    first.write("a", "intent", {}, subject="mock robin 1", attempt=1)

    with pytest.raises(AlreadyArmed):
        second.write("b", "intent", {}, subject="mock robin 1", attempt=1)

    second.write("b", "intent", {}, subject="mock robin 2", attempt=1)
    assert len(first.of_kind("intent")) == 2


@pytest.mark.parametrize("of", [{"run": "a"}, {"subject": "mock robin 1"}], ids=["run", "subject"])
def test_what_is_of_one_run_or_order_is_found_by_an_index(
    tmp_path: Path, of: dict[str, str]
) -> None:
    """Else the time to look for what is open grows with the square of what was ever done."""
    journal = filled(tmp_path)
    journal.write("a", "intent", {}, subject="mock robin 1", attempt=1)
    asked: list[str] = []
    journal._connection.set_trace_callback(asked.append)

    found = journal.entries(**of)

    journal._connection.set_trace_callback(None)
    plan = journal._connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()
    assert len(found) == 1
    assert ["USING INDEX" in step[3] for step in plan] == [True], plan


def test_rows_can_be_neither_changed_nor_removed(tmp_path: Path) -> None:
    journal = filled(tmp_path)
    other = sqlite3.connect(journal.path)

    for statement in ("UPDATE entries SET body = '{}'", "DELETE FROM entries"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            other.execute(statement)
    other.close()


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    journal = filled(tmp_path / "runs")

    assert journal.path.stat().st_mode & 0o077 == 0
    assert journal.path.parent.stat().st_mode & 0o077 == 0


def test_a_sound_journal_proves_itself(tmp_path: Path) -> None:
    filled(tmp_path).prove()


@pytest.mark.parametrize("column", ["at", "run", "kind", "body", "previous", "hash", "attempt"])
def test_a_change_of_any_column_is_noticed(tmp_path: Path, column: str) -> None:
    journal = filled(tmp_path)
    other = sqlite3.connect(journal.path, isolation_level=None)
    other.execute("DROP TRIGGER never_changed")
    value = {"attempt": 7, "at": "2020-01-01T00:00:00.000+00:00"}.get(column, '{"other": 1}')
    other.execute(f"UPDATE entries SET {column} = ? WHERE seq = 7", (value,))  # noqa: S608
    other.close()

    with pytest.raises(JournalFault, match="damaged at entry 7"):
        journal.prove()


def test_flipped_bits_are_noticed_or_without_effect(tmp_path: Path) -> None:
    """A flipped bit either leaves every entry as it was, or is a fault: never a silent change."""
    journal = filled(tmp_path)
    truth = journal.entries()
    journal.close()
    sqlite3.connect(tmp_path / NAME).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sound = (tmp_path / NAME).read_bytes()
    chance = random.Random(7)  # noqa: S311 (reproducible, not secret)
    noticed = 0
    for round_ in range(150):
        folder = tmp_path / str(round_)
        folder.mkdir()
        damaged = bytearray(sound)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        (folder / NAME).write_bytes(damaged)
        try:
            opened = Journal.open(folder)
            opened.prove()
            assert opened.entries() == truth
            opened.close()
        except JournalFault:
            noticed += 1
    assert noticed > 0


def test_refuses_a_file_that_is_no_journal(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"x" * 5000)

    with pytest.raises(JournalFault, match="cannot be used"):
        Journal.open(tmp_path)


def test_refuses_a_journal_of_another_version(tmp_path: Path) -> None:
    journal = filled(tmp_path)
    journal.close()
    other = sqlite3.connect(journal.path)
    other.execute("PRAGMA user_version=99")
    other.close()

    with pytest.raises(JournalFault, match="version 99"):
        Journal.open(tmp_path)


def test_refuses_another_programs_database(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / NAME)
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()

    with pytest.raises(JournalFault, match="not a journal"):
        Journal.open(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(EnvironmentProblem, match="cannot write to"):
        Journal.open(tmp_path / "file" / "runs")


def test_a_clock_that_was_set_back_is_a_fault(tmp_path: Path) -> None:
    journal = filled(tmp_path, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("automation.run.journal._now", lambda: "2999-01-01T00:00:00.000+00:00")
        journal.write("run", "note", {})

    with pytest.raises(JournalFault, match="clock"):
        journal.see_that_it_is_ready()


def test_a_full_disk_is_told_before_anything_is_clicked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal.open(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=5 * 2**20))

    with pytest.raises(JournalFault, match="only 5 MiB free"):
        journal.see_that_it_is_ready()
    journal.close()
