"""What is not asked for at night: images and fonts, as long as a store's pages do without them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from automation.run.browser import open_browser
from automation.storefronts.profile import open_storefront

PAGE = b"""<!doctype html><link rel="stylesheet" href="/look.css">
<style>@font-face {font-family: Own; src: url(/own.woff2)} p {font-family: Own}</style>
<p>Your orders</p><img src="/lamp.png" alt="A lamp"><script src="/act.js"></script>"""


class Counting(BaseHTTPRequestHandler):
    """A shop's page with everything that pages ask for."""

    asked: set[str]

    def do_GET(self) -> None:
        self.asked.add(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/" else "text/css")
        self.end_headers()
        self.wfile.write(PAGE if self.path == "/" else b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def shop() -> Iterator[tuple[str, set[str]]]:
    asked: set[str] = set()
    handler = type("Handler", (Counting,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("lean", "needs", "pictures"),
    [(False, False, True), (True, False, False), (True, True, True)],
    ids=["as a shopper", "lean", "lean where pages need them"],
)
def test_images_and_fonts(
    shop: tuple[str, set[str]], *, lean: bool, needs: bool, pictures: bool
) -> None:
    address, asked = shop
    storefront = replace(open_storefront("mock", base_url=address), needs_images=needs)

    def look() -> bool:
        with open_browser(storefront, lean=lean) as browser:
            page = browser.new_context(language="en", state=None).new_page()
            page.goto(address, wait_until="load")
            page.evaluate("document.fonts.ready")
            return page.get_by_role("img", name="A lamp").is_visible()

    # A thread has one browser driver, and this one may have that of pytest-playwright.
    with ThreadPoolExecutor(1) as another:
        shown = another.submit(look).result()

    assert shown  # by its words, if not by its picture
    assert asked >= {"/", "/look.css", "/act.js"}
    assert ({"/lamp.png", "/own.woff2"} <= asked) is pictures
    assert pictures or not {"/lamp.png", "/own.woff2"} & asked
