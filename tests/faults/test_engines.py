"""What every engine must keep: killed anywhere and started again, an order is cancelled once.

The errand is the real protocol, journal and locks against a quick store, in processes of its own.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from databases import _server  # noqa: F401 (a fixture)

from faults import engines
from faults.checker import Kind, judge
from faults.counter import Counter, RealTime, serving
from faults.errand import Orders
from faults.history import History, Row, Truth, rows_in, rows_of
from faults.postgres import new_database
from faults.shop import Mode, Shop, Thing

pytestmark = pytest.mark.thorough

ORDER, TITLES = "112-0000001-0000001", ("Desk lamp", "USB-C cable")
# Before anything is read, after the facts, right after the intent, right after the click, and while
# it is read back.
POINTS = (2, 10, 24, 28, 34)
SHORT = 12.0


@dataclass
class Trial:
    """One order, one store, and an engine with its databases."""

    engine: str
    url: str
    database: str
    folder: Path
    port: int
    shop: Shop

    def orders(self, machine: str = "a", dies_at: int = 0, run: str = "run-1") -> list[Orders]:
        place = self.folder / machine
        return [Orders(run, ORDER, TITLES, self.port, place / "runs", place / "state",
                       dies_at=dies_at)]  # fmt: skip

    def start(self, orders: list[Orders], station: str = "a") -> int:
        engine = engines.embedded if self.engine == "embedded" else engines.with_dbos
        return engines.start(engine, orders, self.url, station, self.database)

    @property
    def clicks(self) -> set[str]:
        return {receipt.click for receipt in self.shop.truth.receipts}

    def findings(self) -> list[str]:
        truth = self.shop.truth
        truth.verified = False  # nothing is left to verify where the order is cancelled
        found = judge(History(tuple(self._rows()), truth), short=SHORT).findings
        return [str(each) for each in found if each.kind is not Kind.UNKNOWN_LEFT]

    def _rows(self) -> list[Row]:
        if self.database:
            return rows_in(self.database)
        return [row for path in self.folder.glob("*/runs/journal.sqlite") for row in rows_of(path)]


@pytest.fixture
def counter() -> Iterator[tuple[Counter, int]]:
    counter = Counter()
    with serving(counter) as port:
        yield counter, port


@pytest.fixture(params=["embedded", "dbos on sqlite", "dbos on postgres"])
def trial(request: pytest.FixtureRequest, counter: tuple[Counter, int], tmp_path: Path) -> Trial:
    things = {ORDER: [Thing(title, "ordered") for title in TITLES]}
    truth = Truth({ORDER: TITLES}, {}, "robin")
    shop = Shop(RealTime(), Mode.STRICT, things, truth, latency=0.02)
    truth.lines = shop.lines()
    counter[0].shops[ORDER] = shop
    url = database = ""
    if request.param == "dbos on sqlite":
        pytest.importorskip("dbos", reason="the extra `dbos` is not installed")
        url = f"sqlite:///{tmp_path / 'queue.sqlite'}"
    if request.param == "dbos on postgres":
        url = database = new_database(request.getfixturevalue("_server"))
    return Trial(request.param, url, database, tmp_path, counter[1], shop)


@pytest.mark.parametrize("point", POINTS)
def test_killed_and_started_again_an_order_is_cancelled_once(trial: Trial, point: int) -> None:
    first = trial.start(trial.orders(dies_at=point))
    again = trial.start(trial.orders(run="run-2"))

    assert (first, again) == (-signal.SIGKILL, 0)
    assert len(trial.clicks) == 1
    assert [thing.state for thing in trial.shop.things[ORDER]] == ["cancelled", "cancelled"]
    assert trial.findings() == []


def test_two_processes_at_the_same_order_click_once(trial: Trial) -> None:
    """On two machines where there is a database that both see, else on one."""
    other = "b" if trial.database else "a"
    with ThreadPoolExecutor(2) as pool:
        ends = [
            pool.submit(trial.start, trial.orders(run="run-1"), "a"),
            pool.submit(trial.start, trial.orders(other, run="run-2"), "c"),
        ]

    assert [end.result() for end in ends] == [0, 0]
    assert len(trial.clicks) == 1


@pytest.mark.parametrize("trial", ["dbos on postgres"], indirect=True)
@pytest.mark.parametrize("point", POINTS)
def test_another_machine_adopts_what_a_dead_one_left(trial: Trial, point: int) -> None:
    first = trial.start(trial.orders(dies_at=point))
    other = trial.start(trial.orders("b", run="run-2"), engines.ADOPTS)

    assert (first, other) == (-signal.SIGKILL, 0)
    assert len(trial.clicks) == 1
    assert [thing.state for thing in trial.shop.things[ORDER]] == ["cancelled", "cancelled"]
    assert trial.findings() == []
