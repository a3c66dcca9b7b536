"""A page that leads elsewhere by itself, to where no answer comes: nothing waits for it forever."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Error

from automation.pages.storefront import Patience
from automation.run.browser import open_browser
from automation.run.masking import Masker
from automation.run.settings import Settings
from automation.run.visit import visiting
from automation.storefronts.profile import open_storefront
from mock_store.app import create_app
from mock_store.server import serve
from mock_store.store import Store

pytestmark = pytest.mark.thorough


def test_asking_a_page_comes_to_an_end_while_the_store_is_silent() -> None:
    over = threading.Event()

    def silent(store: Store) -> Flask:
        app = create_app(store)

        @app.get("/never")
        def never() -> str:
            over.wait(100)
            return ""

        return app

    store = Store()
    with serve(store, make=silent) as url:
        storefront = replace(
            open_storefront("mock", base_url=url), patience=Patience(step=1, answer=1)
        )
        account = Settings().account(None, storefront)
        with (
            open_browser(storefront) as browser,
            visiting(browser, storefront, account, Masker(storefront)) as visit,
        ):
            visit.page.goto(storefront.url("orders"))
            with visit.page.expect_request("**/never"):
                visit.page.evaluate("location.href = '/never'")
            try:
                with pytest.raises(Error, match="context was destroyed"):
                    visit.page.evaluate("1")  # Playwright sets it no time limit
            finally:
                over.set()
