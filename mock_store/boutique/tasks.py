"""Cancellations that are carried out a while after they were received."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass

from mock_store.cancelling import Effect, StaleForm, settle
from mock_store.store import Store, find_order

_TAKES = 1.0  # seconds


@dataclass(frozen=True)
class Asked:
    """What a form asks to cancel."""

    number: str
    items: list[str]
    form: str
    asks: bool


class Tasks:
    """Each is carried out once, whether or not somebody waits for its answer."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._done: dict[str, Effect | None] = {}

    def begin(self, asked: Asked) -> str:
        """The task's name."""
        name = secrets.token_hex(8)
        self._done[name] = None
        threading.Thread(target=self._carry_out, args=(name, asked), daemon=True).start()
        return name

    def knows(self, name: str) -> bool:
        return name in self._done

    def effect(self, name: str) -> Effect | None:
        """What it led to; `None` while it is not done."""
        return self._done[name]

    def _carry_out(self, name: str, asked: Asked) -> None:
        if self._store.closing.wait(_TAKES):
            return
        with self._store.database.session() as session:
            order = find_order(session, asked.number)
            try:
                self._done[name] = settle(
                    self._store, session, order, asked.items, asked.form, asks=asked.asks
                )
            except StaleForm:
                self._done[name] = Effect("", None)
