"""A page whose styles come late: what they hide must not be read as if it were shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask

from automation.pages.orders import OrdersPage
from automation.pages.values import OrderNumber
from automation.run.arrival import arrive
from automation.run.browser import OpenBrowser
from automation.run.masking import Masker
from automation.run.settings import Settings
from automation.run.visit import visiting
from automation.storefronts.profile import open_storefront
from mock_store.app import create_app
from mock_store.server import serve
from mock_store.store import Store

_LATE = 0.4  # seconds


def _late_styles(store: Store) -> Flask:
    app = create_app(store)
    inner: Callable[..., Iterable[bytes]] = app.wsgi_app

    def later(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"].endswith(".css"):
            threading.Event().wait(_LATE)
        return inner(environ, start)

    app.wsgi_app = later  # type: ignore[method-assign]  # as Flask has it
    return app


@pytest.mark.parametrize("layout", ["documented", "current"])
def test_a_page_is_there_when_its_styles_are(layout: str, browser_of_ours: OpenBrowser) -> None:
    store = Store(layout=layout)
    store.quirks.add("hidden_texts")
    order = store.place("Desk lamp", "USB-C cable")
    with serve(store, make=_late_styles) as url:
        storefront = open_storefront("mock", base_url=url)
        account = Settings().account(None, storefront)
        with visiting(browser_of_ours, storefront, account, Masker(storefront)) as visit:
            visit.page.goto(storefront.url("orders"))
            there = OrdersPage(visit.page, storefront).open_order(OrderNumber(order.number))
            arrive(there, visit.missing)

            hidden = visit.page.locator(".page-banner--hidden-by-default")
            assert hidden.count() > 0
            assert hidden.filter(visible=True).count() == 0
