"""Two machines' worth of workers on one PostgreSQL, one of them killed.

Each has folders of its own: runs, state, temporary files. They share the database and nothing else.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from faults.checker import Finding, judge
from faults.history import History, rows_in
from faults.household import write_configuration, write_rules
from faults.morning import SHORT, SUBMIT
from faults.postgres import new_database, postgres
from faults.proxy import proxied
from faults.roster import ACCOUNTS, BOTTLE, LAMP, open_store
from faults.testimony import truth_of
from faults.victims import family
from mock_store.server import serve
from mock_store.store import PlacedOrder, Store
from mock_store.tables import Order

_COMMAND = "import sys; from automation.cli.main import main; sys.argv[0] = 'unorder'; main()"
_LONGEST = 3600.0
_BODY = f"cancel:\n  - {{name: lamps, items: [{LAMP}]}}\n"


@dataclass(frozen=True)
class Outcome:
    """What became of the orders, and which machine did how many."""

    orders: int
    cancelled: int
    submits: Counter[int]  # how often an order was submitted → how many orders
    runs: dict[str, int]  # orders whose evidence lies on a machine
    killed_after: int
    exit_code: int
    findings: tuple[Finding, ...]
    seconds: float


class Machine:
    """The folders of one machine, and what is started on it."""

    def __init__(self, name: str, folder: Path, database: str, configuration: Path) -> None:
        self.name = name
        self.runs = folder / name / "runs"
        temporary = folder / name / "tmp"
        temporary.mkdir(parents=True)
        self._output = folder / name
        self._environment = {
            **os.environ, "CI": "1", "UNORDER_STATE": str(folder / name / "state"),
            "UNORDER_RUNS": str(self.runs), "TMPDIR": str(temporary),
            "UNORDER_DATABASE": database, "UNORDER_CONFIG": str(configuration),
        }  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        with (self._output / f"{words[0]}.txt").open("wb") as output:
            return subprocess.Popen(  # noqa: S603 (our own command)
                [sys.executable, "-c", _COMMAND, *words],
                stdout=output, stderr=subprocess.STDOUT, env=self._environment,
            )  # fmt: skip

    def run(self, *words: str) -> int:
        return self.start(*words).wait(_LONGEST)

    def wait_until_it_takes(self) -> None:
        """The first station makes the queue."""
        said, latest = self._output / "scale.txt", time.monotonic() + _LONGEST
        while "takes" not in said.read_text() and time.monotonic() < latest:
            threading.Event().wait(0.2)

    @contextmanager
    def station(self, *more: str) -> Iterator[subprocess.Popen[bytes]]:
        words = ("scale", "serve", "--station", self.name, "--workers", "1", *more)
        process = self.start(*words)
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(180)
            process.kill()
            process.wait()


def play(folder: Path, orders: int) -> Outcome:
    """Every order once, although one machine dies in the middle of it."""
    began = time.monotonic()
    with ExitStack() as stack:
        database = new_database(stack.enter_context(postgres()))
        store = open_store(folder)
        stack.callback(store.close)
        proxy = stack.enter_context(proxied(stack.enter_context(serve(store))))
        placed = [store.place(LAMP, BOTTLE, account=ACCOUNTS[at % 3]) for at in range(orders)]
        rules, plan = write_rules(folder, proxy.url, _BODY), str(folder / "plan.json")
        configuration = write_configuration(folder)
        one, two, new = (Machine(name, folder, database, configuration) for name in "abc")
        if code := one.run("plan", str(rules), "-o", plan, "--workers", "1"):
            raise RuntimeError(f"no plan: {code}")
        a = stack.enter_context(one.station())
        stack.enter_context(two.station())
        one.wait_until_it_takes()
        desk = Machine("desk", folder, database, configuration)
        waits = desk.start("scale", "apply", plan, "--commit")
        killed_after = _kill_in_the_middle(a, store, orders // 3)
        # Another machine takes what the dead one left.
        stack.enter_context(new.station("--adopt", "a"))
        code = waits.wait(_LONGEST)
        rows = rows_in(database)
        findings: list[Finding] = []
        for order in placed:
            runs = {row.run for row in rows if row.kind == "intent" and row.order == order.number}
            own = [row for row in rows if row.run in runs]
            posts = [one for one in proxy.posts(f"{SUBMIT}{order.number}.*") if one.received]
            truth = truth_of((LAMP,), "", order, own, posts)
            findings += judge(History(tuple(own), truth), short=SHORT).findings
        return Outcome(
            orders=orders,
            cancelled=sum(_is_cancelled(order) for order in placed),
            submits=Counter(order.submits for order in placed),
            runs={m.name: len(list(m.runs.glob("*-cancel-order-*"))) for m in (one, two, new)},
            killed_after=killed_after,
            exit_code=code,
            findings=tuple(findings),
            seconds=time.monotonic() - began,
        )


def _kill_in_the_middle(station: subprocess.Popen[bytes], store: Store, submits: int) -> int:
    """Kill a station and all it has started, once the store has received so many submissions."""
    latest = time.monotonic() + _LONGEST
    while station.poll() is None and time.monotonic() < latest:
        with suppress(subprocess.TimeoutExpired):
            station.wait(0.2)
        at_work = len(family(station.pid, with_browsers=False)) > 1
        if at_work and _submits(store) >= submits:
            break
    for one in family(station.pid, with_browsers=True):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    station.wait()
    return _submits(store)


def _submits(store: Store) -> int:
    with store.database.session() as session:
        return session.scalar(select(func.sum(Order.submits))) or 0


def _is_cancelled(order: PlacedOrder) -> bool:
    return dict(order.lines()) == {LAMP: "cancelled", BOTTLE: "ordered"}
