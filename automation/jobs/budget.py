"""What the caps still allow, counted before an order is begun: several may be at work at once."""

from __future__ import annotations

import threading

from automation.pages.readings import Order
from automation.run.intents import armed_today, open_intents
from automation.run.journal import Journal
from automation.run.rules import Rules


class Budget:
    """The caps of a day and of a run. What is taken counts until it is given back."""

    def __init__(self, limits: Rules, journal: Journal, before: tuple[Order, ...] = ()) -> None:
        """*before* are orders that the same run has committed earlier; they are in the journal."""
        self._limits = limits
        self._before = before
        self._today = armed_today(journal)
        # What an interrupted start has armed counts already: it is read now, and not clicked.
        self._open = {str(intent.subject) for intent in open_intents(journal)}
        self._taken: dict[str, Order] = {}
        self._turn = threading.Lock()

    def take(self, subject: str, order: Order) -> str | None:
        """Which cap this order would break; `None`, and it counts, if none."""
        with self._turn:
            if subject in self._open:
                return None
            taken = tuple(self._taken.values())
            try:
                no = self._limits.why_not_for(order.fee)
                no = no or self._limits.over_a_cap_of_the_run(order, self._before + taken)
                no = no or self._limits.over_a_cap(order, self._today + taken)
            except ValueError as problem:
                return f"the caps cannot be counted: {problem}"
            if no is None:
                self._taken[subject] = order
            return no

    def give_back(self, subject: str) -> None:
        """Nothing was clicked for this order: it does not count."""
        with self._turn:
            self._taken.pop(subject, None)
