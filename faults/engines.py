"""The errand of `faults.errand` on each engine, for the contract that all of them must keep."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from automation.run.journal import ELSEWHERE
from faults.errand import Orders, go

_CONTEXT = multiprocessing.get_context("spawn")
_LONGEST = 120.0
ADOPTS = "b"  # the station that takes what `a` left
Tell = Callable[[tuple[str, int]], None]


def embedded(orders: list[Orders], url: str, station: str) -> None:  # noqa: ARG001 (as the others)
    """The journal alone: whoever is started does the work that is there."""
    for one in orders:
        _errand(one)


def with_dbos(orders: list[Orders], url: str, station: str) -> None:
    """Shares in a queue. Each process puts them in, takes them, and waits for all."""
    from automation.scale.engine import Queue, Station, adopt, at_work  # noqa: PLC0415 (an extra)

    by_number = {one.order: one for one in orders}

    def do(_share: dict[str, Any], number: str) -> dict[str, Any]:
        return {"said": _errand(by_number[number])}

    with at_work(Station(url, station), do):
        if station == ADOPTS:
            adopt(["a"])
        queue = Queue(url)
        shares = {one.order: {"key": one.order, "orders": [one.order]} for one in orders}
        handles = [queue.put(share, named=number) for number, share in shares.items()]
        for handle in handles:
            handle.get_result()
        queue.close()


def start(
    engine: Callable[[list[Orders], str, str], None],
    orders: list[Orders],
    url: str,
    station: str = "a",
    database: str = "",
) -> int:
    """One process of this engine, to its end; its exit code, negative for a signal."""
    process = _CONTEXT.Process(target=_body, args=(engine, orders, url, station, database))
    process.start()
    process.join(_LONGEST)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise TimeoutError(f"{engine.__name__} did not end within {_LONGEST} s")
    return process.exitcode or 0


def calm(orders: list[Orders]) -> list[Orders]:
    """The same, and nothing happens to their process."""
    return [replace(one, dies_at=0, run=f"{one.run}-again") for one in orders]


def _body(
    engine: Callable[[list[Orders], str, str], None],
    orders: list[Orders],
    url: str,
    station: str,
    database: str,
) -> None:
    os.environ.pop(ELSEWHERE, None)
    if database:
        os.environ[ELSEWHERE] = database
    engine(orders, url, station)
    os._exit(0)  # threads of an engine must not keep it


def _errand(orders: Orders) -> str:
    ours, theirs = multiprocessing.Pipe()
    go(orders, theirs)
    return _said(ours)


def _said(ours: Connection) -> str:
    outcome, code = ours.recv()
    return outcome or f"exit {code}"
