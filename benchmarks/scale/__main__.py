"""`python -m benchmarks.scale`: how what a run costs grows."""

from __future__ import annotations

import argparse

from benchmarks.machine import the_machine
from benchmarks.scale.history import finding, leaving
from benchmarks.scale.nights import night, planning
from benchmarks.scale.warm import warm
from benchmarks.speed import document
from faults.tables import table


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    options.add_argument("--histories", type=int, nargs="*", default=[10, 100, 1000, 5000])
    options.add_argument("--plans", type=int, nargs="*", default=[10, 100, 1000])
    options.add_argument("--workers", type=int, nargs="*", default=[1, 2, 3])
    options.add_argument("--night", type=int, default=60, help="orders of a night")
    options.add_argument("--warm", type=int, default=25, help="orders of each warm worker")
    options.add_argument("--runs", type=int, default=200, help="runs in one process")
    options.add_argument("--times", type=int, default=5, help="how often an order is looked for")
    options.add_argument("--write", action="store_true", help="write the tables into docs/")
    asked = options.parse_args()
    parts = [
        _histories(asked.histories, asked.times),
        _plans(asked.plans),
        _nights(asked.night, asked.workers),
        _warm(asked.warm, asked.workers),
        _runs(asked.runs),
    ]
    text = "\n\n".join([f"{the_machine()}.", *parts])
    print(text)
    if asked.write:
        document.put("scale", text)


def _histories(sizes: list[int], times: int) -> str:
    found = [finding(size, times) for size in sizes]
    rows = [(f"{one.orders:,}", f"{one.seconds:.2f}", one.pages) for one in found]
    return table(("orders of the account", "seconds to rehearse with its oldest", "pages"), rows)


def _plans(sizes: list[int]) -> str:
    planned = [planning(size) for size in sizes]
    rows = [
        (
            f"{one.orders:,}",
            f"{one.cost.seconds:.0f}",
            one.pages,
            f"{one.cost.seconds / one.orders:.2f}",
        )
        for one in planned
    ]
    return table(("orders planned", "seconds", "pages", "seconds each"), rows)


def _nights(orders: int, workers: list[int]) -> str:
    nights = [night(orders, many) for many in workers]
    rows = [
        (
            one.workers,
            one.orders,
            f"{one.cost.seconds:.0f}",
            f"{60 * one.orders / one.cost.seconds:.0f}",
            f"{one.cost.processor / one.orders:.1f}",
            f"{one.requests / one.cost.seconds:.0f}",
            f"{one.cost.memory / one.workers:.0f}" if one.cost.memory else "·",
        )
        for one in nights
    ]
    head = ("workers", "orders", "seconds, the plan's too", "orders a minute",
            "processor seconds each", "requests a second", "MiB a worker")  # fmt: skip
    return table(head, rows)


def _warm(orders: int, workers: list[int]) -> str:
    done = [
        warm(way, many, orders) for way in ("unorder-night", "unorder-bare") for many in workers
    ]
    rows = [
        (
            one.workers,
            one.way.title.removeprefix("unorder: "),
            f"{one.seconds / one.orders * one.workers:.2f}",
            f"{60 * one.orders / one.seconds:.0f}",
            f"{one.processor / one.orders:.2f}",
        )
        for one in done
    ]
    head = ("workers, in open browsers", "what is kept", "seconds a run", "orders a minute",
            "processor seconds each")  # fmt: skip
    return table(head, rows)


def _runs(runs: int) -> str:
    rows = [
        (
            left.runs,
            f"{left.seconds:.2f}",
            f"{left.memory:.0f}" if left.memory else "·",
            f"{left.folder:.0f}",
            f"{left.journal:.1f}",
            f"{left.looking:.1f}",
        )
        for left in leaving(runs, looks=4)
    ]
    head = ("runs made", "seconds a run", "MiB held", "MiB on the disk",
            "of these the journal", "ms to find open clicks")  # fmt: skip
    return table(head, rows)


if __name__ == "__main__":
    main()
