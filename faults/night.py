"""A whole night on the practice store: two hundred orders, three accounts, and `kill -9`.

`unorder nightly` is started, killed with everything that it has started, and started again until
nothing is left to do. Meanwhile the memory of its processes is read. What is drawn from the seed is
which processes die and when, counted in submissions that the store has received.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from faults.household import write_configuration, write_rules
from faults.proxy import Proxy, Seen, proxied
from faults.roster import (
    ACCOUNTS,
    CLOCK,
    KEPT_ABOVE,
    KEPT_SELLER,
    KETTLE,
    LAMP,
    STOOL,
    Guest,
    ask_later,
    invite,
    open_store,
)
from faults.testimony import JOURNAL
from faults.victims import family
from mock_store.server import serve
from mock_store.store import Store
from mock_store.tables import Order

OVER_THE_CAP = 10  # orders that the cap of a day leaves out
_NIGHTS = 12  # at most
_KEPT = "night.pickle"
_LONGEST = 5400.0  # seconds for one start
_COMMAND = "import sys; from automation.cli.main import main; sys.argv[0] = 'unorder'; main()"


@dataclass(frozen=True)
class Strike:
    """One `kill -9`: when so many submissions were received, and so much later; 0: while planning.

    *all* is everything that was started; else browsers and drivers are left behind.
    """

    submits: int
    after: float
    all: bool


@dataclass(frozen=True)
class Sample:
    """The memory of one start at one moment, in KiB."""

    life: int
    at: float
    submits: int
    parent_pss: int
    parent_rss: int
    worker_pss: int  # of the worker's own process, without its browser


@dataclass
class Night:
    """Everything that is known of a night when it is over."""

    guests: list[Guest]
    runs: Path
    cap: int
    began: float = field(default_factory=time.time)
    exits: list[int] = field(default_factory=list)
    summaries: list[dict[str, Any]] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    kills: list[str] = field(default_factory=list)
    posts: list[Seen] = field(default_factory=list)  # what the browsers sent, as the proxy saw it

    def keep(self, folder: Path) -> None:
        """Write all of it down beside the store, so that it can be judged again."""
        with (folder / _KEPT).open("wb") as file:
            pickle.dump(self, file)

    @classmethod
    def kept(cls, folder: Path) -> Night:
        with (folder / _KEPT).open("rb") as file:
            night: Night = pickle.load(file)  # noqa: S301 (our own file)
        return night


def draw(seed: int, kills: int, orders: int) -> list[Strike]:
    """When to kill: the first while a plan is made, the others in the first half of the work."""
    chance = random.Random(f"night {seed}")  # noqa: S311 (to be repeated, not secret)
    points = sorted(chance.sample(range(3, max(3 + kills, orders // 2)), max(0, kills - 1)))
    return [
        Strike(submits, chance.uniform(1.0, 12.0) if not submits else chance.uniform(0.0, 5.0),
               chance.random() < 0.5)
        for submits in [0, *points][:kills]
    ]  # fmt: skip


def play(
    seed: int, folder: Path, *, orders: int, kills: int, workers: int, told: Callable[[str], None]
) -> Night:
    """Play a night in *folder*, and keep all that is known of it there."""
    store = open_store(folder, seed)
    try:
        with serve(store) as address, proxied(address) as proxy:
            guests = invite(store, orders)
            to_click = sum(1 for guest in guests if guest.asked)
            night = Night(guests, folder / "runs", cap=to_click - OVER_THE_CAP)
            starts = _Starts(night, store, proxy, folder, workers, told)
            for strike in draw(seed, kills, to_click):
                starts.until_it_dies(strike)
            starts.until_all_is_done()
            night.posts = proxy.posts(".*")
            night.keep(folder)
    finally:
        store.close()
    return night


class _Starts:
    """The starts of one night."""

    def __init__(
        self, night: Night, store: Store, proxy: Proxy, folder: Path, workers: int,
        told: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._night, self._folder, self._told = night, folder, told
        self._store, self._proxy = store, proxy
        rules = write_rules(folder, proxy.url, _body(night))
        self._words = ("nightly", str(rules), "--commit", "--json",
                       "--workers", str(workers), "--runs", str(night.runs))  # fmt: skip
        temporary = folder / "tmp"
        temporary.mkdir()
        self._environment = {
            **os.environ, "CI": "1", "UNORDER_STATE": str(folder / "state"),
            "TMPDIR": str(temporary), "UNORDER_CONFIG": str(write_configuration(folder)),
        }  # fmt: skip
        self._asked_later = False

    def until_it_dies(self, strike: Strike) -> None:
        """One start that is killed when its moment has come, if it lives so long."""
        process = self._start()
        due = threading.Event()

        def come() -> bool:
            if self._submits() < strike.submits or (not strike.submits and not self._lists()):
                return False
            due.wait(strike.after)
            return True

        if self._watch(process, come):
            dead = family(process.pid, with_browsers=strike.all)
            for one in dead:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            what = "everything" if strike.all else "the command and its workers"
            self._night.kills.append(
                f"{what}, {len(dead)} processes, after {self._submits()} submissions"
            )
            self._told(f"kill -9: {self._night.kills[-1]}")
        self._end(process)

    def until_all_is_done(self) -> None:
        """Night after night, until one has nothing more to do."""
        for number in range(_NIGHTS):
            process = self._start()
            self._watch(process, lambda: False)
            summary = self._end(process)
            self._told(f"night {number + 1}: exit {self._night.exits[-1]} {summary}")
            if number and self._is_quiet(summary):
                return
            self._a_person_comes(summary)
            self._sellers_agree()

    def _start(self) -> subprocess.Popen[bytes]:
        output = self._folder / f"said-{len(self._night.exits) + 1}.txt"
        with output.open("wb") as file:
            return subprocess.Popen(  # noqa: S603 (our own command)
                [sys.executable, "-c", _COMMAND, *self._words],
                stdout=file, stderr=subprocess.STDOUT, env=self._environment,
            )  # fmt: skip

    def _end(self, process: subprocess.Popen[bytes]) -> dict[str, Any]:
        self._night.exits.append(process.wait(_LONGEST))
        said = (self._folder / f"said-{len(self._night.exits)}.txt").read_text().splitlines()
        summary: dict[str, Any] = {}
        with suppress(ValueError, IndexError):
            summary = json.loads(said[-1])
            self._night.summaries.append(summary)
        return summary

    def _watch(self, process: subprocess.Popen[bytes], come: Callable[[], bool]) -> bool:
        """Read memory until the process ends, or its moment has come."""
        latest = time.monotonic() + _LONGEST
        while process.poll() is None and time.monotonic() < latest:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
            self._ask_later()
            self._sample(process.pid)
            if come():
                return process.poll() is None
        return False

    def _sample(self, process: int) -> None:
        with suppress(OSError, KeyError, IndexError):
            own = _memory(process)
            workers = [_memory(one) for one in family(process, with_browsers=False)[1:]]
            self._night.samples.append(
                Sample(len(self._night.exits) + 1, time.monotonic(), self._submits(), own["Pss"],
                       own["Rss"], max((one["Pss"] for one in workers), default=0))
            )  # fmt: skip

    def _ask_later(self) -> None:
        if not self._asked_later and self._count("apply"):
            self._asked_later = True
            ask_later(self._store, self._night.guests)

    def _submits(self) -> int:
        with self._store.database.session() as session:
            return session.scalar(select(func.sum(Order.submits))) or 0

    def _lists(self) -> bool:
        return any(one.path.startswith("/your-orders") for one in self._proxy.seen)

    def _count(self, kind: str) -> int:
        path = self._night.runs / JOURNAL
        if not path.exists():
            return 0
        with suppress(sqlite3.Error):
            connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            try:
                count: int = connection.execute(
                    "SELECT count(*) FROM entries WHERE kind = ?", (kind,)
                ).fetchone()[0]
                return count
            finally:
                connection.close()
        return 0

    def _is_quiet(self, summary: dict[str, Any]) -> bool:
        """Whether nothing was begun, nobody was waited for, and no seller still has to agree."""
        return summary.get("orders") == 0 and not summary.get("held")

    def _a_person_comes(self, summary: dict[str, Any]) -> None:
        """Signs in anew where an account was held: what the store had asked of it is passed."""
        for account in ACCOUNTS:
            if any(account in held for held in summary.get("held", [])):
                for kept in (self._folder / "state" / "sessions").glob(f"*-{account}-*.json"):
                    kept.unlink()

    def _sellers_agree(self) -> None:
        for guest in self._night.guests:
            order = self._store.order(guest.order)
            if guest.kind == "seller asked, agrees" and order.state == "requested":
                order.approve()


def _memory(process: int) -> dict[str, int]:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    return {line.partition(":")[0]: int(line.split()[1]) for line in lines}


def _body(night: Night) -> str:
    """What the rules of a night say, after its accounts."""
    kept = [guest.order for guest in night.guests if guest.kind == "kept by number"]
    return (
        "cancel:\n"
        f"  - {{name: lamps, items: [{LAMP}]}}\n"
        f"  - {{name: kettles, items: [{KETTLE}], whole: true}}\n"
        f"  - {{name: stools, items: [{STOOL}]}}\n"
        f"keep: {{items: [{CLOCK}], sellers: ['{KEPT_SELLER}'], above: {KEPT_ABOVE}, "
        f"orders: [{', '.join(kept)}]}}\n"
        f"caps: {{orders_a_day: {night.cap}}}\n"
    )
