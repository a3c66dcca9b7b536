"""The store that all ways meet: it counts what it is asked for, and knows what became of orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from benchmarks.speed.child import WayFailed
from mock_store.app import create_app
from mock_store.store import PlacedOrder, Store

_NO_PAGES = ("/static/", "/pictures/", "/favicon")
Application = Callable[..., Iterable[bytes]]


class Counter:
    """What the store was asked for since it was last looked at."""

    def __init__(self) -> None:
        self._asked: list[str] = []

    def make(self, store: Store) -> Flask:
        """The store's application, with a counter before it."""
        app = create_app(store)
        app.wsgi_app = self._counting(app.wsgi_app)  # type: ignore[method-assign]  # as Flask has it
        return app

    def look(self) -> tuple[tuple[str, ...], int]:
        """The pages, in the order in which they were asked for, and the number of all requests."""
        asked, self._asked = self._asked, []
        pages = tuple(one for one in asked if not one.split()[1].startswith(_NO_PAGES))
        return pages, len(asked)

    def _counting(self, application: Application) -> Application:
        def counted(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            self._asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
            return application(environ, start)

        return counted


def see_the_truth(order: PlacedOrder, *, commits: bool) -> None:
    """`WayFailed` unless the order is cancelled by one request, or untouched by a rehearsal."""
    found, expected = (order.state, order.submits), ("cancelled", 1) if commits else ("ordered", 0)
    if found != expected:
        state, submits = found
        raise WayFailed(f"order {order.number} is {state}, submitted {submits} times")
