"""A page that leads elsewhere by itself, to where no answer comes: nothing waits for it forever."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from playwright.sync_api import Error, Playwright

from automation.run.browser import find_browser, launch_arguments
from automation.run.gate import Gate
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
