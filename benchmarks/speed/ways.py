"""The ways that are measured: what each is called, and how its process is started."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from benchmarks.speed.environments import chromedriver, python_with

_HERE = "benchmarks.speed"
Command = Callable[[str], Sequence[str]]  # the errand's file to what is started


class Loads(Enum):
    """Which pages a way asks the store for."""

    OURS = "the pages that a run of ours loads"
    SHORTEST = "the shortest path"
    REHEARSAL = "up to the click"


@dataclass(frozen=True)
class Way:
    """One way to cancel an order."""

    name: str
    title: str
    loads: Loads
    command: Command
    ours: bool = False
    commits: bool = True
    note: str = ""


def _ours(how: str) -> Command:
    return lambda told: [sys.executable, "-m", f"{_HERE}.by_unorder", told, how]


def _own(module: str, *more: str) -> Command:
    return lambda told: [sys.executable, "-m", f"{_HERE}.{module}", told, *more]


def _robot(told: str) -> Sequence[str]:
    python = python_with("robot")
    return [python, "-m", "robot", "--console", "none", "--output", "NONE", "--log", "NONE",
            "--report", "NONE", "--variable", f"ERRAND:{told}",
            "benchmarks/speed/cancel.robot"]  # fmt: skip


def _selenium(told: str) -> Sequence[str]:
    return [python_with("selenium"), "-m", f"{_HERE}.by_selenium", told, chromedriver()]


BASE, SHORTEST = "playwright", "playwright-shortest"

WAYS = (
    Way("unorder", "unorder, a picture of each step", Loads.OURS, _ours("each-step"), ours=True),
    Way("unorder-click", "unorder, pictures of the click", Loads.OURS, _ours("click-only"),
        ours=True),
    Way("unorder-bare", "unorder, no pictures", Loads.OURS, _ours("no-pictures"), ours=True),
    Way("unorder-trace", "unorder, with a trace too", Loads.OURS, _ours("trace"), ours=True),
    Way(BASE, "Playwright, bare script", Loads.OURS, _own("by_playwright", "same-loads")),
    Way("unorder-rehearsal", "unorder, rehearsed", Loads.REHEARSAL, _ours("rehearsal"),
        ours=True, commits=False),
    Way(SHORTEST, "Playwright, bare script", Loads.SHORTEST, _own("by_playwright", "shortest")),
    Way("cdp", "the browser's own protocol", Loads.SHORTEST, _own("by_cdp")),
    Way("robot", "Robot Framework Browser", Loads.SHORTEST, _robot),
    Way("selenium", "Selenium", Loads.SHORTEST, _selenium,
        note="keeps one profile for all orders; the others begin each in a new one"),
    Way("http", "HTTP without a browser", Loads.SHORTEST, _own("by_http"),
        note="loads no styles, scripts or pictures"),
)  # fmt: skip
