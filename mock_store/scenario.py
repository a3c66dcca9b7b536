"""Stores that are ready to be looked at: by name, or from a file."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from mock_store.catalogue import GOODS
from mock_store.errors import StoreError
from mock_store.lines import Line
from mock_store.placing import lines_of
from mock_store.rules import Plan, State
from mock_store.scenario_file import read_scenario
from mock_store.store import Store
from mock_store.subscribing import MEMBERSHIP, subscribe

_KEYS = {"orders", "quirks"}


def furnish(store: Store, scenario: str) -> None:
    """Fill *store*: `demo`, `boutique`, `empty`, or the orders of a scenario file."""
    if scenario == "empty":
        return
    if scenario == "demo":
        _demo(store)
        return
    if scenario == "boutique":
        _boutique(store)
        return
    _from_file(store, Path(scenario))


def _demo(store: Store) -> None:
    chance = random.Random(41)  # noqa: S311 (the same history each time)
    titles = list(GOODS)
    now = store.clock.now()
    for week in range(46, 0, -1):
        chosen = chance.sample(titles, chance.choice((1, 1, 2, 3)))
        state = chance.choice((State.DELIVERED, State.DELIVERED, State.CANCELLED))
        store.place(*chosen, account=chance.choice(("robin", "robin", "sam")), state=state,
                    placed=now - timedelta(weeks=week, hours=chance.randrange(48)))  # fmt: skip
    store.place("Wool throw", "Stoneware mug", state="shipped", placed=now - timedelta(days=3))
    store.place("Pour-over kettle", state="preparing", placed=now - timedelta(days=1))
    store.place("Stoneware mug", placed=now - timedelta(hours=5))
    store.place("Terracotta plant pot", placed=now - timedelta(hours=72))
    subscribe(store, "Ink refills")
    subscribe(store, MEMBERSHIP, Plan.TRIAL)
    subscribe(store, "Larkspur Monthly", Plan.ELSEWHERE)
    store.place(
        Line("Desk lamp"),
        Line("USB-C cable", quantity=2),
        Line("USB-C cable (2 m)"),
        number="112-4419326-1180247",
        placed=now - timedelta(hours=2),
    )


def _boutique(store: Store) -> None:
    now = store.clock.now()
    states = (State.DELIVERED, State.DELIVERED, State.CANCELLED, State.DELIVERED, State.SHIPPED,
              State.PREPARING, State.ORDERED, State.ORDERED)  # fmt: skip
    goods = ("Oak step stool", "Enamel camping plate", "Canvas backpack", "Linen notebook",
             "Terracotta plant pot", "Walnut footstool", "Stoneware mug", "Wool throw")  # fmt: skip
    for at, (state, title) in enumerate(zip(states, goods, strict=True)):
        days = 4 * (len(states) - at)
        store.place(title, number=f"{1014 + at}", state=state, placed=now - timedelta(days=days))
    store.place(Line("Stoneware mug", quantity=4), "Linen notebook", "Wool throw",
                number="1022", placed=now - timedelta(hours=2))  # fmt: skip


def _from_file(store: Store, path: Path) -> None:
    told = read_scenario(path)
    if not isinstance(told, dict) or set(told) - _KEYS:
        raise StoreError(f"{path}: a scenario holds `orders` and `quirks`, nothing else")
    try:
        for quirk in told.get("quirks") or []:
            _ask(store, quirk)
        for order in told.get("orders") or []:
            store.place(
                *lines_of(order),
                account=order.get("account", "robin"),
                state=order.get("state", "ordered"),
                number=order.get("number"),
            )
    except (StoreError, ValueError, TypeError, AttributeError, KeyError) as problem:
        raise StoreError(f"{path}: {problem}") from problem


def _ask(store: Store, told: object) -> None:
    """A quirk as on the command line, or as the control API takes it."""
    if isinstance(told, str):
        store.quirks.ask(told)
    else:
        store.quirks.add_told(told)
