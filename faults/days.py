"""Whole days with a real browser: the command, a store, the proxy, and everything killed.

A case places an order in the practice store, lets the command cancel it while the proxy breaks a
connection and something is killed or told to stop, runs it again, verifies, and asks the checker.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import random
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from faults.actor import Part, act
from faults.checker import Finding, Judged, Kind, judge
from faults.history import History, Told
from faults.proxy import Act, Proxy, Rule, proxied
from faults.testimony import is_open, rows_in, truth_of, window_of
from faults.victims import running_out_of, victims
from mock_store.rules import Mode
from mock_store.server import serve
from mock_store.store import PlacedOrder, Store

TITLES = ("Desk lamp", "USB-C cable", "USB-C cable (2 m)")
PROFILE = Path(__file__).parents[1] / "automation" / "storefronts" / "mock" / "profile.yaml"
SHORT = 120.0  # seconds, on a machine that may be very busy
_LONGEST = 240.0
_SUBMIT = r"/progress-tracker/package/preship/cancel-items.*"
_PAGE = r"/(your-orders|progress-tracker).*"
_CONTEXT = multiprocessing.get_context("forkserver")

_STORES: dict[str, tuple[Rule, ...]] = {
    "as it should": (),
    "FIN before it acts": (Rule(Act.DROP, "before", path=_SUBMIT),),
    "FIN after it acted": (Rule(Act.DROP, "after", path=_SUBMIT),),
    "FIN after, and again": (Rule(Act.DROP, "after", path=_SUBMIT, times=2),),
    "RST before it acts": (Rule(Act.RESET, "before", path=_SUBMIT),),
    "RST after it acted": (Rule(Act.RESET, "after", path=_SUBMIT),),
    "503 before it acts": (Rule(Act.ERROR, "before", path=_SUBMIT),),
    "500 after it acted": (Rule(Act.ERROR, "after", path=_SUBMIT),),
    "the answer breaks off": (Rule(Act.TRUNCATE, "after", path=_SUBMIT),),
    "the click arrives 3 s late": (Rule(Act.DELAY, "before", path=_SUBMIT, seconds=3.0),),
    "the answer comes 3 s late": (Rule(Act.DELAY, "after", path=_SUBMIT, seconds=3.0),),
    "the network doubles it": (Rule(Act.DUPLICATE, "before", path=_SUBMIT),),
    "a page is dropped": (Rule(Act.DROP, "before", method="GET", path=_PAGE, nth=3),),
    "a page is answered with 503": (Rule(Act.ERROR, "before", method="GET", path=_PAGE, nth=2),),
}
_QUIRKS = ("", "", "", "refuses", "partly", "says_cancelled_but_is_not", "ships_meanwhile",
           "session_expires=submit", "says_nothing=done")  # fmt: skip
_KILLS = ("nothing", "runner at a random moment", "runner when armed", "runner when clicked",
          "runner when it arrives", "runner as it reads back", "browser at a random moment",
          "browser when it arrives", "driver at a random moment",
          "driver when it arrives")  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Everything that a seed decides, but for the race itself."""

    seed: int
    mode: Mode
    count: int
    asked: tuple[str, ...]
    store: str
    quirk: str
    kill: str
    moment: float  # a share of a usual run's time


@dataclass
class Ended:
    """What a case led to."""

    case: Case
    judged: Judged
    said: tuple[str, ...]  # by each process in turn
    clicks: int
    requests: int
    window: str  # how far the run had come when it was struck
    processes_left: int = 0
    folders_left: int = 0
    story: tuple[str, ...] = ()


def draw(seed: int, *, term: bool) -> Case:
    chance = random.Random(f"days {seed} {term}")  # noqa: S311 (to be repeated, not secret)
    count = chance.randint(1, 3)
    broken = chance.random() < (0.3 if term else 0.75)
    return Case(
        seed=seed,
        mode=chance.choice(list(Mode)),
        count=count,
        asked=tuple(chance.sample(TITLES[:count], chance.randint(1, count))),
        store=chance.choice(list(_STORES)) if broken else "as it should",
        quirk="" if broken else chance.choice(_QUIRKS),
        kill="SIGTERM at a random moment" if term else chance.choice(_KILLS),
        moment=chance.uniform(0.02, 1.1),
    )


class Day:
    """A store behind a proxy, and the folders of one user, for many cases one after the other."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.store = Store()
        stack.callback(self.store.close)
        self.proxy: Proxy = stack.enter_context(proxied(stack.enter_context(serve(self.store))))
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        soon = folder / "soon"
        soon.mkdir()
        profile = PROFILE.read_text()
        for usual, here in (("step: 15", "step: 60"), ("action: 5", "action: 30"),
                            ("answer: 15", "answer: 30"), ("settle: 20", "settle: 8")):  # fmt: skip
            assert usual in profile
            profile = profile.replace(usual, here)  # this machine may be busy
        (soon / "profile.yaml").write_text(profile)
        self._usual = 20.0
        self._parts = 0

    def warm_up(self) -> None:
        """Sign in once, and see how long a run takes here today."""
        order = self.store.place("Desk lamp")
        started = time.monotonic()
        process, _ = self._start(self._run_words(order, ("Desk lamp",), self.folder / "warm"))
        process.join(_LONGEST)
        self._usual = time.monotonic() - started

    def play(self, case: Case) -> Ended:
        lines = TITLES[: case.count]
        self.store.mode = case.mode
        order = self.store.place(*lines)
        if case.quirk:
            word, _, how = case.quirk.partition("=")
            self.store.quirks.add(word, how=how or None, order=order.number, times=1)
        self.proxy.rules[:] = [Rule(**vars(rule)) for rule in _STORES[case.store]]
        runs = self.folder / str(case.seed)
        began = time.time()
        words = self._run_words(order, case.asked, runs)
        said = [self._strike(case, words)]
        struck = time.time()
        left = self._left()
        self.proxy.rules.clear()
        told = [self._told(said[0], order.number, runs)]
        if case.seed % 4 == 0:  # mostly `verify` alone, now and then another run first
            said.append(self._finish(words))
            told.append(self._told(said[-1], order.number, runs))
        verify = ("verify", "--runs", str(runs), "--json")
        for _ in range(3):
            said += [self._finish(verify)] if is_open(rows_in(runs)) else []
        heard = [one for one in told if one]
        return self._judged(case, order, runs, began, struck, said, heard, left)

    def leftovers(self) -> tuple[int, int]:
        """Processes and folders that are still there once another run has come and gone."""
        order = self.store.place("Desk lamp")
        self._finish(self._run_words(order, ("Desk lamp",), self.folder / "last"))
        return self._left()

    def _left(self) -> tuple[int, int]:
        return len(running_out_of(self.temporary)), len(list(self.temporary.glob("*")))

    def _run_words(self, order: PlacedOrder, asked: tuple[str, ...], runs: Path) -> tuple[str, ...]:
        return ("run", "cancel-items", f"order={order.number}",
                *(f"items={title}" for title in asked), "--store", str(self.folder / "soon"),
                "--base-url", self.proxy.url, "--runs", str(runs), "--commit",
                "--json")  # fmt: skip

    def _start(self, words: tuple[str, ...], dies_when: str = "") -> tuple[ForkServerProcess, Path]:
        self._parts += 1
        output = self.folder / f"said-{self._parts}.txt"
        part = Part(words, output, self.folder / "state", self.temporary, dies_when)
        process = _CONTEXT.Process(target=act, args=(part,))
        process.start()
        return process, output

    def _finish(self, words: tuple[str, ...]) -> str:
        process, output = self._start(words)
        return self._wait(process, output)

    def _wait(self, process: ForkServerProcess, output: Path) -> str:
        process.join(_LONGEST)
        if process.exitcode is None:
            process.kill()
            process.join()
            return "hung"
        if process.exitcode < 0:
            return "killed"
        for line in reversed(output.read_text().splitlines() if output.exists() else []):
            with suppress(ValueError, TypeError, KeyError):
                return str(json.loads(line)["outcome"] or f"exit {process.exitcode}")
        return f"exit {process.exitcode}"

    def _strike(self, case: Case, words: tuple[str, ...]) -> str:
        when = {"runner when armed": "armed", "runner when clicked": "clicked",
                "runner as it reads back": "reading_back"}.get(case.kill, "")  # fmt: skip
        before = len(self.proxy.posts(_SUBMIT))
        process, output = self._start(words, when)
        if case.kill.endswith("at a random moment"):
            process.join(case.moment * self._usual)
        elif case.kill.endswith("when it arrives"):
            while process.exitcode is None and len(self.proxy.posts(_SUBMIT)) == before:
                process.join(0.02)
        if process.exitcode is None and process.pid and not when:
            for victim, number in victims(case.kill, process.pid):
                with suppress(ProcessLookupError):
                    os.kill(victim, number)
        return self._wait(process, output)

    def _told(self, said: str, number: str, runs: Path) -> Told | None:
        """What the run that wrote the newest entries has said."""
        rows = rows_in(runs)
        runs_of = [row.run for row in rows if row.kind == "asked"]
        if not runs_of or said in ("killed", "hung"):
            return None
        code = int(said.removeprefix("exit ")) if said.startswith("exit ") else 0
        outcome = "" if said.startswith("exit ") else said
        return Told(time.time(), runs_of[-1], number, outcome, code)

    def _judged(
        self, case: Case, order: PlacedOrder, runs: Path, began: float, struck: float,
        said: list[str], told: list[Told], left: tuple[int, int],
    ) -> Ended:  # fmt: skip
        rows = rows_in(runs)
        mine = self.proxy.posts(f"{_SUBMIT}{order.number}.*")
        posts = [one for one in mine if one.at >= began and one.received]
        truth = truth_of(case.asked, case.quirk, order, rows, posts)
        judged = judge(History(tuple(rows), truth, tuple(told)), short=SHORT)
        if {"hung", "exit 1"} & set(said):
            hung = Finding(Kind.BROKE, order.number, ", ".join(said))
            judged = Judged((*judged.findings, hung), judged.orders)
        clicks = {receipt.click for receipt in truth.receipts}
        window = window_of([row for row in rows if row.at <= struck], truth)
        story = tuple(f"{one.at - began:.2f} s POST {one.rule}" for one in posts)
        return Ended(case, judged, tuple(said), len(clicks), len(posts), window, *left, story)


def play_all(
    seeds: range, *, term: bool, workers: int, kept: Path | None = None
) -> tuple[list[Ended], int, int]:
    """Every case, shared among workers that each have a store and a user of their own.

    Also how many processes and folders were left when all was over. With a file of *kept* cases,
    those in it are not played again, and each new one is added when it has ended.
    """
    _CONTEXT.set_forkserver_preload(
        ["faults.actor", "automation.cli.running", "automation.run.engine"]
    )
    keeping = _Kept(kept)
    todo = [seed for seed in seeds if seed not in keeping.ended]
    parts = [todo[at::workers] for at in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        left = list(pool.map(lambda part: _play(part, keeping, term=term), filter(None, parts)))
    ended = [keeping.ended[seed] for seed in seeds]
    return ended, sum(processes for processes, _ in left), sum(folders for _, folders in left)


class _Kept:
    """The cases that have ended, in a file too if one is named."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._turn = threading.Lock()
        self.ended: dict[int, Ended] = {}
        if path and path.exists():
            with path.open("rb") as file, suppress(EOFError):
                while True:
                    one = pickle.load(file)  # noqa: S301 (our own file)
                    self.ended[one.case.seed] = one

    def add(self, one: Ended) -> None:
        with self._turn:
            self.ended[one.case.seed] = one
            if self._path:
                with self._path.open("ab") as file:
                    pickle.dump(one, file)


def _play(seeds: list[int], keeping: _Kept, *, term: bool) -> tuple[int, int]:
    with tempfile.TemporaryDirectory(prefix="unorder-days-") as folder, ExitStack() as stack:
        day = Day(Path(folder), stack)
        day.warm_up()
        for seed in seeds:
            keeping.add(day.play(draw(seed, term=term)))
        return day.leftovers()
