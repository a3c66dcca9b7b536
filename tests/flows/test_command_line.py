"""The command as its user types it: what it says, how it exits, what it leaves."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
from pathlib import Path

import pytest
from commands import Command
from golden import compare
from process import closing, start

from mock_store.store import Store

GOLDEN = Path(__file__).parents[1] / "broken" / "commands"
ORDER = "112-4419326-1180247"


BAD = [
    ["frobnicate"],
    ["rnu", "cancel-items"],
    ["run"],
    ["run", "cancel-itms", f"order={ORDER}"],
    ["run", "nothing-like-it", f"order={ORDER}"],
    ["run", "flows/none.yaml", f"order={ORDER}"],
    ["run", "cancel-items"],
    ["run", "cancel-items", ORDER],
    ["run", "cancel-items", "order=12"],
    ["run", "cancel-items", f"order={ORDER}", "itms=Desk lamp"],
    ["run", "cancel-items", f"order={ORDER}", "--account", "zoe"],
    ["run", "cancel-items", f"order={ORDER}", "--store", "mok"],
    ["run", "cancel-items", f"order={ORDER}", "--language", "fr"],
    ["run", "cancel-items", f"order={ORDER}", "--base-url", "http://shop.example"],
    ["run", "cancel-items", f"order={ORDER}", "--base-url", "localhost"],
    ["run", "cancel-items", f"order={ORDER}", "--runs", "/proc/none"],
    ["run", "cancel-items", f"order={ORDER}", "--comit"],
    ["cancel"],
    ["cancel", "12"],
    ["show", "nothing"],
    ["verify", "nothing"],
    ["check", "none.yaml"],
    ["run", "cancel-items", f"order={ORDER}", "--base-url", "http://127.0.0.1:8712/shop"],
    ["runs", "--last", "0"],
    ["runs", "--last", "-3"],
    ["film", "cancel-items", "--all"],
    ["film", "--render", "/no"],
    ["film", "cancel-items", "--out", "/proc/x"],
    ["guide", "cancel-items", "--all"],
    ["guide"],
    ["plan", "none.yaml", "-o", "no/such/plan.json"],
    ["schedule", "print", "none.yaml", "--systemd", "-o", "/proc/x"],
    ["matrix", "none.cases.yaml"],
    ["matrix", "docs"],
    ["matrix", "--times", "0"],
    ["store", "--quirk", "sloww"],
    ["store", "--quirk", "session_expires=noon"],
    ["store", "--quirk", "slow*often"],
    ["store", "--scenario", "none.yaml"],
    ["store", "--mode", "lax"],
    ["store", "--port", "high"],
    ["store", "--shape", "order=table"],
    ["store", "--front", "boutique", "--layout", "mobile"],
    ["report", "-o", "no/such/report.html"],
    ["report", "--runs", "/none"],
]


@pytest.mark.parametrize("words", BAD, ids=" ".join)
def test_bad_input_is_told_on_one_screen(
    command: Command, words: list[str], tmp_path: Path
) -> None:
    (tmp_path / "runs").mkdir()  # as UNORDER_RUNS names it

    code, out, err = command(*words)

    assert (code, out) == (2, "")
    assert "hint: " in err
    assert len(err.splitlines()) <= 24
    slug = re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower().replace(ORDER, "n")).strip("-")
    compare(GOLDEN / f"{slug}.txt", err.replace(str(tmp_path), "…"))


def test_a_store_that_does_not_answer_is_tried_later(command: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    ended = start(
        "run", "cancel-items", f"order={ORDER}", "--base-url", f"http://127.0.0.1:{port}", "--json"
    )

    assert ended.returncode == 75
    assert "does not answer" in ended.stderr
    line = closing(ended)
    assert (line["exit"], line["outcome"], line["order"]) == (75, None, ORDER)
    _, listed, _ = command("runs")
    assert "  try later  " in listed
    assert "does not answer" in command("show", listed.split()[0])[1]


def test_a_port_in_use_is_told(command: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = command("store", "--port", str(port))

    assert code == 2
    assert err == (
        f"unorder: port {port} is in use\n\nhint: name another one: --port N, or 0 for any\n"
    )


def test_a_missing_browser_is_told_with_what_to_install(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("UNORDER_BROWSER", str(tmp_path / "chromium"))

    code, _, err = command("run", "cancel-items", f"order={ORDER}")

    assert code == 2
    assert "is not there" in err


@pytest.mark.parametrize("content", ["this is not a database", ""])
def test_a_foreign_database_is_left_alone(command: Command, tmp_path: Path, content: str) -> None:
    path = tmp_path / "store.db"
    if content:
        path.write_text(content)
    else:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE notes (text)")
        other.close()
    before = path.read_bytes()

    code, _, err = command("store", "--database", str(path), "--port", "0")

    assert code == 2
    assert "hint: " in err
    assert path.read_bytes() == before


def test_a_run_closes_with_one_line_of_json(store: Store, address: str) -> None:
    order = store.place("Desk lamp", "USB-C cable")

    ended = start(
        "run", "cancel-items", f"order={order.number}", "items=Desk lamp",
        "--base-url", address, "--commit", "--json",
    )  # fmt: skip

    line = json.loads(ended.stdout)
    report = Path(line.pop("report"))
    assert ended.returncode == 0
    assert report.is_file()
    assert line.pop("run") == report.parent.name
    assert line.pop("reason")
    assert line == {
        "flow": "cancel-items",
        "store": "mock",
        "account": "robin",
        "order": order.number,
        "outcome": "cancelled",
        "exit": 0,
        "items": {"Desk lamp": "cancelled", "USB-C cable": "ordered"},
        "fee": None,
        "refund": None,
    }
    assert "reading the order again" in ended.stderr


def test_a_run_is_listed_and_shown(command: Command, store: Store, address: str) -> None:
    order = store.place("Desk lamp")
    start("run", "cancel-items", f"order={order.number}", "--base-url", address)

    _, listed, _ = command("runs")
    run = listed.split()[0]
    _, shown, _ = command("show", run)

    assert "rehearsed" in listed
    assert order.number in shown


def test_the_demo_cancels_two_of_three_items(tmp_path: Path) -> None:
    ended = start("demo", "--headless", "--runs", str(tmp_path))

    assert ended.returncode == 0, ended.stderr
    assert "cancelled  Cancelled `Desk lamp` and `USB-C cable` of order" in ended.stdout
    assert len(list(tmp_path.glob("*/report.html"))) == 1
