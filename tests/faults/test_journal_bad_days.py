"""A journal that cannot be trusted or written: a clear word, the right exit code, and no click."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest
from misfortune import full_disk
from process import closing, line, start
from waiting import until

from automation.run.journal import NAME, Journal
from mock_store.rules import State
from mock_store.store import PlacedOrder, Store

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]


@pytest.fixture
def soon(tmp_path: Path) -> str:
    """The mock's profile, of a store whose pages tell the truth within seconds."""
    profile = (ROOT / "automation/storefronts/mock/profile.yaml").read_text()
    folder = tmp_path / "soon"
    folder.mkdir()
    (folder / "profile.yaml").write_text(profile.replace("settle: 20", "settle: 3"))
    return str(folder)


@pytest.fixture
def order(store: Store) -> PlacedOrder:
    return store.place("Desk lamp")


@pytest.fixture
def words(order: PlacedOrder, address: str, soon: str) -> list[str]:
    return ["run", "cancel-items", f"order={order.number}", "--store", soon, "--base-url", address,
            "--commit", "--json"]  # fmt: skip


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """The folder that the command uses: see `own_places`."""
    return tmp_path / "runs"


def begun(runs: Path) -> Path:
    """A journal with an entry in it."""
    journal = Journal.open(runs)
    journal.write("run", "note", {"said": "something"})
    journal.close()
    return runs / NAME


def killed_after_the_click(order: PlacedOrder, words: list[str]) -> None:
    with subprocess.Popen(line(*words), stderr=subprocess.DEVNULL) as runner:
        until(lambda: order.submits, seconds=200)
        runner.kill()


def test_a_damaged_journal(order: PlacedOrder, words: list[str], runs: Path) -> None:
    path = begun(runs)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"something", b"anything!"))

    ended = start(*words)

    assert ended.returncode == 7
    assert "is damaged at entry 1" in ended.stderr
    assert order.submits == 0
    assert start("verify").returncode == 7


def test_a_locked_journal(order: PlacedOrder, words: list[str], runs: Path) -> None:
    holder = sqlite3.connect(begun(runs), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    ended = start(*words)

    assert ended.returncode == 7
    assert "database is locked" in ended.stderr
    assert order.submits == 0
    holder.close()


def test_a_journal_of_another_version(order: PlacedOrder, words: list[str], runs: Path) -> None:
    other = sqlite3.connect(begun(runs))
    other.execute("PRAGMA user_version=99")
    other.close()

    ended = start(*words)

    assert ended.returncode == 7
    assert "is a journal of version 99" in ended.stderr
    assert order.submits == 0


def test_a_clock_that_was_set_back(order: PlacedOrder, words: list[str], runs: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("automation.run.journal._now", lambda: "2999-01-01T00:00:00.000+00:00")
        begun(runs)

    ended = start(*words)

    assert ended.returncode == 7
    assert "set the clock right" in ended.stderr
    assert order.submits == 0


@pytest.mark.parametrize("lost", [NAME, f"{NAME}-wal"])
def test_a_journal_that_is_lost_after_a_click(
    store: Store, order: PlacedOrder, words: list[str], runs: Path, lost: str
) -> None:
    """What was in it is noted elsewhere: nothing is clicked again until somebody has looked."""
    store.quirks.add("never_answers", times=1)
    killed_after_the_click(order, words)
    for path in runs.glob(f"{lost}*"):
        path.unlink()

    again, verified = start(*words), start("verify")

    assert (again.returncode, verified.returncode) == (7, 7)
    assert "has lost what the run" in again.stderr
    assert "look at the order yourself" in " ".join(verified.stderr.split())
    assert order.submits == 1


def test_a_run_with_another_journal_does_not_click_what_is_open_in_the_first(
    order: PlacedOrder, words: list[str], tmp_path: Path
) -> None:
    here, there = (["--runs", str(tmp_path / name)] for name in ("here", "there"))
    start(*words, *here, moment="armed")

    elsewhere = start(*words, *there)
    verified = start("verify", *here, "--json")
    again = start(*words, *there)

    assert elsewhere.returncode == 7
    assert f"unorder verify --runs {tmp_path / 'here'}" in " ".join(elsewhere.stderr.split())
    assert closing(verified)["outcome"] == "not_cancelled"
    assert closing(again)["outcome"] == "cancelled"
    assert order.submits == 1


@pytest.mark.parametrize("moment", ["begins", "took"])
def test_a_disk_that_is_full_before_the_intent(
    order: PlacedOrder, words: list[str], moment: str
) -> None:
    ended = full_disk(*words, moment=moment)

    assert ended.returncode == 7, ended.stderr
    assert closing(ended)["exit"] == 7
    assert order.submits == 0


def test_a_disk_that_fills_between_intent_and_click_does_not_hide_the_outcome(
    order: PlacedOrder, words: list[str]
) -> None:
    ended = full_disk(*words, moment="armed")

    told = closing(ended)
    assert (told["outcome"], ended.returncode) == ("cancelled", 0), ended.stderr
    assert "cannot be used" in ended.stderr  # what could not be kept is noted
    assert order.submits == 1

    verified = start("verify", "--json")
    assert (closing(verified)["outcome"], verified.returncode) == ("cancelled", 0)
    assert order.submits == 1


def test_a_state_folder_that_cannot_be_written(
    order: PlacedOrder, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("UNORDER_STATE", str(tmp_path / "file" / "state"))

    ended = start(*words)

    assert ended.returncode == 2
    assert "cannot write to" in ended.stderr
    assert "UNORDER_STATE" in ended.stderr
    assert order.submits == 0


def test_nobody_reads_what_it_says(order: PlacedOrder, words: list[str]) -> None:
    """As in `unorder … | head`: the run goes on, and its exit code tells."""
    reader, writer = os.pipe()
    os.close(reader)

    ended = subprocess.run(line(*words), stdout=writer, stderr=writer, timeout=300, check=False)
    os.close(writer)

    assert ended.returncode == 0
    assert order.state == State.CANCELLED
    assert order.submits == 1


def test_a_killed_runs_browser_and_folder_are_gone_after_the_next_run(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))

    killed = start(*words, moment="armed")
    left = list(temporary.glob("unorder-browser-*"))
    start("verify")

    assert killed.returncode == -signal.SIGKILL
    assert len(left) == 1
    assert list(temporary.glob("unorder-browser-*")) == []
    assert not [process for process in Path("/proc").glob("[0-9]*") if of(process, left[0])]


def of(process: Path, folder: Path) -> bool:
    try:
        return str(folder).encode() in (process / "environ").read_bytes()
    except OSError:
        return False
