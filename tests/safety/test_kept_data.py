"""Whether what a page shows is the store's now, or was kept by the browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page

from automation.pages.base import Effect
from automation.run.evidence import Evidence
from automation.run.kept_pages import forget_what_was_loaded, may_have_been_kept
from automation.run.reader import OrderReader
from automation.run.visit import Visit

HOUR = "max-age=3600"
DATA = """<script src="/script.js"></script><p>…</p>
<script>
  fetch("{host}/data").then(answer => answer.text()).then(
    text => {{ document.querySelector("p").textContent = text; }});
</script>"""


class Kept:
    """A store on two hosts, and how long each of its answers may be kept."""

    def __init__(self) -> None:
        self.lives = {"/page": "no-store", "/data": "no-store", "/script.js": HOUR}
        self.data = "as it is"
        kept = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path, _, host = self.path.partition("?")
                text = {"/page": DATA.format(host=host), "/data": kept.data}.get(path, "")
                kind = "text/javascript" if path == "/script.js" else "text/html; charset=utf-8"
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text.encode())))
                self.send_header("Cache-Control", kept.lives.get(path, "no-store"))
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        port = self.server.server_port
        self.page = f"http://127.0.0.1:{port}/page"
        self.elsewhere = f"{self.page}?http://localhost:{port}"


@pytest.fixture
def kept() -> Iterator[Kept]:
    kept = Kept()
    thread = threading.Thread(target=kept.server.serve_forever, daemon=True)
    thread.start()
    yield kept
    kept.server.shutdown()
    kept.server.server_close()


def open_twice(page: Page, address: str) -> None:
    for _ in range(2):
        page.goto("about:blank")
        page.goto(address)
        page.get_by_text("as it is").wait_for()


def test_scripts_and_styles_may_be_kept(page: Page, kept: Kept) -> None:
    open_twice(page, kept.page)

    assert not may_have_been_kept(page)


@pytest.mark.parametrize("what", ["/page", "/data"])
def test_a_page_and_its_data_are_asked_for_again(page: Page, kept: Kept, what: str) -> None:
    kept.lives[what] = HOUR
    open_twice(page, kept.page)
    assert may_have_been_kept(page)

    forget_what_was_loaded(page)
    page.goto("about:blank")
    page.goto(kept.page)
    page.get_by_text("as it is").wait_for()

    assert not may_have_been_kept(page)


def test_an_order_that_is_a_place_within_a_page_is_asked_for_again(
    visit: Visit, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.lives["/data"] = HOUR

    def read(_reader: OrderReader, page: Page) -> str:
        page.goto(f"{kept.page}#/orders/22")
        page.get_by_text("is").wait_for()
        return page.locator("p").inner_text()

    monkeypatch.setattr(OrderReader, "_own", read)
    evidence = Evidence(tmp_path, visit.masker)
    reader = OrderReader(visit, "22", evidence, Effect.CANCELS_ITEMS)
    assert str(reader.look()) == "as it is"

    kept.data = "is another"

    assert str(reader.look()) == "is another"


def test_what_another_host_does_not_tell_of_may_be(page: Page, kept: Kept) -> None:
    kept.lives["/data"] = HOUR
    open_twice(page, kept.elsewhere)

    assert may_have_been_kept(page)


def test_what_never_came_was_not_kept(page: Page, kept: Kept) -> None:
    """As what counts visitors, whose host is not let in."""
    page.goto(kept.page)
    page.evaluate("fetch('http://elsewhere.test/count').catch(() => 0)")

    assert not may_have_been_kept(page)
