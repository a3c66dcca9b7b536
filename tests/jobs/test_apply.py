"""`unorder apply`, on stores of its own: the store's truth is asked, not the screen."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import Command
from plans import write_rules
from process import killed, line
from waiting import until

from mock_store.rules import State
from mock_store.store import PlacedOrder, Store, find_order

ALL = "  - {name: all, orders: all}\n"


@pytest.fixture
def plan(tmp_path: Path) -> str:
    return str(tmp_path / "plan.json")


@pytest.fixture
def planned(command: Command, address: str, tmp_path: Path, plan: str) -> Callable[..., None]:
    def planned(**more: Any) -> None:
        rules = write_rules(tmp_path, address, ALL, **more)
        code, _, err = command("plan", str(rules), "-o", plan)
        assert code == 0, err

    return planned


def change(order: PlacedOrder, **facts: object) -> None:
    """The store changes something of the order's first item."""
    with order.store.database.session() as session:
        for name, value in facts.items():
            setattr(find_order(session, order.number).items[0], name, value)


def outcomes(out: str, folder: Path) -> dict[str, str]:
    """What the summary says of each order."""
    told = json.loads(out.splitlines()[-1])
    path = folder / "runs" / told["plan"] / "summary.json"
    results = json.loads(path.read_text())["results"]
    return {result["order"]: result["outcome"] for result in results}


def test_changed_facts_refuse_exactly_those_orders(
    command: Command, store: Store, planned: Callable[..., None], plan: str, tmp_path: Path
) -> None:
    as_it_was = store.place("Desk lamp", "USB-C cable")
    dearer, more, shipped, by_hand = (store.place("Desk lamp") for _ in range(4))
    planned()
    change(dearer, cents=5900)
    change(more, quantity=2)
    shipped.ship()
    by_hand.move(State.CANCELLED)

    code, out, err = command("apply", plan, "--commit", "--json")

    assert code == 3
    assert outcomes(out, tmp_path) == {
        as_it_was.number: "cancelled",
        dearer.number: "guarded",
        more.number: "guarded",
        shipped.number: "guarded",
        by_hand.number: "already_cancelled",
    }
    assert "the price of `Desk lamp` was €49.00 and is now €59.00" in err
    assert "the quantity of `Desk lamp` was 1 and is now 2" in err
    assert "the state of `Desk lamp` was ordered and is now shipped" in err
    assert [each.submits for each in (as_it_was, dearer, more, shipped, by_hand)] == [1, 0, 0, 0, 0]


def test_rehearsed_then_committed_then_nothing_is_left(
    command: Command, store: Store, planned: Callable[..., None], plan: str, tmp_path: Path
) -> None:
    mine, other = store.place("Desk lamp"), store.place("USB-C cable", account="sam")
    planned(accounts=("robin", "sam"))

    rehearsed = command("apply", plan, "--json")
    assert (rehearsed[0], mine.submits, other.submits) == (0, 0, 0)
    assert json.loads(rehearsed[1])["outcomes"] == {"rehearsed": 2}

    committed = command("apply", plan, "--commit", "--json")
    assert committed[0] == 0, committed[2]
    assert set(outcomes(committed[1], tmp_path).values()) == {"cancelled"}
    assert (mine.state, other.state) == (State.CANCELLED, State.CANCELLED)

    again = command("apply", plan, "--commit", "--json")
    assert outcomes(again[1], tmp_path) == outcomes(committed[1], tmp_path)
    assert (mine.submits, other.submits) == (1, 1)
    for told in (tmp_path / "runs").glob("*/run.json"):
        run = json.loads(told.read_text())
        pictured = [bool(step["picture"]) for step in run["steps"]]
        last = 2 if run["committed"] else 1  # before the click, and the store's answer
        assert pictured == [False] * (len(pictured) - last) + [True] * last


def test_killed_it_goes_on_where_it_was(
    command: Command, store: Store, planned: Callable[..., None], plan: str, tmp_path: Path
) -> None:
    orders = [store.place("Desk lamp") for _ in range(3)]
    planned()
    store.quirks.add("slow_commit", order=orders[1].number, times=1)

    with subprocess.Popen(line("apply", plan, "--commit"), text=True) as process:
        try:
            until(lambda: orders[1].submits, seconds=240)
        finally:
            killed(process)
    code, out, err = command("apply", plan, "--commit", "--json")

    assert code == 0, err
    assert list(outcomes(out, tmp_path).values()) == ["cancelled"] * 3
    assert [order.submits for order in orders] == [1, 1, 1]


def test_a_truncated_plan_is_told_before_anything_else(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text('{"format": "unorder-plan", "version": 1, "orders": [')

    code, _, err = command("apply", str(path), "--commit")

    assert code == 2
    assert "this is not JSON: it was cut short or changed" in err
