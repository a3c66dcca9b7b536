"""Runs without an outcome, or without evidence: what `runs`, `show` and `verify` make of them."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Command
from orders import order

from automation.cli.unended import note_left
from automation.errors import InputError, Stopped, TryLater
from automation.pages.readings import State
from automation.run.doctor import examine
from automation.run.facts import order_as_data
from automation.run.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "runs")
    yield opened
    opened.close()


def clicked(journal: Journal, run: str, number: str) -> None:
    """A run that was killed when its click was armed: nobody knows yet what came of it."""
    store = {"store": "mock", "base_url": "http://127.0.0.1:1", "language": "en"}
    seen = order_as_data(order(("Desk lamp", State.ORDERED), number=number, total="€49.00"))
    asked_only(journal, run, number)
    journal.write(run, "facts", seen)
    intent = {"flow": "cancel-order", "store": store, "wanted": ["Desk lamp"],
              "asked": ["Desk lamp"], "effect": "cancels items", "before": seen, "boot": "",
              "monotonic": 0.0}  # fmt: skip
    journal.write(run, "intent", intent, subject=f"mock robin {number}", attempt=1)


def asked_only(journal: Journal, run: str, number: str) -> None:
    asked = {"flow": "cancel-order", "storefront": "mock", "base_url": "u", "account": "robin",
             "order": number, "items": None, "commit": True}  # fmt: skip
    journal.write(run, "asked", asked)


@pytest.fixture
def unended(journal: Journal) -> Journal:
    """One run of each kind that has no outcome."""
    clicked(journal, "u1", "112-1")
    asked_only(journal, "u2", "112-2")
    journal.write("u2", "facts", {})
    asked_only(journal, "u3", "112-3")
    problems = (InputError("there is no secret"), TryLater("no answer"), Stopped(signal.SIGTERM))
    for number, problem in enumerate(problems, 4):
        asked_only(journal, f"u{number}", f"112-{number}")
        note_left(journal, f"u{number}", problem)
    return journal


STOOD = {
    "u1": "clicked, not settled",
    "u2": "interrupted",
    "u3": "did not begin",
    "u4": "could not begin",
    "u5": "try later",
    "u6": "stopped",
}


def test_a_run_without_an_outcome_says_where_it_stopped(command: Command, unended: Journal) -> None:
    del unended
    _, listed, hint = command("runs")
    assert [line.split("  ")[1] for line in listed.splitlines()] == list(STOOD.values())
    assert "unorder verify" in hint

    _, told, _ = command("runs", "--json", "--outcome", "interrupted")
    stood = {line["run"]: line["stood"] for line in map(json.loads, told.splitlines())}
    assert stood == STOOD


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("u1", "unorder verify"),
        ("u2", "nothing was clicked"),
        ("u3", "nothing was clicked"),
        ("u4", "there is no secret"),
        ("u5", "no answer"),
        ("u6", "stopped by SIGTERM"),
    ],
)
def test_it_is_shown_with_what_to_do_next(
    command: Command, unended: Journal, run: str, said: str
) -> None:
    del unended
    code, out, _ = command("show", run)

    assert code == 0
    assert out.startswith(STOOD[run])
    assert said in out
    assert "hint: " in out


def test_there_is_nothing_to_verify_of_a_run_that_clicked_nothing(
    command: Command, unended: Journal
) -> None:
    del unended
    code, out, _ = command("verify", "u5")

    assert code == 0
    assert out.startswith("try later")


def test_a_run_whose_evidence_was_pruned_is_still_told_of(
    command: Command, journal: Journal
) -> None:
    asked_only(journal, "r5", "112-3")
    journal.write("r5", "ended", {"outcome": "guarded", "reason": "as it was told"})

    code, out, _ = command("show", "r5")

    assert code == 0
    assert out.startswith("guarded")
    assert "not kept any more" in out


def test_an_open_click_is_a_line_of_the_doctor(unended: Journal, tmp_path: Path) -> None:
    del unended
    looked = {finding.what: finding for finding in examine(tmp_path / "runs")}

    assert not looked["clicks"].well
    assert "clicked, not settled: u1" in looked["clicks"].said


@pytest.mark.parametrize("words", [("runs",), ("verify",), ("show", "r1"), ("verify", "r1")])
def test_looking_makes_no_folder_that_was_mistyped(
    command: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    mistyped = tmp_path / "rnus"

    code, out, err = command(*words, "--runs", str(mistyped))

    assert (code, out) == (2, "")
    assert f"there is no folder `{mistyped}`" in err
    assert not mistyped.exists()


def test_where_no_folder_was_named_it_may_be_missing(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UNORDER_RUNS")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "own"))

    code, _, err = command("runs")

    assert code == 0
    assert "nothing was run yet" in err
