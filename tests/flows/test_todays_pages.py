"""What today's real store asks of a run, on the practice store's layout of the same shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from hearing import Heard
from werkzeug.wrappers import Response

from automation.outcome import Outcome
from automation.run.facts import Said
from automation.run.record import Run
from automation.run.report import summary_line
from mock_store.app import create_app
from mock_store.rules import State
from mock_store.server import serve
from mock_store.store import Store

Follow = Callable[..., Run]
LAMP, MUG = "Desk lamp", "Stoneware mug"
CURRENT = pytest.mark.parametrize("layout", ["current"])


class WithoutSearch:
    """Answers a search with this status while it is set."""

    def __init__(self) -> None:
        self.status = 0
        self.searches = 0

    def before(self, store: Store) -> Flask:
        app = create_app(store)
        inner = app.wsgi_app

        def answered(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            if self.status and environ["PATH_INFO"] == "/your-orders/search":
                self.searches += 1
                page = Response("<h1>Sorry</h1>", status=self.status, mimetype="text/html")
                return page(environ, start)
            return inner(environ, start)

        app.wsgi_app = answered  # type: ignore[method-assign]  # as Flask has it
        return app


@pytest.fixture
def without_search() -> WithoutSearch:
    return WithoutSearch()


@pytest.fixture
def address(store: Store, without_search: WithoutSearch) -> Iterator[str]:
    with serve(store, make=without_search.before) as url:
        yield url


@pytest.mark.parametrize("layout", ["documented", "current"])
@pytest.mark.parametrize("items", [[LAMP], [LAMP, MUG], []], ids=["one", "both", "all"])
def test_a_success_that_names_the_items_is_heard_as_yes(
    store: Store, follow: Follow, items: list[str]
) -> None:
    order, heard = store.place(LAMP, MUG), Heard()

    run = follow("cancel-items", order=order.number, watcher=heard, **_only(items))

    assert [answer.said for answer in heard.answers] == [Said.YES]
    assert run.outcome is Outcome.CANCELLED, run.reason
    assert order.submits == 1


@CURRENT
@pytest.mark.parametrize("quirk", ["refuses", "partly"])
def test_an_answer_that_is_not_about_each_item_is_not_heard_as_yes(
    store: Store, follow: Follow, quirk: str
) -> None:
    order, heard = store.place(LAMP, MUG), Heard()
    store.quirks.ask(f"{quirk}:{order.number}")

    follow("cancel-items", order=order.number, items=[LAMP, MUG], watcher=heard)

    assert len(heard.answers) == 1
    assert heard.answers[0].said is not Said.YES
    assert order.submits == 1


@CURRENT
def test_a_whole_order_whose_page_lists_nothing_any_more_is_told_with_its_items(
    store: Store, follow: Follow
) -> None:
    order = store.place(LAMP, MUG)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert run.items == {LAMP: "cancelled", MUG: "cancelled"}
    assert summary_line(run) == (
        f"Cancelled `{LAMP}` and `{MUG}` of order {order.number}; the order, read again, says so."
    )
    assert "not listed" not in run.report.read_text()


@CURRENT
def test_a_whole_order_that_was_cancelled_before_is_told_as_a_whole(
    store: Store, follow: Follow
) -> None:
    order = store.place(LAMP, MUG, state=State.CANCELLED)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.ALREADY_CANCELLED, run.reason
    assert summary_line(run) == (
        f"The whole order {order.number} was cancelled before; nothing had to be done."
    )
    assert order.submits == 0


@pytest.mark.parametrize("status", [404, 410, 500, 200])
@pytest.mark.parametrize("layout", ["documented", "current"])
def test_where_a_search_fails_the_list_is_read(
    store: Store, follow: Follow, without_search: WithoutSearch, status: int
) -> None:
    order = store.place(LAMP)
    for _ in range(10):
        store.place(MUG)
    without_search.status = status

    run = follow("cancel-items", order=order.number)

    assert without_search.searches == 1
    assert run.outcome is Outcome.CANCELLED, run.reason
    assert order.submits == 1


def _only(items: list[str]) -> dict[str, list[str]]:
    return {"items": items} if items else {}
