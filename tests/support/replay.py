"""A journey of real pages, served on the loopback interface as its store would serve them.

The captures are read when a test runs, and stay where they are. Their scripts are taken out. A
small one of ours does what theirs did: it enables the button, sends what is ticked, and shows on
the next pages what was cancelled. Pages that a folder lacks have the shape that was seen of them.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_OWN = "127.0.0.1"
_SCRIPTS = re.compile(
    r"<script\b.*?</script\s*>|<meta[^>]+http-equiv[^>]*>", re.DOTALL | re.IGNORECASE
)
_NUMBER = re.compile(r'data-component="orderId"[^>]*>\s*<span[^>]*>\s*([\d-]+)')
_TITLE = re.compile(r'data-component="itemTitle"[^>]*>(?:\s*<[^>]+>)*([^<]+)')
_OPTION = re.compile(r'<option value="[A-Z_]+">([^<]+)')
_ELSEWHERE = re.compile(r"https://www\.amazon\.[a-z.]+(?=/)")
_FORM = "/progress-tracker/package/preship/cancel-items"
_SUMMARY = "/progress-tracker/package/preship/cancel-summary"
# What the pages' linked styles hide, and no shopper sees.
_HIDDEN = (
    ".page-banner--hidden-by-default, .a-hidden, .aok-hidden, .a-popover-preload,"
    " .preshipCancel-error-alert[aria-hidden=true], [data-component=cancelled]:empty"
)
# Pages of the US hold such baits for ad-blockers; to Playwright they are visible.
_BAIT = """<div id="sp-cc" aria-hidden="true" style="position: absolute; top: -9999px;
width: 1px; height: 1px; opacity: 0.01; pointer-events: none">Test</div>"""
_BANNER = """<div id="sp-cc"><h2>Select your cookie preferences</h2>
<a id="sp-cc-rejectall-link" role="button" tabindex="0">Decline</a></div>"""
_PANEL = f"<aside id=recommended><p>Customers also bought</p>{'<p>Another thing</p>' * 600}</aside>"
# What the pages' own scripts do, as far as a cancellation needs it.
_ACTS = """
const {titles, laid} = JSON.parse(document.currentScript.dataset.known);
const text = element => element.textContent.replace(/\\s+/g, " ").trim();
const form = document.querySelector("#cancel-items-form");
if (form) {
  const button = document.querySelector("#preship-cancel-submit-button-announce");
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  form.addEventListener("change", () => { button.disabled = !boxes.some(box => box.checked); });
  button.addEventListener("click", () => {
    button.disabled = true;
    const sent = [["reason", document.querySelector("#cancel-reasons-dropdown").value]];
    for (const box of boxes.filter(box => box.checked))
      sent.push(["title", text(box.closest("[data-itemid]").querySelector(".item-title"))]);
    const own = Object.assign(document.createElement("form"), {method: "post"});
    for (const [name, value] of sent)
      own.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
    document.body.append(own);
    own.submit();
  });
}
const summary = document.querySelector("#preship-cancel-summary-page-container");
if (summary)
  for (const row of summary.querySelectorAll(".item-row"))
    if (!titles.includes(text(row.querySelector(".item-title")))) row.remove();
if (titles.length)
  for (const item of document.querySelectorAll("[data-component=itemTitle]")) {
    if (!titles.includes(text(item))) continue;
    const shipment = item.closest("[data-component=shipments] > *, .a-box");
    for (const status of shipment.querySelectorAll("h4.od-status-message"))
      status.textContent = document.currentScript.dataset.cancelled;
    for (const link of shipment.querySelectorAll("a[href*='/preship/cancel-items']")) link.remove();
  }
if (laid) {
  const over = document.createElement("div");
  over.innerHTML = laid;
  over.firstChild.style.cssText = "position: fixed; inset: 0; z-index: 999; background: #fff";
  document.body.append(over.firstChild);
}
"""


@dataclass(frozen=True)
class Journey:
    """Pages of one cancellation, by the names of their files without the ending.

    "" for one that its folder does not have. *cancelled* is the state in the store's words.
    """

    name: str
    language: str
    orders: str
    order: str
    form: str = ""
    summary: str = ""
    whole: str = ""  # the page of an order of which everything is cancelled
    cancelled: str = "Cancelled"

    def is_in(self, captures: Path) -> bool:
        named = (self.orders, self.order, self.form, self.summary, self.whole)
        return all((captures / f"{name}.html").is_file() for name in named if name)


@dataclass
class Replay:
    """What the store of a journey shows now, and what it was sent."""

    journey: Journey
    captures: Path
    posts: list[dict[str, list[str]]] = field(default_factory=list)
    searches: int = 0
    on_page: int = 1  # of the list, where the order is
    banner: bool = False  # whether a consent banner lies over the order's page, and stays
    panel: bool = False  # whether a panel lies over it

    @cached_property
    def number(self) -> str:
        """The order's, as its page shows it."""
        (found,) = _NUMBER.findall(self._captured(self.journey.order))
        return str(found)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Those of the order's items, as its page shows them."""
        found = _TITLE.findall(self._captured(self.journey.order))
        return tuple(" ".join(unescape(title).split()) for title in found)

    @cached_property
    def reason(self) -> str:
        """The last one that the form offers."""
        return unescape(_OPTION.findall(self.form())[-1]).strip()

    @property
    def gone(self) -> tuple[str, ...]:
        """The titles that were cancelled."""
        return tuple(title for sent in self.posts for title in sent.get("title", ()))

    def orders(self, query: dict[str, list[str]]) -> str:
        start = int(query.get("startIndex", ["0"])[0]) // 10
        page = 1 + max(start, int(query.get("page", ["0"])[0]))
        html = self._captured(self.journey.orders)
        if page == self.on_page:
            return html
        return html.replace(self.number, "112-0000000-0000000")

    def order(self) -> str:
        everything = set(self.titles) <= set(self.gone)
        if everything:
            return self._captured(self.journey.whole) if self.journey.whole else _WHOLE
        return self._captured(self.journey.order)

    def form(self) -> str:
        if self.journey.form:
            return self._captured(self.journey.form)
        rows = "".join(_FORM_ROW.format(token=_token(t), title=t) for t in self.titles)
        return _FORM_PAGE.format(rows=rows)

    def summary(self) -> str:
        if self.journey.summary:
            return self._captured(self.journey.summary)
        rows = "".join(_SUMMARY_ROW.format(title=title) for title in self.titles)
        return _SUMMARY_PAGE.format(rows=rows, cancelled=self.journey.cancelled)

    def _captured(self, name: str) -> str:
        html = (self.captures / f"{name}.html").read_text("utf-8")
        return _ELSEWHERE.sub("", _SCRIPTS.sub("", html))


def _token(title: str) -> str:
    return "".join(letter for letter in title.lower() if letter.isalpha())[:17]


# The shape of pages that a folder may lack: what a shopper sees of them, and by what it is known.
_FORM_ROW = """<div class="a-box" data-itemid="{token}"><label>
<input type="checkbox" name="{token}" value=""><div class="item-row">
<span class="item-title">{title}</span><span class="item-price">7,43 €</span></div></label></div>"""
_FORM_PAGE = """<!doctype html><title></title>
<div id="preship-cancel-items-page-container"><form id="cancel-items-form" method="post">{rows}
<select id="cancel-reasons-dropdown"><option value="">-</option>
<option value="OTHER_REASON">Sonstiges</option></select>
<button id="preship-cancel-submit-button-announce" type="button" disabled>OK</button></form></div>
"""
_SUMMARY_ROW = '<div class="item-row"><span class="item-title">{title}</span></div>'
_SUMMARY_PAGE = """<!doctype html><title></title>
<div id="preship-cancel-summary-page-container"><div class="preshipCancel-banner">
<div data-csa-c-content-id="SUCCESS"><h5>OK</h5></div></div><div class="a-box">
<h2 class="preshipCancel-shipment-status">{cancelled}</h2>{rows}</div></div>"""
_WHOLE = """<!doctype html><title></title><div id="orderDetails">
<div data-component="cancelledOrderBanner"><h4 class="a-alert-heading">Storniert</h4></div></div>"""


class _Answers(BaseHTTPRequestHandler):
    replay: Replay
    protocol_version = "HTTP/1.1"  # a store keeps a connection open after it redirects

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/your-orders/orders":
            self._show(self.replay.orders(parse_qs(url.query)))
        elif url.path == "/your-orders/order-details":
            laid = _BANNER if self.replay.banner else _PANEL if self.replay.panel else ""
            self._show(self.replay.order(), laid=laid)
        elif url.path == _FORM:
            self._show(self.replay.form())
        elif url.path == _SUMMARY:
            self._show(self.replay.summary())
        else:
            self.replay.searches += url.path.startswith("/your-orders/search")
            self._show("<!doctype html><title>404</title><h1>Sorry</h1>", status=404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        self.replay.posts.append(parse_qs(body))
        self.send_response(303)
        self.send_header("Location", f"{_SUMMARY}?{urlsplit(self.path).query}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its base's signature)
        """Say nothing."""

    def _show(self, html: str, *, status: int = 200, laid: str = "") -> None:
        nonce = secrets.token_hex(8)
        styles = f"<style>{_HIDDEN} {{ display: none !important }}</style>{_BAIT}"
        known = json.dumps({"titles": self.replay.gone, "laid": laid})
        act = (
            f'<script nonce="{nonce}" data-known="{escape(known)}"'
            f' data-cancelled="{self.replay.journey.cancelled}">{_ACTS}</script>'
        )
        body = f"{html}{styles}{act}".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'",
        )
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def replaying(replay: Replay) -> Iterator[str]:
    """The address at which the journey's pages are served, while the block runs."""
    kind = type("_Answers", (_Answers,), {"replay": replay})
    server = ThreadingHTTPServer((_OWN, 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{_OWN}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
