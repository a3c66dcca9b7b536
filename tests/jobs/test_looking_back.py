"""`unorder runs`, `report` and `prune`, on journals that tests have written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from commands import Command
from orders import order

from automation.jobs.ledger import Upshot, Wanted, ledger
from automation.jobs.promises import Promise, note_promises, watched
from automation.jobs.retention import Retention, remove, too_much
from automation.pages.readings import Refund, State
from automation.run.facts import order_as_data
from automation.run.journal import Journal

NOW = datetime.now(UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "runs")
    yield opened
    opened.close()


def ran(
    journal: Journal, run: str, number: str, outcome: str | None, *,
    title: str = "Desk lamp", attempt: int = 1, **more: Any,
) -> None:  # fmt: skip
    """A run as the engine writes it down: it is about one item of an order of two."""
    asked: dict[str, Any] = {"flow": "cancel-order", "storefront": "mock", "base_url": "u"}
    asked |= {"account": "robin", "order": number, "items": None, "commit": True, **more}
    seen = order_as_data(
        order(("Desk lamp", State.ORDERED), ("Mug", State.ORDERED), number=number, total="€ 88.00")
    )
    store = {"store": "mock", "base_url": "http://127.0.0.1:1", "language": "en"}
    subject = f"mock {asked['account']} {number}"
    journal.write(run, "asked", asked)
    journal.write(run, "facts", seen)
    if outcome in ("cancelled", "partly_cancelled", "requested", "unknown") and asked["commit"]:
        intent = {"flow": "cancel-order", "store": store, "wanted": [title],
                  "asked": [title], "effect": "cancels items", "before": seen, "boot": "",
                  "monotonic": 0.0}  # fmt: skip
        journal.write(run, "intent", intent, subject=subject, attempt=attempt)
        journal.write(run, "record", {"outcome": outcome, "reason": "as it was read"},
                      subject=subject, attempt=attempt)  # fmt: skip
    elif outcome:
        journal.write(run, "ended", {"outcome": outcome, "reason": "as it was told"})


@pytest.fixture
def week(journal: Journal) -> Journal:
    ran(journal, "r1", "112-1", "rehearsed", commit=False)
    ran(journal, "r2", "112-1", "cancelled")
    ran(journal, "r3", "112-2", "requested", account="sam")
    ran(journal, "r4", "112-3", "broken")
    ran(journal, "r5", "112-3", "guarded")
    ran(journal, "r6", "112-4", None)
    return journal


def test_the_newest_run_of_each_order_counts(week: Journal) -> None:
    lines = Upshot.of(ledger(week)).newest

    assert [(line.order, line.word) for line in lines] == [
        ("112-1", "cancelled"), ("112-2", "requested"), ("112-3", "guarded"),
        ("112-4", "interrupted"),
    ]  # fmt: skip
    assert lines[0].titles == ("Desk lamp",)
    assert lines[0].facts is not None


def test_cancellations_of_one_order_add_up(
    command: Command, journal: Journal, tmp_path: Path
) -> None:
    ran(journal, "r1", "112-1", "cancelled")
    ran(journal, "r2", "112-1", "cancelled", title="Mug", attempt=2)

    _, out, _ = command("report", "-o", str(tmp_path / "r.html"))

    page = (tmp_path / "r.html").read_text()
    assert out.startswith("2 cancelled\n")
    assert "1 order<" in page
    assert "<h1>2 cancelled, worth € 20.00</h1>" in page
    assert "<bdi>Desk lamp</bdi>" in page
    assert "<bdi>Mug</bdi>" in page


@pytest.mark.parametrize(
    ("later", "heading"),
    [("already_cancelled", "Nothing to do"), ("guarded", "Waits for you"),
     ("requested", "Waits for a seller")],
)  # fmt: skip
def test_no_later_run_takes_a_cancellation_back(
    command: Command, journal: Journal, tmp_path: Path, later: str, heading: str
) -> None:
    ran(journal, "r1", "112-1", "cancelled")
    ran(journal, "r2", "112-1", "broken")
    ran(journal, "r3", "112-1", later, title="Mug", attempt=2)

    _, out, _ = command("report", "-o", str(tmp_path / "r.html"), "--json")

    page = (tmp_path / "r.html").read_text()
    assert json.loads(out)["outcomes"] == {"cancelled": 1, later: 1}
    assert "<h1>1 cancelled, worth € 10.00</h1>" in page
    for each in (heading, "Cancelled and returned"):
        assert f"<h2>{each}</h2>" in page


@pytest.mark.parametrize(("state", "counted"), [("cancelled", ("Mug",)), ("ordered", ())])
def test_of_a_part_what_was_read_again_counts(
    journal: Journal, state: str, counted: tuple[str, ...]
) -> None:
    ran(journal, "r1", "112-1", "partly_cancelled", title="Mug")
    journal.write("r1", "read", {"states": {"Mug": "ordered"}})
    journal.write("r1", "read", {"states": {"Mug": "cancelled", "Mug #2": state}})
    ran(journal, "r2", "112-1", "guarded")

    upshot = Upshot.of(ledger(journal))

    assert [line.done for line in upshot.acted] == ([counted] if counted else [])
    assert [line.run for line in upshot.newest] == ["r2"]


def test_money_of_one_order_is_told_once(journal: Journal) -> None:
    ran(journal, "r1", "112-1", "cancelled")
    ran(journal, "r2", "112-1", "cancelled", title="Mug", attempt=2)
    promised = Promise("Refund of €20.00", Refund.PROMISED, None)
    paid = Promise("Refund of €10.00", Refund.PAID, None)
    for each in watched(journal):
        note_promises(journal, each, (paid, promised) if each.run == "r2" else (promised,))

    told = Upshot.of(ledger(journal)).promises

    assert [(line.run, promise.said) for line, promise in told] == [
        ("r2", paid.said), ("r2", promised.said)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "runs"),
    [
        (Wanted(), ["r1", "r2", "r3", "r4", "r5", "r6"]),
        (Wanted(words=("cancelled", "interrupted")), ["r2", "r6"]),
        (Wanted(account="sam"), ["r3"]),
        (Wanted(order="-3"), ["r4", "r5"]),
        (Wanted(commit=False), ["r1"]),
        (Wanted(store="amazon"), []),
        (Wanted(since=NOW + timedelta(hours=1)), []),
        (Wanted(since=NOW - timedelta(hours=1), words=("broken",)), ["r4"]),
    ],
)
def test_runs_are_found_by_what_is_said(week: Journal, wanted: Wanted, runs: list[str]) -> None:
    assert [line.run for line in ledger(week, wanted)] == runs


def test_the_command_filters_and_counts_what_fits(command: Command, week: Journal) -> None:
    del week
    _, out, _ = command("runs", "--json", "--outcome", "guarded", "--outcome", "broken")
    assert [json.loads(line)["run"] for line in out.splitlines()] == ["r4", "r5"]

    _, out, _ = command("runs", "--since", "1h", "--commit", "--last", "2")
    assert [line.split()[0] for line in out.splitlines()] == ["r5", "r6"]

    code, out, err = command("runs", "--account", "zoe")
    assert (code, out, err) == (0, "", "no run fits\n")


@pytest.mark.parametrize("since", ["yesterday", "7", "0d", "2026-13-01"])
def test_a_time_that_is_none_is_told(command: Command, since: str) -> None:
    code, _, err = command("runs", "--since", since)

    assert code == 2
    assert f"`{since}` is neither" in err


def test_a_report_tells_what_waits_for_whom_and_of_the_money(
    command: Command, week: Journal, tmp_path: Path
) -> None:
    promise = Promise("Refund of €49.00 expected by 1 November 2026", Refund.PROMISED,
                      date(2026, 11, 1))  # fmt: skip
    note_promises(week, watched(week)[0], (promise,))

    code, out, _ = command("report", "--since", "7d", "-o", str(tmp_path / "r.html"), "--json")

    page = (tmp_path / "r.html").read_text()
    told = json.loads(out)
    assert code == 0
    assert told["outcomes"] == {"cancelled": 1, "requested": 1, "guarded": 1, "interrupted": 1}
    assert told["overdue"] == 1
    assert "1 cancelled, worth € 10.00" in page
    assert "Refund of €49.00 expected by 1 November 2026" in page
    for heading in ("Waits for you", "Waits for a seller", "Money", "Cancelled and returned"):
        assert f"<h2>{heading}</h2>" in page
    assert (tmp_path / "r.html").stat().st_mode & 0o077 == 0


def folder(runs: Path, days_ago: int, name: str, kibibytes: int) -> Path:
    at = NOW - timedelta(days=days_ago)
    path = runs / f"{at:%Y-%m-%dT%H%M%SZ}-{name}"
    path.mkdir()
    (path / "picture.png").write_bytes(b"x" * kibibytes * 1024)
    return path


@pytest.mark.parametrize(
    ("retention", "gone"),
    [
        (Retention(), []),
        (Retention(days=90), ["old"]),
        (Retention(days=5), ["old", "week"]),
        (Retention(mebibytes=3), ["old"]),
        (Retention(mebibytes=1), ["old", "week", "new"]),
        (Retention(days=90, mebibytes=2), ["old", "week"]),
    ],
)
def test_evidence_is_kept_so_long_and_so_much(
    journal: Journal, tmp_path: Path, retention: Retention, gone: list[str]
) -> None:
    runs = tmp_path / "runs"
    for days, name in ((100, "old"), (7, "week"), (0, "new")):
        folder(runs, days, name, 1024 + 512)
    (runs / "notes").mkdir()

    found = too_much(runs, journal, retention, NOW)

    assert [each.path.name.rpartition("Z-")[2] for each in found] == gone


def test_what_is_not_settled_is_kept_and_the_journal_too(journal: Journal, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    open_ = folder(runs, 200, "unknown", 10)
    settled = folder(runs, 200, "cancelled", 10)
    ran(journal, open_.name, "112-1", "unknown")
    ran(journal, settled.name, "112-2", "cancelled")
    (runs / f"{NOW:%Y-%m-%dT%H%M%SZ}-link").symlink_to(tmp_path)

    remove(too_much(runs, journal, Retention(days=0, mebibytes=0), NOW))

    assert open_.is_dir()
    assert not settled.exists()
    assert (tmp_path / "runs" / "journal.sqlite").is_file()
    assert len(ledger(journal)) == 2


def test_prune_wants_to_be_told_how_much(
    command: Command, journal: Journal, tmp_path: Path
) -> None:
    del journal
    old = folder(tmp_path / "runs", 100, "old", 1)

    assert command("prune")[0] == 2
    assert "1 folders would be removed" in command("prune", "--days", "30", "--dry-run")[1]
    assert old.exists()
    assert "1 folders removed" in command("prune", "--days", "30")[1]
    assert not old.exists()
