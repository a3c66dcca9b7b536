"""The ways that are measured: what each is called, and how its process is started."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from benchmarks.speed.environments import chromedriver, python_with

_HERE = "benchmarks.speed"
Command = Callable[[str], Sequence[str]]  # the errand's file to what is started


class Loads(Enum):
    """Which pages a way asks the store for."""

    OURS = "The pages that a run of unorder loads"
    SHORTEST = "The shortest path"
    REHEARSAL = "Up to the click only"


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
            "--report", "NONE", "--outputdir", str(Path(told).parent),
            "--variable", f"ERRAND:{told}", "benchmarks/speed/cancel.robot"]  # fmt: skip


def _selenium(told: str) -> Sequence[str]:
    return [python_with("selenium"), "-m", f"{_HERE}.by_selenium", told, chromedriver()]


BASE, SHORTEST = "playwright", "playwright-shortest"

WAYS = (
    Way("unorder", "unorder: each step pictured", Loads.OURS, _ours("each-step"), ours=True),
    Way("unorder-night", "unorder: as at night", Loads.OURS, _ours("unattended"), ours=True,
        note="asks for no images, pictures the click only, and goes on where the order before "
        "left its context, as workers do"),
    Way("unorder-bare", "unorder: no pictures", Loads.OURS, _ours("no-pictures"), ours=True,
        note="goes on in such a context too"),
    Way("unorder-trace", "unorder: each step, and a trace", Loads.OURS, _ours("trace"), ours=True),
    Way(BASE, "bare Playwright, the same pages", Loads.OURS, _own("by_playwright", "same-loads")),
    Way("unorder-rehearsal", "unorder: a rehearsal", Loads.REHEARSAL, _ours("rehearsal"),
        ours=True, commits=False),
    Way(SHORTEST, "bare Playwright", Loads.SHORTEST, _own("by_playwright", "shortest")),
    Way("cdp", "the browser's own protocol", Loads.SHORTEST, _own("by_cdp")),
    Way("robot", "Robot Framework Browser", Loads.SHORTEST, _robot),
    Way("selenium", "Selenium", Loads.SHORTEST, _selenium,
        note="keeps one profile for all orders; bare Playwright and Robot begin each in a new one"),
    Way("http", "HTTP without a browser", Loads.SHORTEST, _own("by_http"),
        note="loads no styles, scripts or pictures"),
)  # fmt: skip
