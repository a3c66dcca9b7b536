"""A run in a process of its own: the real protocol, journal, lock and signals, and a quick store.

Only the browser is missing. It can be told to die, to stop or to lose its disk at a counted point.
"""

from __future__ import annotations

import http.client
import json
import os
import resource
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

from automation.errors import UnorderError
from automation.outcome import Outcome
from automation.pages.readings import Item, Line, Order, Selection, State, Way
from automation.run.commit import ClickFailed
from automation.run.endings import Hiccup
from automation.run.facts import Answer, Said, Subject
from automation.run.intents import Intent, open_intents
from automation.run.journal import ELSEWHERE, Entry, Journal
from automation.run.judgement import Verdict, Wanted
from automation.run.readback import settle_found
from automation.run.rules import Rules
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from faults.trouble import Window
from faults.walk import OWNER, read_back, walk

# A tenth of the real ones, so that a thousand runs fit in an evening.
PATIENCE, DEADLINE, FRESH, ANSWER = 2.0, 1.0, 3.0, 1.5
_SAID = {"yes": Said.YES, "no": Said.NO, "pending": Said.PENDING, "other": Said.OTHER}


@dataclass(frozen=True)
class Orders:
    """What a process is told to do, and what is to happen to it."""

    run: str
    order: str
    asked: tuple[str, ...] | None
    port: int
    runs: Path
    state: Path
    verify: bool = False
    dies_at: int = 0  # the number of the step; 0: never
    stops_at: int = 0
    full_at: int = 0  # from that step on no file can grow
    clock_is_back: bool = False


class Errand:
    """A run that counts its steps."""

    def __init__(self, orders: Orders, stopping: Stopping) -> None:
        self.orders = orders
        self.run = orders.run
        self.subject = Subject("mock", "robin", orders.order)
        self.asked, self.rules, self.patience = orders.asked, Rules(), PATIENCE
        self.first: Order | None = None
        self.stopping = stopping
        self.steps = 0
        self.journal = _open(orders.runs, self)
        self._connection = http.client.HTTPConnection("127.0.0.1", orders.port, timeout=ANSWER)
        self._form: dict[str, Any] = {}
        self._ticked: tuple[str, ...] = ()
        self._answer = Answer(Said.SILENCE)

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.orders.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.steps == self.orders.stops_at:
            os.kill(os.getpid(), signal.SIGSTOP)
        if self.steps == self.orders.full_at:
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def follow(self) -> Verdict:
        if self.orders.verify:
            return self._verify()
        self.journal.see_that_it_is_ready()
        self.journal.write(self.run, "asked", {"order": self.orders.order})
        with self.journal.locked(str(self.subject)):
            for intent in open_intents(self.journal):
                self._settle(intent)
            verdict = walk(self)
        self.step()
        return verdict

    def _verify(self) -> Verdict:
        self.journal.prove()
        verdict = Verdict(Outcome.REHEARSED, "nothing is open")
        for intent in open_intents(self.journal):
            self.step()
            with self.journal.locked(str(self.subject)):
                verdict = self._settle(intent)
        return verdict

    def _settle(self, intent: Intent) -> Verdict:
        done = settle_found(intent, self.read_back, self.journal, self, patience=PATIENCE)
        return done.verdict

    # A `Clock`: that of the process, and its signals.

    def monotonic(self) -> float:
        return self.stopping.monotonic()

    def pause(self, seconds: float) -> None:
        self.step()
        self.stopping.pause(min(seconds, 0.5))

    def check(self) -> None:
        self.stopping.check()

    @property
    def out_of_time(self) -> bool:
        return self.stopping.out_of_time

    # A shopper, and a `Site`, over HTTP.

    def enter(self, window: Window) -> None:  # noqa: ARG002 (the steps are counted through)
        self.step()

    def sign_in(self) -> None:
        """Everybody is signed in here."""

    def open_list(self) -> None:
        self.step()

    def watcher(self) -> Watcher:
        return _Steps(self)

    def look(self) -> Order:
        self.step()
        told = self._get("order")
        items = tuple(
            Item(one["title"], State(one["state"]), one["state"], one["quantity"], one["price"],
                 "Varnholt", Way.CANCEL)
            for one in told["items"]
        )  # fmt: skip
        self.step()
        return Order(self.orders.order, "3 November 2026", told["total"], items, OWNER)

    last_look = look

    def tick(self, wanted: Wanted) -> None:
        self._form = self._get("form")
        self._ticked = wanted.titles
        self.step()

    def selection(self) -> Selection:
        lines = tuple(
            Line(one["title"], one["quantity"], one["price"], one["title"] in self._ticked)
            for one in self._form["items"]
        )
        return Selection(self.orders.order, lines, None)

    def control_problem(self) -> str | None:
        self.step()
        return None

    def click(self, within: float) -> None:
        self.step()
        body = json.dumps({"items": self._ticked, "form": self._form["form"], "run": self.run,
                           "click": f"{self.run}-{self.steps}"})  # fmt: skip
        try:
            try:
                self._post(body)
            except http.client.RemoteDisconnected:
                self._connection.close()
                self._post(body)  # as a browser does by itself
        except (OSError, http.client.HTTPException) as problem:
            self._connection.close()
            self._answer = Answer(Said.SILENCE, f"{problem} ({within:.1f} s)")
            if isinstance(problem, TimeoutError):
                raise ClickFailed(str(problem)) from problem
        self.step()

    def observe(self) -> Answer:
        self.step()
        return self._answer

    def read_back(self) -> Order | None:
        return read_back(self)

    def _post(self, body: str) -> None:
        self._connection.request("POST", f"/{self.orders.order}/cancel", body)
        told = json.loads(self._connection.getresponse().read())
        self._answer = Answer(_SAID.get(told.get("said", ""), Said.SILENCE), "the store's words")

    def _get(self, what: str) -> dict[str, Any]:
        try:
            self._connection.request("GET", f"/{self.orders.order}/{what}")
            told: dict[str, Any] = json.loads(self._connection.getresponse().read())
        except (OSError, http.client.HTTPException) as problem:
            self._connection.close()
            raise Hiccup(str(problem)) from problem
        return told


class _Steps(Watcher):
    def __init__(self, errand: Errand) -> None:
        self._errand = errand

    def armed(self) -> None:
        self._errand.step()


def _open(folder: Path, errand: Errand) -> Journal:
    """The real journal, with a step before and after each entry."""
    kind: Any = Journal
    if elsewhere := os.environ.get(ELSEWHERE):
        from automation.run.shared import SharedJournal  # noqa: PLC0415 (an extra)

        kind = SharedJournal

    class Counted(kind):  # type: ignore[misc]  # a file, or a shared one
        def write(
            self, run: str, kind: str, body: Mapping[str, Any], *, subject: str = "",
            attempt: int = 0,
        ) -> Entry:  # fmt: skip
            errand.step()
            entry: Entry = super().write(run, kind, body, subject=subject, attempt=attempt)
            errand.step()
            return entry

    journal: Journal = Counted.reach(elsewhere, folder) if elsewhere else Counted.open(folder)
    return journal


class _Yesterday(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return super().now(tz) - timedelta(days=1)


@contextmanager
def _times(orders: Orders) -> Iterator[None]:
    with (
        patch("automation.run.commit.ARMING_DEADLINE", DEADLINE),
        patch("automation.run.readback.ARMING_DEADLINE", DEADLINE),
        patch("automation.run.commit.FRESH", FRESH),
        patch("automation.run.readback._GRACE", 1.0),
        patch("automation.run.journal.datetime", _Yesterday if orders.clock_is_back else datetime),
    ):
        yield


def go(orders: Orders, tell: Connection) -> None:
    """The body of the process: it tells its outcome, or "" and why it left."""
    os.environ["UNORDER_STATE"] = str(orders.state)
    stopping = Stopping()
    with _times(orders), stopping.listening():
        try:
            outcome = Errand(orders, stopping).follow().outcome
            tell.send(("" if orders.verify else outcome.label, 0))
        except UnorderError as problem:
            tell.send(("", problem.exit_code))
