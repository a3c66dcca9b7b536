"""A store may let browsers keep its pages. What a run goes by is asked for all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask

from automation.flow.model import Step
from automation.outcome import Outcome
from automation.run.browser import OpenBrowser
from automation.run.left import Left
from automation.run.watcher import Watcher
from automation.testing.following import Follow
from mock_store.app import create_app
from mock_store.server import serve
from mock_store.store import Store

LAMP = "Desk lamp"


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    """Where the same store listens, which says of each page that it holds for an hour."""
    with serve(store, make=_lets_all_be_kept) as url:
        yield url


def _lets_all_be_kept(store: Store) -> Flask:
    app = create_app(store)
    answer = app.wsgi_app

    def kept(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *more: object) -> object:
            others = [header for header in headers if header[0] != "Cache-Control"]
            return start(status, [*others, ("Cache-Control", "max-age=3600")], *more)  # type: ignore[arg-type]

        return answer(environ, begin)

    app.wsgi_app = kept  # type: ignore[method-assign]
    return app


class Meanwhile(Watcher):
    """Does something when all steps were taken, and the last look is still to come."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act

    def at_the_click(self, _step: Step) -> None:
        self._act()


def test_the_order_is_asked_for_once_more_before_the_click(store: Store, follow: Follow) -> None:
    order = store.place(LAMP)

    run = follow("cancel-items", order=order.number, watcher=Meanwhile(order.ship))

    assert run.outcome is Outcome.TOO_LATE
    assert order.submits == 0


def test_the_order_is_asked_for_once_more_after_the_click(store: Store, follow: Follow) -> None:
    order = store.place(LAMP)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.CANCELLED
    assert order.submits == 1


def test_the_next_run_does_not_see_the_order_as_it_was(
    store: Store, follow: Follow, browser_of_ours: OpenBrowser
) -> None:
    browser_of_ours.left = Left()
    order = store.place(LAMP)
    assert follow("cancel-items", order=order.number, commit=False).outcome is Outcome.REHEARSED
    order.ship()

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.TOO_LATE
    assert order.submits == 0
