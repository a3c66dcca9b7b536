"""A way's own side: order numbers come in on standard input; `ready` is the answer to each."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ORDERS = "/your-orders/orders"


@dataclass(frozen=True)
class Errand:
    """What a way is told before it begins."""

    url: str  # of the store
    browser: str  # its executable
    state: Path  # a file: signed-in state as Playwright keeps it
    greeted_as: str
    folder: Path  # of the way's own
    arguments: tuple[str, ...]  # what every browser is started with

    @property
    def cookies(self) -> list[dict[str, Any]]:
        cookies: list[dict[str, Any]] = json.loads(self.state.read_text())["cookies"]
        return cookies


def errand(file: str) -> Errand:
    told = json.loads(Path(file).read_text())
    return Errand(
        url=told["url"],
        browser=told["browser"],
        state=Path(told["state"]),
        greeted_as=told["greeted_as"],
        folder=Path(told["folder"]),
        arguments=tuple(told["arguments"]),
    )


def details_link(number: str) -> str:
    """A selector: an order's card also has links that lead elsewhere."""
    return f"a[href*='order-details?orderID={number}']"


class Turns:
    """The orders, one by one, and the answer when each is done."""

    def __init__(self) -> None:
        # What others print must not be taken for an answer.
        self._answers = os.fdopen(os.dup(1), "w", buffering=1)
        os.dup2(2, 1)

    def next(self) -> str | None:
        """Answer that what came before is done; then the next order's number."""
        print("ready", file=self._answers)
        return sys.stdin.readline().strip() or None


def take_turns(act: Callable[[str], None]) -> None:
    """*act* for each order, until there are no more."""
    turns = Turns()
    while number := turns.next():
        act(number)
