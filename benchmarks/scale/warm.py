"""Cancelling order after order in browsers that are open and signed in, several at once."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.browsers import the_browser
from benchmarks.speed.child import Child
from benchmarks.speed.environments import ROOT
from benchmarks.speed.shop import see_the_truth
from benchmarks.speed.signing_in import Errands
from benchmarks.speed.ways import WAYS, Way
from mock_store.server import serve
from mock_store.store import PlacedOrder, Store

_TO_WARM_UP = 2  # orders


@dataclass(frozen=True)
class Warm:
    """What so many workers did in one way. The processor's seconds are without the store's."""

    way: Way
    workers: int
    orders: int
    seconds: float
    processor: float


def warm(name: str, workers: int, each: int) -> Warm:
    """Cancel *each* orders with every worker, in the way of this name."""
    (way,) = [way for way in WAYS if way.name == name]
    store = Store()
    with (
        tempfile.TemporaryDirectory(prefix="unorder-warm-") as folder,
        serve(store) as url,
        ExitStack() as stack,
    ):
        stack.callback(store.close)
        errands = Errands(url, the_browser(), Path(folder))
        children = [_started(way, errands.file(f"worker-{number}")) for number in range(workers)]
        for child in children:
            stack.callback(child.stop)
        everyone = stack.enter_context(ThreadPoolExecutor(workers))

        def turn(orders: int) -> list[list[PlacedOrder]]:
            placed = [[store.place("Desk lamp") for _ in range(orders)] for _ in children]
            list(everyone.map(_cancel, children, placed))
            return placed

        turn(_TO_WARM_UP)
        before, began = _processor(children), time.monotonic()
        placed = turn(each)
        seconds, processor = time.monotonic() - began, _processor(children) - before
        done = [order for orders in placed for order in orders]
        for order in done:
            see_the_truth(order, commits=way.commits)
    return Warm(way, workers, len(done), seconds, processor)


def _started(way: Way, errand: Path) -> Child:
    command, log = way.command(str(errand)), errand.with_suffix(".log")
    return Child(command, log, {"PYTHONPATH": str(ROOT)})


def _cancel(child: Child, orders: Sequence[PlacedOrder]) -> None:
    for order in orders:
        child.cancel(order.number)


def _processor(children: Sequence[Child]) -> float:
    return sum(child.cpu() for child in children)
