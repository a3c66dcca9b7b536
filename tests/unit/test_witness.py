"""What a journal should hold, noted a second time: a lost one is missed, a new one is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from orders import NUMBER, order

from automation.errors import JournalFault
from automation.outcome import Outcome
from automation.pages.opened import OpenedAs
from automation.pages.readings import State
from automation.run import intents
from automation.run.facts import Subject
from automation.run.intents import Intent
from automation.run.journal import NAME, Journal
from automation.run.judgement import Verdict, Wanted
from automation.run.readback import Notes

SUBJECT = Subject("mock", "robin", NUMBER)


def arm(journal: Journal, *, attempt: int = 1) -> Intent:
    return intents.arm(
        journal,
        run="r1",
        subject=SUBJECT,
        flow="cancel-items",
        store=OpenedAs("mock", "http://127.0.0.1:1", "en"),
        wanted=Wanted(("Desk lamp",), ("Desk lamp",)),
        before=order(("Desk lamp", State.ORDERED)),
        attempt=attempt,
        now=1000.0,
    )


def settle(journal: Journal, intent: Intent, outcome: Outcome) -> None:
    Notes(journal, intent, "r1").record(Verdict(outcome, "because"))


def test_a_journal_that_holds_its_intents_proves_itself(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    arm(journal)

    journal.prove()
    intents.see_that_none_is_missing(journal, SUBJECT)


def test_a_deleted_journal_is_missed_while_an_intent_is_open(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "runs")
    arm(journal)
    journal.close()
    shutil.rmtree(tmp_path / "runs")

    with pytest.raises(JournalFault, match="has lost what the run `r1` did") as told:
        Journal.open(tmp_path / "runs").prove()
    note = journal.witness.place(str(SUBJECT))
    assert f"remove `{note}`" in str(told.value)

    note.unlink()
    Journal.open(tmp_path / "runs").prove()


def test_a_deleted_journal_is_not_missed_when_all_is_settled(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "runs")
    settle(journal, arm(journal), Outcome.CANCELLED)
    journal.close()
    shutil.rmtree(tmp_path / "runs")

    Journal.open(tmp_path / "runs").prove()


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN, Outcome.REQUESTED])
def test_what_is_not_known_for_good_stays_noted(tmp_path: Path, outcome: Outcome) -> None:
    journal = Journal.open(tmp_path)
    settle(journal, arm(journal), outcome)

    assert [noted.run for noted in journal.witness.all()] == ["r1"]


def test_an_old_copy_is_told_from_the_newest(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    journal.write("r0", "note", {})
    journal.close()
    old = (tmp_path / NAME).read_bytes()
    journal = Journal.open(tmp_path)
    settle(journal, arm(journal), Outcome.CANCELLED)
    journal.prove()
    journal.close()
    (tmp_path / NAME).write_bytes(old)

    with pytest.raises(JournalFault, match="or an old copy"):
        Journal.open(tmp_path).prove()


def test_an_intent_in_another_journal_is_found(tmp_path: Path) -> None:
    arm(Journal.open(tmp_path / "here"))
    there = Journal.open(tmp_path / "there")

    there.prove()
    with pytest.raises(JournalFault, match="another journal holds") as told:
        intents.see_that_none_is_missing(there, SUBJECT)
    assert f"unorder verify --runs {tmp_path / 'here'}" in str(told.value)


def test_an_intent_that_cannot_be_noted_is_not_clicked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("UNORDER_STATE", str(tmp_path / "file"))
    journal = Journal.open(tmp_path / "runs")

    with pytest.raises(JournalFault, match="noted a second time"):
        arm(journal)
    assert [intent.open for intent in intents.open_intents(journal)] == [True]


def test_a_note_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    arm(journal)
    journal.witness.place(str(SUBJECT)).write_text("{")

    with pytest.raises(JournalFault, match="cannot be read"):
        journal.prove()


def test_the_age_of_an_intent_is_rather_too_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intent = arm(Journal.open(tmp_path))

    assert intent.age(1003.0) == 3.0
    monkeypatch.setattr(intents, "boot_id", lambda: "a later boot")
    assert intent.age(50.0) < 50.0  # armed a moment ago, by the wall clock
