"""A server whose pages send what may change something, by every way that a browser has."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_SCRIPT = "text/javascript"
# What a shopper presses is called `go`. Each asks for `/x/NAME`; what arrives there is counted.
PAGES = {
    "form": "<form method=post action=/x/form><button>go</button></form>",
    "fetch": "<button onclick=\"fetch('/x/fetch', {method: 'POST'})\">go</button>",
    "put": "<button onclick=\"fetch('/x/put', {method: 'PUT'})\">go</button>",
    "xhr": "<button onclick=\"r = new XMLHttpRequest; r.open('POST', '/x/xhr'); r.send('a=1')\">"
    "go</button>",
    "beacon": "<button onclick=\"navigator.sendBeacon('/x/beacon', 'a')\">go</button>",
    "beacon-as-it-leaves": "<script>addEventListener('pagehide', () =>"
    " navigator.sendBeacon('/x/beacon-as-it-leaves', 'a'))</script><a href=/other>go</a>",
    "keep-alive": "<script>addEventListener('pagehide', () =>"
    " fetch('/x/keep-alive', {method: 'POST', keepalive: true}))</script><a href=/other>go</a>",
    "later": "<button onclick=\"window.fetchLater?.('/x/later', {method: 'POST', activateAfter: 0})"
    '">go</button>',
    "tab": "<form method=post target=_blank action=/x/tab><button>go</button></form>",
    "tab-without-opener": "<form method=post target=_blank rel=noopener"
    " action=/x/tab-without-opener><button>go</button></form>",
    "popup": "<button onclick=\"window.open('/popup-opened')\">go</button>",
    "ping": "<a href=/other ping=/x/ping>go</a>",
    "worker": "<button onclick=\"new Worker('/worker.js')\">go</button>",
    "shared-worker": "<button onclick=\"new SharedWorker('/shared-worker.js')\">go</button>",
    "frame": "<button onclick=\"f = document.createElement('iframe'); f.srcdoc ="
    " '<form method=post action=/x/frame></form><script>document.forms[0].submit()</' + 'script>';"
    ' document.body.append(f)">go</button>',
    "redirect": "<a href=/lead>go</a>",
    "redirect-of-post": "<form method=post action=/reads><button>go</button></form>",
    "report": '<button onclick="document.body.append(Object.assign(new Image,'
    " {src: '/image'}))\">go</button>",
    "socket": "<button onclick=\"new WebSocket('ws://' + location.host + '/x/socket')\">go"
    "</button>",
    "script-link": "<a onclick=\"location = '/x/script-link?cancel&order=101'\">go</a>",
    "reload": "<form method=post action=/x/reload><button>go</button></form>",
}
_OPENED = {
    "/popup-opened": "<form method=post action=/x/popup></form>"
    "<script>document.forms[0].submit()</script>"
}
_SCRIPTS = {
    f"/{name}.js": f"fetch('/x/{name}', {{method: 'POST'}})" for name in ("worker", "shared-worker")
}
_LEADS = {
    "/lead": (302, "/x/redirect?cancel=22"),
    "/reads": (307, "/x/redirect-of-post"),
}


@contextmanager
def carriers() -> Iterator[tuple[str, Counter[str]]]:
    """Serves the pages: where, and how often each `/x/NAME` was asked for."""
    arrived: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if path.startswith("/x/"):
                arrived[path.removeprefix("/x/")] += 1
            status, to = _LEADS.get(path, (200, ""))
            shown = PAGES.get(path[1:]) or _OPENED.get(path, "ok")
            body = _SCRIPTS.get(path) or f"<!doctype html><body>{shown}"
            self.send_response(status)
            self.send_header("Content-Type", _SCRIPT if path in _SCRIPTS else "text/html")
            if path == "/report":
                self.send_header("Content-Security-Policy", "img-src 'none'; report-uri /x/report")
            if to:
                self.send_header("Location", to)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_PUT = do_GET  # noqa: N815 (as the server asks for them)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", arrived
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
