"""A form whose answer comes in another tab: nothing that tab does by itself is sent either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask, Response, request

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

    def change(response: Response) -> Response:
        response.headers.pop("Content-Security-Policy", None)
        if request.method == "GET" and "cancel-items" in request.path:
            form = 'id="cancel-items-form"'
            text = response.get_data(as_text=True)
            response.set_data(text.replace(form, f'{form} target="_blank"'))
        elif request.method == "POST" and response.status_code >= 500:
            fields = [(name, each) for name in request.form for each in request.form.getlist(name)]
            body = "&".join(f"{name}={each}" for name, each in fields)
            response.set_data(_AGAIN.format(address=request.full_path, body=body))
            response.mimetype = "text/html"
        return response

    # The first to be told is the last to be asked: after the store's own headers are set.
    app.after_request_funcs.setdefault(None, []).insert(0, change)
    return app


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    with serve(store, make=_insisting) as url:
        yield url


@pytest.fixture
def storefront(storefront: Storefront) -> Storefront:
    return replace(storefront, patience=Patience(step=10, action=5, answer=2, settle=6))


@pytest.mark.parametrize("mode", ["legacy"], indirect=True)
def test_a_script_in_it_does_not_send_again(store: Store, follow: Follow) -> None:
    order = store.place("Desk lamp")
    store.quirks.add("error_on_commit_not_done")

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.NOT_CANCELLED
    assert order.submits == 1
    assert run.requests_seen == 1
