"""Notices and pings: what they say, to whom, and that they hold nothing up."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from plans import NOW, ROBIN, planned

from automation.jobs import notify, ping
from automation.jobs.book import Notice
from automation.jobs.notify import by_apprise, message_for, send_all
from automation.jobs.ping import Ping
from automation.jobs.plan import Held
from automation.jobs.results import Result, Summary
from automation.outcome import Outcome
from automation.run.accounts import FromEnvironment, Written


def summary(*outcomes: Outcome, held: bool = False) -> Summary:
    results = tuple(
        Result(planned(n), outcome, "as it was read", outcome.exit_code)
        for n, outcome in enumerate(outcomes, 1)
    )
    holds = (Held(ROBIN, 5, "the store asks for a captcha", ROBIN.sign_in),) if held else ()
    return Summary("p1", "nightly", True, NOW, NOW, results, holds)


def notice(*of: str, orders: bool = False, to: str = "json://127.0.0.1") -> Notice:
    return Notice(Written(to), of or ("trouble",), orders)


@dataclass
class Heard:
    """What an endpoint on this machine was told."""

    url: str
    calls: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def listening(status: int = 200, *, silent: threading.Event | None = None) -> Iterator[Heard]:
    """An endpoint that answers so, or not before *silent* is set."""
    heard = Heard("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            heard.calls.append((self.path, body))
            if silent is not None:
                silent.wait(30)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    heard.url = f"http://127.0.0.1:{server.server_port}"
    yield heard
    if silent is not None:
        silent.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("of", "outcomes", "told"),
    [
        (("trouble",), [Outcome.CANCELLED], False),
        (("trouble",), [Outcome.CANCELLED, Outcome.REQUESTED], False),
        (("trouble",), [Outcome.CANCELLED, Outcome.GUARDED], True),
        (("needs_person",), [Outcome.GUARDED], False),
        (("needs_person",), [Outcome.NEEDS_PERSON], True),
        (("cancelled", "unknown"), [Outcome.CANCELLED], True),
        (("everything",), [], True),
        (("held",), [Outcome.CANCELLED], False),
    ],
)
def test_who_is_told_of_what_is_data(
    of: tuple[str, ...], outcomes: list[Outcome], *, told: bool
) -> None:
    assert (message_for(notice(*of), summary(*outcomes)) is not None) is told


def test_a_message_names_no_order_and_nobody() -> None:
    message = message_for(notice("everything"), summary(Outcome.CANCELLED, Outcome.GUARDED,
                                                        held=True))  # fmt: skip

    assert message is not None
    assert message.text == "1 cancelled, 1 guarded, 1 held\np1, exit 5"
    assert "robin" not in message.title + message.text


def test_a_message_may_be_told_to_name_orders() -> None:
    message = message_for(notice(orders=True), summary(Outcome.CANCELLED, Outcome.GUARDED,
                                                       held=True))  # fmt: skip

    assert message is not None
    assert "112-0000000-0000002 (robin at mock): guarded: as it was read" in message.text
    assert "112-0000000-0000001" not in message.text  # nothing has to be done about it
    assert "unorder sign-in --store mock --account robin" in message.text


def test_what_goes_wrong_there_fails_nothing() -> None:
    def post(address: str, _title: str, _text: str) -> None:
        if address == "bad":
            raise RuntimeError("tgram://secret-token")

    notices = (notice(to="bad"), Notice(FromEnvironment("UNORDER_NOT_SET")), notice(to="good"))

    problems = send_all(notices, summary(Outcome.GUARDED), post)

    assert sorted(problems) == [
        "the notice 1 was not sent: RuntimeError",
        "the notice 2 was not sent: the environment variable `UNORDER_NOT_SET` is not set",
    ]


def test_one_that_hangs_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "PATIENCE", 0.2)
    forever, sent = threading.Event(), []

    def post(address: str, _title: str, _text: str) -> None:
        if address == "hangs":
            forever.wait(30)
        sent.append(address)

    problems = send_all((notice(to="hangs"), notice(to="good")), summary(Outcome.GUARDED), post)

    assert sent == ["good"]
    assert problems == ["the notice 1 was not sent within 0.2 s"]
    forever.set()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Apprise's own
def test_apprise_sends_it() -> None:
    with listening() as heard:
        address = heard.url.replace("http://", "json://")
        problems = send_all((notice(to=address),), summary(Outcome.UNKNOWN), by_apprise)

    assert problems == []
    (told,) = heard.calls
    assert json.loads(told[1])["message"] == "1 unknown\np1, exit 6"


def test_without_apprise_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)

    problems = send_all((notice(),), summary(Outcome.UNKNOWN), by_apprise)

    assert problems == [
        "the notice 1 was not sent: Apprise is not installed: pip install 'unorder[notify]'"
    ]


@pytest.mark.parametrize(("code", "path"), [(0, "/id"), (8, "/id"), (5, "/id/5"), (143, "/id/143")])
def test_a_ping_tells_start_success_and_failure(code: int, path: str) -> None:
    with listening() as heard:
        one = Ping(Written(f"{heard.url}/id"))
        one.begins()
        one.ends(code, "3 cancelled")

    assert one.problem is None
    assert sorted(heard.calls) == sorted([("/id/start", ""), (path, "3 cancelled")])


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:1/id", "the ping failed: URLError"),
        ("ftp://127.0.0.1/id", "the ping's address is not one of the web"),
    ],
)
def test_a_ping_that_fails_fails_nothing(address: str, said: str) -> None:
    one = Ping(Written(address))
    one.begins()
    one.ends(0, "")

    assert one.problem == said


def test_a_ping_that_is_refused_is_told() -> None:
    with listening(404) as heard:
        one = Ping(Written(heard.url))
        one.ends(0, "")

    assert one.problem == "the ping failed: HTTPError"


def test_a_ping_that_hangs_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ping, "PATIENCE", 0.2)
    silent = threading.Event()
    with listening(silent=silent) as heard:
        one = Ping(Written(heard.url))
        one.begins()
        one.ends(0, "")

        assert one.problem is not None


def test_no_ping_is_sent_where_none_is_wanted() -> None:
    one = Ping(None)
    one.begins()
    one.ends(0, "")

    assert one.problem is None


def test_a_rehearsal_says_so() -> None:
    told = message_for(notice("everything"), replace(summary(), commit=False))

    assert told is not None
    assert told.title == "unorder: nightly (rehearsal)"
