"""Visiting a boutique over HTTP, without a browser: what each shape's pages say and do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mock_store.boutique.app import create_boutique
from mock_store.boutique.shapes import Shapes
from mock_store.people import PEOPLE
from mock_store.store import PlacedOrder, Store
from mock_store.visitors import COOKIE

_HIDDEN = re.compile(r'<input type="hidden" name="(csrf|token)" value="([^"]*)">')


class ShopVisit:
    """A visitor of a boutique."""

    def __init__(self, store: Store, client: FlaskClient) -> None:
        self.store = store
        self.client = client

    def place(self, *lines: Any, number: str = "22", **how: Any) -> PlacedOrder:
        return self.store.place(*lines, number=number, **how)

    def sign_in(self, account: str = PEOPLE[0].key) -> None:
        self.client.set_cookie(COOKIE, self.store.let_in(account))

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def shown(self, path: str) -> str:
        """The page's text, without its tags."""
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", self.page(path))).strip()

    def page(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, answer.status
        return answer.text

    def send(self, page: str, action: str, **fields: str) -> TestResponse:
        """Send a form of *page* with its hidden fields."""
        given = dict(_HIDDEN.findall(self.page(page)))
        return self.client.post(action, data={**given, **fields})


Visit = Callable[..., ShopVisit]


@contextmanager
def shop_visits() -> Iterator[Visit]:
    with ExitStack() as stack:

        def visit(*wishes: str, signed_in: bool = True) -> ShopVisit:
            store = Store(control_token="T")
            stack.callback(store.close)
            app = create_boutique(store, Shapes().with_(*wishes))
            app.config["PROPAGATE_EXCEPTIONS"] = True
            client = stack.enter_context(app.test_client())
            made = ShopVisit(store, client)
            if signed_in:
                made.sign_in()
            return made

        yield visit
