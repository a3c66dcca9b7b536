"""Planning so many orders, and a night's runs by so many workers, as the command does them."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.processes import pss_mib
from benchmarks.speed.shop import Counter
from faults.household import write_configuration, write_rules
from faults.roster import ACCOUNTS, BOTTLE, LAMP, open_store
from mock_store.server import serve
from mock_store.store import Store

_PR_SET_CHILD_SUBREAPER = 36  # of Linux
_COMMAND = "import sys; from automation.cli.main import main; sys.argv[0] = 'unorder'; main()"
_BODY = f"cancel:\n  - {{name: lamps, items: [{LAMP}]}}\n"


@dataclass(frozen=True)
class Cost:
    """Of a command with all that it started, without the store's."""

    seconds: float
    processor: float  # seconds
    memory: float | None  # MiB of all processes together, at its most


@dataclass(frozen=True)
class Planned:
    """What a plan of so many orders took."""

    orders: int
    cost: Cost
    pages: int


@dataclass(frozen=True)
class Night:
    """What so many workers did."""

    workers: int
    orders: int
    cost: Cost
    requests: int


def planning(orders: int) -> Planned:
    """Plan the orders of one account."""
    with _scene(orders, accounts=1) as scene:
        cost = scene.command("plan", "-o", str(scene.folder / "plan.json"))
        pages, _requests = scene.counter.look()
    return Planned(orders, cost, len(pages))


def night(orders: int, workers: int) -> Night:
    """Cancel one item of each order, of three accounts, with so many workers."""
    with _scene(orders, accounts=len(ACCOUNTS)) as scene:
        cost = scene.command("nightly", "--commit", "--workers", str(workers))
        _pages, requests = scene.counter.look()
        done = {number: scene.store.order(number).submits for number in scene.orders}
        assert set(done.values()) == {1}, done
    return Night(workers, orders, cost, requests)


class _Scene:
    def __init__(self, folder: Path, store: Store, counter: Counter, rules: Path) -> None:
        self.folder, self.store, self.counter = folder, store, counter
        self.orders: list[str] = []
        self._rules = rules

    def command(self, name: str, *more: str) -> Cost:
        """Run it to its end."""
        own = {"CI": "1", "UNORDER_STATE": f"{self.folder}/state", "TMPDIR": str(self.folder),
               "UNORDER_CONFIG": str(write_configuration(self.folder))}  # fmt: skip
        _adopt_orphans()
        before, began = _processor(), time.monotonic()
        most = None
        said = self.folder / "said"
        with said.open("w") as out, subprocess.Popen(  # noqa: S603 (our own command)
            [sys.executable, "-c", _COMMAND, name, str(self._rules), *more, "--runs",
             f"{self.folder}/runs"],
            env={**os.environ, **own}, stdout=out, stderr=subprocess.STDOUT,
        ) as running:  # fmt: skip
            while True:
                try:
                    code = running.wait(2)
                    break
                except subprocess.TimeoutExpired:
                    seen = pss_mib(running.pid)
                    most = max(most or 0, seen) if seen is not None else most
        assert code == 0, f"{name} left with {code}:\n{said.read_text()}"
        return Cost(time.monotonic() - began, _processor() - before, most)


def _adopt_orphans() -> None:
    """Become the parent of whoever loses theirs, or a killed browser counts nowhere."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _processor() -> float:
    with suppress(ChildProcessError):  # there is none
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _scene(orders: int, *, accounts: int) -> Iterator[_Scene]:
    with tempfile.TemporaryDirectory(prefix="unorder-scale-") as temporary:
        folder, counter = Path(temporary), Counter()
        store = open_store(folder)
        with serve(store, make=counter.make) as url:
            scene = _Scene(folder, store, counter, write_rules(folder, url, _BODY))
            for number in range(orders):
                account = ACCOUNTS[number % accounts]
                scene.orders.append(store.place(LAMP, BOTTLE, account=account).number)
            yield scene
        store.close()
