"""`unorder plan`, on stores of its own."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from commands import Command
from plans import write_rules

from automation.jobs.planfile import read_plan
from automation.jobs.route import Route
from mock_store.lines import Line
from mock_store.rules import State
from mock_store.store import Store

ALL = "  - {name: all, orders: all}\n"


def test_a_worker_signs_in_with_what_the_environment_held(
    command: Command, store: Store, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deciding process took it out, so that no browser inherits it; its workers need it."""
    config = tmp_path / "unorder.yaml"
    config.write_text(
        "accounts: {vale: {store: mock, email: {env: VALE_EMAIL}, password: {env: VALE_PASSWORD}}}"
    )
    monkeypatch.setenv("UNORDER_CONFIG", str(config))
    monkeypatch.setenv("VALE_EMAIL", "robin@varnholt.test")
    monkeypatch.setenv("VALE_PASSWORD", "lantern-oak-42")
    monkeypatch.setenv("UNORDER_STATE", str(tmp_path / "state"))
    order = store.place("Desk lamp")
    rules = write_rules(tmp_path, address, ALL, accounts=("vale",))

    code, _, err = command("plan", str(rules), "-o", str(tmp_path / "plan.json"))

    assert code == 0, err
    assert [each.order for each in read_plan(tmp_path / "plan.json").to_do] == [order.number]
    assert {"VALE_EMAIL", "VALE_PASSWORD"}.isdisjoint(os.environ)


def test_every_order_gets_the_route_that_its_page_offers(
    command: Command, store: Store, address: str, tmp_path: Path
) -> None:
    now = store.clock.now()
    placed = {
        "plain": store.place("Desk lamp"),
        "packing": store.place("Pour-over kettle", state=State.PREPARING),
        "asked": store.place("Oak step stool", placed=now - timedelta(hours=5)),
        "written": store.place("Stoneware mug", placed=now - timedelta(hours=72)),
        "soon": store.place(Line("Wool throw", seller="Varnholt", ships_after=timedelta(days=9)),
                            note="pre_order"),
        "gone": store.place("Linen notebook", state=State.SHIPPED),
        "kept": store.place("Desk lamp", "Bedside clock"),
        "mixed": store.place(Line("Desk lamp"), Line("Linen notebook", state=State.SHIPPED)),
    }  # fmt: skip
    for _ in range(13):
        store.place("USB-C cable", state=State.DELIVERED, placed=now - timedelta(days=40))
    rules = write_rules(tmp_path, address, ALL, more="keep: {items: [Bedside clock]}\n")

    code, out, _ = command("plan", str(rules), "-o", str(tmp_path / "plan.json"), "--json")

    plan = read_plan(tmp_path / "plan.json")
    routes = {order.order: order.route for order in plan.orders}
    assert code == 0
    assert {name: routes[order.number] for name, order in placed.items()} == {
        "plain": Route.CANCEL, "packing": Route.CANCEL, "asked": Route.REQUEST,
        "written": Route.CONTACT, "soon": Route.CANCEL, "gone": Route.TOO_LATE,
        "kept": Route.KEPT, "mixed": Route.CANCEL,
    }  # fmt: skip
    assert [order.order for order in plan.to_do][:3] == [
        placed[name].number for name in ("packing", "asked", "soon")
    ]
    mixed = next(each for each in plan.orders if each.order == placed["mixed"].number)
    assert (mixed.titles, mixed.whole) == (("Desk lamp",), False)
    assert (plan.lists[0].orders, plan.lists[0].over) == (21, 13)
    assert json.loads(out)["to_do"] == 6
    assert all(order.submits == 0 for order in placed.values())


@pytest.mark.parametrize(
    ("quirk", "code", "said"),
    [
        ("empty_list", 9, "could not be read completely"),
        ("captcha", 5, "the store asks for a captcha"),
    ],
)
def test_half_a_list_makes_no_plan(
    command: Command, store: Store, address: str, tmp_path: Path, quirk: str, code: int, said: str
) -> None:
    store.place("Desk lamp")
    store.quirks.add(quirk)
    rules = write_rules(tmp_path, address, ALL)

    ended, _, err = command("plan", str(rules), "-o", str(tmp_path / "plan.json"))

    assert ended == code
    assert said in err
    assert not (tmp_path / "plan.json").exists()


def test_an_account_that_needs_a_person_holds_itself_only(
    command: Command, store: Store, address: str, tmp_path: Path
) -> None:
    store.place("Desk lamp")
    store.place("Desk lamp", account="sam")
    store.quirks.add("captcha", account="sam")
    store.quirks.add("session_expires", how="list", account="robin", times=1)
    rules = write_rules(tmp_path, address, ALL, accounts=("robin", "sam"))

    code, out, _ = command("plan", str(rules), "-o", str(tmp_path / "plan.json"))

    plan = read_plan(tmp_path / "plan.json")
    assert code == 5
    assert [order.where.account for order in plan.to_do] == ["robin"]
    assert "--account sam" in out


def test_a_keep_list_that_holds_everything_is_told(
    command: Command, store: Store, address: str, tmp_path: Path
) -> None:
    store.place("Desk lamp")
    rules = write_rules(tmp_path, address, ALL, more="keep: {above: 0}\n")

    code, _, err = command("plan", str(rules), "-o", str(tmp_path / "plan.json"))

    assert code == 3
    assert "the keep-list holds every one of the 1 orders" in err
    assert not (tmp_path / "plan.json").exists()


def test_caps_put_off_the_less_urgent(
    command: Command, store: Store, address: str, tmp_path: Path
) -> None:
    store.place("Desk lamp")
    urgent = store.place("Desk lamp", state=State.PREPARING)
    rules = write_rules(tmp_path, address, ALL, more="caps: {orders_a_run: 1}\n")

    command("plan", str(rules), "-o", str(tmp_path / "plan.json"))

    plan: Any = read_plan(tmp_path / "plan.json")
    assert [order.order for order in plan.to_do] == [urgent.number]
    assert [order.route for order in plan.orders] == [Route.CANCEL, Route.CAPPED]
