"""A form whose answer comes in another tab: nothing that tab does by itself is sent either."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.wrappers import Request, Response

from automation.outcome import Outcome
from automation.pages.storefront import Patience, Storefront
from automation.testing.following import Follow
from mock_store.app import create_app
from mock_store.server import serve
from mock_store.store import Store

_AGAIN = """<!doctype html><h1>Sorry</h1><script>
  const again = () => fetch({address!r}, {{method: "POST", body: {body!r},
    headers: {{"Content-Type": "application/x-www-form-urlencoded"}}}});
  setTimeout(again, 4000);
</script>"""


def _insisting(store: Store) -> Flask:
    """It answers in another tab that something failed, and that page's script tries again."""
    app = create_app(store)
    inner = app.wsgi_app

    def changed(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        asked = Request(environ)
        sent = asked.get_data(as_text=True)
        environ["wsgi.input"] = io.BytesIO(sent.encode())
        answer = Response.from_app(inner, environ)
        answer.headers.pop("Content-Security-Policy", None)
        if asked.method == "GET" and "cancel-items" in asked.path:
            form = 'id="cancel-items-form"'
            text = answer.get_data(as_text=True)
            answer.set_data(text.replace(form, f'{form} target="_blank"'))
        elif asked.method == "POST" and answer.status_code >= 500:
            answer.set_data(_AGAIN.format(address=asked.full_path, body=sent))
            answer.mimetype = "text/html"
        return answer(environ, start)

    app.wsgi_app = changed  # type: ignore[method-assign]  # as Flask has it
    return app


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    with serve(store, make=_insisting) as url:
        yield url


@pytest.fixture
def storefront(storefront: Storefront, answer: int) -> Storefront:
    return replace(storefront, patience=Patience(step=10, action=5, answer=answer, settle=6))


@pytest.mark.parametrize("mode", ["legacy"], indirect=True)
@pytest.mark.parametrize("answer", [2, 8])  # seconds; it tries again after 4
def test_a_script_in_it_does_not_send_again(store: Store, follow: Follow) -> None:
    order = store.place("Desk lamp")
    store.quirks.add("error_on_commit_not_done")

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.NOT_CANCELLED
    assert order.submits == 1
    assert run.requests_seen == 1
