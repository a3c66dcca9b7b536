"""A page that leads elsewhere by itself: nothing waits for it forever, and the walk begins anew."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Error, Playwright

from automation.outcome import Outcome
from automation.pages.order import OrderPage
from automation.pages.regions import Block
from automation.run.browser import find_browser, launch_arguments
from automation.run.gate import Gate
from automation.run.record import Run
from mock_store.app import create_app
from mock_store.server import serve
from mock_store.store import Store

pytestmark = pytest.mark.thorough


def test_asking_a_page_comes_to_an_end_while_the_store_is_silent(playwright: Playwright) -> None:
    over = threading.Event()

    def silent(store: Store) -> Flask:
        app = create_app(store)

        @app.get("/never")
        def never() -> str:
            over.wait(100)
            return ""

        return app

    with serve(Store(), make=silent) as url, Gate(["127.0.0.1"], silence=1) as gate:
        arguments = launch_arguments(find_browser(headed=False), gate)
        browser = playwright.chromium.launch(**arguments)
        try:
            page = browser.new_page()
            page.goto(url)
            with page.expect_request("**/never"):
                page.evaluate("location.href = '/never'")
            with pytest.raises(Error, match="context was destroyed"):
                page.evaluate("1")  # Playwright sets it no time limit
        finally:
            over.set()
            browser.close()


def test_an_order_whose_page_went_elsewhere_while_it_was_read_is_walked_to_again(
    store: Store, follow: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    order, block, left = store.place("Desk lamp"), OrderPage._block, []

    def block_of_a_page_that_leaves(page: OrderPage) -> Block:
        if not left:
            left.append(page)
            page.page.evaluate("() => { location.href = '/'; return new Promise(() => {}) }")
        return block(page)

    monkeypatch.setattr(OrderPage, "_block", block_of_a_page_that_leaves)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert order.submits == 1
