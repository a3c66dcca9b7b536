"""An account's history against the time to find its oldest order, and what runs leave behind."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from unittest.mock import patch

from automation.flow.binding import bind
from automation.flow.library import Library
from automation.outcome import Outcome
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser, open_browser
from automation.run.engine import follow
from automation.run.following import Asked
from automation.run.intents import open_intents
from automation.run.journal import Journal
from automation.run.rules import Rules
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from automation.storefronts.profile import open_storefront
from benchmarks.speed.processes import pss_mib
from benchmarks.speed.shop import Counter
from mock_store.server import serve
from mock_store.store import Store

_ITEMS = ("Desk lamp", "USB-C cable")
_LIBRARY = Library()


@dataclass(frozen=True)
class Found:
    """What it took to find the oldest of so many orders: median seconds, pages of the store."""

    orders: int
    seconds: float
    pages: int


@dataclass(frozen=True)
class Left:
    """What a process holds and what lies on the disk after so many runs."""

    runs: int
    memory: float | None  # MiB of the run, its driver and its browser
    folder: float  # MiB
    journal: float  # MiB
    seconds: float  # of a run, the median of the last ones
    looking: float  # milliseconds to look through the journal for open clicks


class Running:
    """Follows `cancel-items` in one browser, as it is followed at night."""

    def __init__(self, storefront: Storefront, browser: OpenBrowser, journal: Journal) -> None:
        self._storefront, self._browser, self._journal = storefront, browser, journal

    def once(self, order: str, *, commit: bool) -> float:
        """The seconds that it took."""
        given = {"order": [order], "items": [_ITEMS[0]]}
        asked = Asked(
            bind(_LIBRARY.find("cancel-items"), given, self._storefront, _LIBRARY.find),
            self._storefront,
            Settings().account(None, self._storefront),
            Rules(),
            commit=commit,
            each_step=False,
        )
        began = time.monotonic()
        run = follow(asked, self._browser, self._journal, watcher=Watcher(), stopping=Stopping())
        took = time.monotonic() - began
        expected = Outcome.CANCELLED if commit else Outcome.REHEARSED
        assert run.outcome is expected, run.reason
        return took


@contextmanager
def _running(store: Store, folder: Path, counter: Counter) -> Iterator[tuple[Running, Journal]]:
    with (
        patch.dict(os.environ, {"UNORDER_STATE": str(folder / "state")}),
        closing(store),
        serve(store, make=counter.make) as url,
    ):
        storefront = open_storefront("mock", base_url=url)
        with (
            open_browser(storefront, lean=True) as browser,
            closing(Journal.open(folder / "runs")) as journal,
        ):
            yield Running(storefront, browser, journal), journal


def finding(orders: int, times: int) -> Found:
    """Rehearse with the oldest of so many orders, so many times after one to warm up."""
    store, counter = Store(), Counter()
    oldest, *_ = [store.place(*_ITEMS).number for _ in range(orders)]
    with (
        tempfile.TemporaryDirectory(prefix="unorder-scale-") as name,
        _running(store, Path(name), counter) as (running, _journal),
    ):
        running.once(oldest, commit=False)
        took = []
        for _ in range(times):
            counter.look()
            took.append(running.once(oldest, commit=False))
        pages, _requests = counter.look()
    return Found(orders, median(took), len(pages))


def leaving(runs: int, looks: int) -> Iterator[Left]:
    """Make so many committed runs in one process, and look so many times at what they left."""
    store, counter = Store(), Counter()
    with tempfile.TemporaryDirectory(prefix="unorder-scale-") as name:
        folder = Path(name)
        with _running(store, folder, counter) as (running, journal):
            took: list[float] = []
            each = max(1, runs // looks)
            for made in range(1, runs + 1):
                took.append(running.once(store.place(*_ITEMS).number, commit=True))
                if made % each == 0:
                    yield _left(made, folder / "runs", journal, took[-each:])


def _left(made: int, folder: Path, journal: Journal, took: list[float]) -> Left:
    began = time.monotonic()
    assert not open_intents(journal)
    looking = (time.monotonic() - began) * 1000
    return Left(
        runs=made,
        memory=pss_mib(os.getpid()),
        folder=_mib(path for path in folder.rglob("*") if path.is_file()),
        journal=_mib(folder.glob("*.sqlite*")),
        seconds=median(took),
        looking=looking,
    )


def _mib(files: Iterator[Path]) -> float:
    return sum(file.stat().st_size for file in files) / 2**20
