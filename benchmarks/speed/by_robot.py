"""Robot Framework Browser: what the suite `cancel.robot` needs of Python."""

from __future__ import annotations

from urllib.parse import urljoin

from benchmarks.speed.turns import ORDERS, Turns, details_link, errand


class Shopping:
    """Keywords: what the suite is told, and the orders one by one."""

    ROBOT_LIBRARY_SCOPE = "GLOBAL"

    def __init__(self, file: str) -> None:
        self._told = errand(file)
        self._turns = Turns()

    def browser_executable(self) -> str:
        return self._told.browser

    def browser_arguments(self) -> list[str]:
        return list(self._told.arguments)

    def signed_in_state(self) -> str:
        return str(self._told.state)

    def order_list(self) -> str:
        return urljoin(self._told.url, ORDERS)

    def next_order(self) -> str:
        """The next order's number; nothing when there are no more."""
        return self._turns.next() or ""

    def details_of(self, number: str) -> str:
        return details_link(number)
