"""The runner dies at the worst moments; what is left settles it, and nothing is clicked twice."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest
from process import closing, line, start
from waiting import until

from mock_store.rules import Mode, State
from mock_store.store import PlacedOrder, Store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def soon(tmp_path: Path) -> str:
    """The mock's profile, of a store whose pages tell the truth within seconds."""
    profile = (ROOT / "automation/storefronts/mock/profile.yaml").read_text()
    folder = tmp_path / "soon"
    folder.mkdir()
    (folder / "profile.yaml").write_text(profile.replace("settle: 20", "settle: 3"))
    return str(folder)


def kill_when_submitted(order: PlacedOrder, *words: str) -> None:
    """Run the command, and kill it when the store has received the click but not answered."""
    with subprocess.Popen(line(*words), stderr=subprocess.DEVNULL) as runner:
        until(lambda: order.submits)
        runner.kill()


@pytest.mark.parametrize(
    "store",
    [pytest.param(Mode.STRICT, marks=pytest.mark.thorough), Mode.LEGACY],
    indirect=True,
    ids=str,
)
def test_killed_after_the_click_it_is_settled_by_reading(
    store: Store, address: str, soon: str
) -> None:
    order = store.place("Desk lamp", "USB-C cable")
    store.quirks.add("slow_commit", times=1)

    kill_when_submitted(
        order, "run", "cancel-items", f"order={order.number}", "items=Desk lamp",
        "--store", soon, "--base-url", address, "--commit",
    )  # fmt: skip
    assert "  clicked, not settled  " in start("runs").stdout
    verified = start("verify", "--json")

    told = closing(verified)
    assert (told["outcome"], verified.returncode) == ("cancelled", 0), verified.stderr
    assert told["items"] == {"Desk lamp": "cancelled", "USB-C cable": "ordered"}
    assert order.submits == 1
    again = start("verify", "--json")
    assert again.stdout == ""
    assert again.stderr.strip() == "nothing is open; no page tells of a refund yet"


def test_killed_before_the_click_nothing_is_cancelled_and_it_may_be_tried_again(
    store: Store, address: str, soon: str
) -> None:
    order = store.place("Desk lamp")
    asked = ("run", "cancel-items", f"order={order.number}",
             "--store", soon, "--base-url", address, "--commit", "--json")  # fmt: skip

    start(*asked, moment="armed")
    assert order.submits == 0
    verified = start("verify", "--json")
    assert closing(verified)["outcome"] == "not_cancelled"
    again = start(*asked)

    assert closing(again)["outcome"] == "cancelled", again.stderr
    assert order.state == State.CANCELLED
    assert order.submits == 1


def test_the_next_run_settles_what_a_dead_one_left(store: Store, address: str, soon: str) -> None:
    order = store.place("Desk lamp")
    asked = ("run", "cancel-items", f"order={order.number}",
             "--store", soon, "--base-url", address, "--commit", "--json")  # fmt: skip

    store.quirks.add("slow_commit", times=1)
    kill_when_submitted(order, *asked)
    again = start(*asked)

    assert closing(again)["outcome"] == "already_cancelled"
    assert f"first reading order {order.number} again" in again.stderr
    assert order.submits == 1


@pytest.mark.parametrize("sent", ["SIGTERM", pytest.param("SIGINT", marks=pytest.mark.thorough)])
def test_asked_to_stop_after_the_click_it_finishes_reading_back(
    store: Store, address: str, soon: str, sent: str
) -> None:
    order = store.place("Desk lamp")

    stopped = start(
        "run", "cancel-items", f"order={order.number}", "--store", soon, "--base-url", address,
        "--commit", "--json", moment="clicked", sent=sent,
    )  # fmt: skip

    told = closing(stopped)
    assert (told["outcome"], stopped.returncode) == ("cancelled", 0), stopped.stderr
    assert order.submits == 1


def test_asked_to_stop_before_the_click_nothing_is_clicked(
    store: Store, address: str, soon: str
) -> None:
    order = store.place("Desk lamp")

    stopped = start(
        "run", "cancel-items", f"order={order.number}", "--store", soon, "--base-url", address,
        "--commit", "--json", moment="took", sent="SIGTERM",
    )  # fmt: skip

    assert stopped.returncode == 128 + signal.SIGTERM
    assert json.loads(stopped.stdout)["exit"] == 128 + signal.SIGTERM
    assert order.submits == 0
    assert "  stopped  " in start("runs").stdout


def test_the_loser_of_two_runs_leaves(store: Store, address: str, soon: str) -> None:
    order = store.place("Desk lamp")
    asked = ["run", "cancel-items", f"order={order.number}", "--store", soon,
             "--base-url", address, "--commit", "--json"]  # fmt: skip
    two = [
        subprocess.Popen(line(*asked), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(2)
    ]
    said = [json.loads(each.communicate(timeout=120)[0].splitlines()[-1]) for each in two]

    assert order.submits == 1
    assert sorted((told["exit"], told["outcome"]) for told in said) in (
        [(0, "cancelled"), (75, None)],
        [(0, "already_cancelled"), (0, "cancelled")],  # the second came when all was done
    )
