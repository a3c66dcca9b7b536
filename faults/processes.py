"""Real processes on bad days: SIGKILL, SIGTERM, SIGSTOP, full disks, and many runs at once.

Each case is one order of one small store. Some runs of it start together, each with a fate; then
one more, then `verify` until nothing is open, and the checker judges. A case is drawn from its
seed; what the operating system makes of it is not, so a seed replays the situation, not the race.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter as Count
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from automation.run.journal import NAME, Journal
from faults.checker import Finding, Judged, Kind, judge
from faults.counter import Counter, RealTime, serving
from faults.errand import Orders, go
from faults.history import History, Row, Told, Truth, rows_of
from faults.shop import Behaviour, Mode, Shop, Thing

TITLES = ("Desk lamp", "USB-C cable", "USB-C cable (2 m)")
SHORT = 12.0  # seconds, on a machine that may be busy; see `faults.errand` for the times here
_LONGEST = 90.0  # seconds for one process
_PAUSED = 3.0  # seconds that a stopped process stays so
_STEPS = 45  # a run makes about so many
_CONTEXT = multiprocessing.get_context("forkserver")

_BEHAVIOURS = {
    "as it should": Behaviour(),
    "500 before it acts": Behaviour(error="before"),
    "500 after it acted": Behaviour(error="after"),
    "closed before it acts": Behaviour(drop="before"),
    "closed after it acted": Behaviour(drop="after"),
    "closed before, and again": Behaviour(drop="before", drops_again=True),
    "closed after, and again": Behaviour(drop="after", drops_again=True),
    "answers too late": Behaviour(slow=3.0),
    "lands late": Behaviour(lands_after=1.0),
    "lands late, says nothing": Behaviour(lands_after=1.2, says="nothing"),
    "says no": Behaviour(says="no"),
    "lies": Behaviour(says="lie"),
    "leaves one out": Behaviour(partly=True),
    "ships first": Behaviour(ships_first=True),
    "somebody cancels first": Behaviour(cancelled_first=True),
}
FATES = ("nothing", "dies at a step", "SIGKILL", "SIGTERM", "SIGTERM, twice", "SIGSTOP",
          "full disk", "clock set back", "another journal", "verify")  # fmt: skip
_WEIGHTS = (4, 6, 5, 4, 2, 3, 3, 1, 2, 2)


@dataclass(frozen=True)
class Fate:
    """What is to happen to one process."""

    name: str
    step: int
    after: float  # seconds until it starts
    moment: float  # seconds from then until a signal comes


@dataclass(frozen=True)
class Case:
    """Everything that a seed decides."""

    seed: int
    mode: Mode
    count: int  # items of the order
    asked: tuple[str, ...]
    store: str  # how it behaves at the first submission
    together: tuple[Fate, ...]
    then: tuple[Fate, ...]


@dataclass
class Ended:
    """What a case led to."""

    case: Case
    judged: Judged
    processes: int
    killed: int
    clicks: int
    requests: int
    ends: Count[tuple[str, str]] = field(default_factory=Count)  # fate → how the process ended


def draw(seed: int) -> Case:
    chance = random.Random(f"processes {seed}")  # noqa: S311 (to be repeated, not secret)
    count = chance.randint(1, 3)
    many = chance.choices((1, 2, 3, 5, 8), (8, 5, 3, 2, 1))[0]
    return Case(
        seed=seed,
        mode=chance.choice(list(Mode)),
        count=count,
        asked=tuple(chance.sample(TITLES[:count], chance.randint(1, count))),
        store=chance.choice(list(_BEHAVIOURS)),
        together=tuple(_fate(chance) for _ in range(many)),
        then=tuple(_fate(chance) for _ in range(chance.randint(0, 2))),
    )


def _fate(chance: random.Random) -> Fate:
    return Fate(
        chance.choices(FATES, _WEIGHTS)[0],
        chance.randint(1, _STEPS),
        chance.choice((0.0, 0.0, chance.uniform(0, 0.6))),
        chance.uniform(0.0, 1.2),
    )


class Stage:
    """The store and the processes of many cases."""

    def __init__(self, counter: Counter, port: int, folder: Path) -> None:
        self._counter, self._port, self._folder = counter, port, folder

    def play(self, case: Case) -> Ended:
        """One case from its first process to the checker's word."""
        order = f"112-{case.seed:07d}-0000001"
        shop = _shop(case, order)
        self._counter.shops[order] = shop
        folder = self._folder / str(case.seed)
        cast = _Cast(case, order, self._port, folder)
        cast.begin_journal()
        cast.act(case.together)
        for fate in case.then:
            cast.act((fate,))
        shop.next = Behaviour()
        cast.verify()
        history = History(tuple(cast.rows()), shop.truth, tuple(cast.told))
        judged = judge(history, short=SHORT)
        clicks = {receipt.click for receipt in shop.truth.receipts}
        ended = Ended(case, judged, cast.processes, cast.killed, len(clicks),
                      len(shop.truth.receipts), cast.ends)  # fmt: skip
        if cast.hung:
            hung = Finding(Kind.BROKE, order, f"{cast.hung} processes hung")
            ended.judged = Judged((*judged.findings, hung), judged.orders)
        return ended


def _shop(case: Case, order: str) -> Shop:
    things = {order: [Thing(title, "ordered") for title in TITLES[: case.count]]}
    truth = Truth({order: case.asked}, {}, "robin")
    shop = Shop(RealTime(), case.mode, things, truth, latency=0.02)
    truth.lines = shop.lines()
    shop.next = Behaviour(**vars(_BEHAVIOURS[case.store]))
    return shop


class _Cast:
    """The processes of one case."""

    def __init__(self, case: Case, order: str, port: int, folder: Path) -> None:
        self._case, self._order, self._port, self._folder = case, order, port, folder
        self.processes = self.killed = self.hung = 0
        self.told: list[Told] = []
        self.ends: Count[tuple[str, str]] = Count()

    def begin_journal(self) -> None:
        """So that a clock that is set back later is behind something."""
        journal = Journal.open(self._folder / "runs")
        journal.write("before", "note", {})
        journal.close()

    def act(self, fates: tuple[Fate, ...]) -> None:
        threads = [threading.Thread(target=self._live, args=(fate,)) for fate in fates]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def verify(self) -> None:
        for name in ("runs", "elsewhere"):
            for _ in range(2 if (self._folder / name).exists() else 0):
                self._live(Fate("verify", 0, 0.0, 0.0), journal=name)

    def rows(self) -> list[Row]:
        found = sorted(self._folder.glob(f"*/{NAME}"))
        return [row for path in found for row in rows_of(path, name=path.parent.name)]

    def _live(self, fate: Fate, journal: str = "") -> None:
        if fate.after:
            threading.Event().wait(fate.after)
        self.processes += 1
        run = f"run-{self.processes}"
        orders = self._orders(fate, run, journal)
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=go, args=(orders, theirs), daemon=True)
        process.start()
        theirs.close()
        self._strike(fate, process)
        process.join(_LONGEST)
        if process.exitcode is None:
            self.hung += 1
            process.kill()
            process.join()
        self.killed += process.exitcode == -signal.SIGKILL
        said = self._listen(ours, run)
        self.ends[fate.name, said or "killed"] += 1

    def _orders(self, fate: Fate, run: str, journal: str) -> Orders:
        elsewhere = fate.name == "another journal"
        return Orders(
            run=run,
            order=self._order,
            asked=self._case.asked,
            port=self._port,
            runs=self._folder / (journal or ("elsewhere" if elsewhere else "runs")),
            state=self._folder / "state",
            verify=fate.name == "verify",
            dies_at=fate.step if fate.name == "dies at a step" else 0,
            stops_at=fate.step if fate.name == "SIGSTOP" else 0,
            full_at=fate.step if fate.name == "full disk" else 0,
            clock_is_back=fate.name == "clock set back",
        )

    def _strike(self, fate: Fate, process: ForkServerProcess) -> None:
        signals = {"SIGKILL": (signal.SIGKILL,), "SIGTERM": (signal.SIGTERM,),
                   "SIGTERM, twice": (signal.SIGTERM, signal.SIGTERM)}  # fmt: skip
        for number in signals.get(fate.name, ()):
            process.join(fate.moment)
            _send(process, number)
        while fate.name == "SIGSTOP" and process.exitcode is None:
            process.join(_PAUSED)
            _send(process, signal.SIGCONT)

    def _listen(self, ours: Connection, run: str) -> str:
        """What the process told before it ended; "" if nothing."""
        outcome, code, said = "", 0, ""
        with suppress(EOFError, OSError):
            if ours.poll():
                outcome, code = ours.recv()
                said = outcome or f"exit {code}"
                self.told.append(Told(time.time(), run, self._order, outcome, code))
        ours.close()
        return said


def _send(process: ForkServerProcess, number: int) -> None:
    if process.exitcode is None and process.pid:
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)


def play_all(seeds: range, *, workers: int) -> list[Ended]:
    """Every case, some at once, in one folder that is removed afterwards."""
    _CONTEXT.set_forkserver_preload(["faults.errand"])
    with tempfile.TemporaryDirectory(prefix="unorder-processes-") as folder:
        counter = Counter()
        with serving(counter) as port, ThreadPoolExecutor(workers) as pool:
            stage = Stage(counter, port, Path(folder))
            return list(pool.map(lambda seed: stage.play(draw(seed)), seeds))
