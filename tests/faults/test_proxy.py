"""The proxy passes on what it is given, and breaks exactly what it is told to."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator

import pytest

from faults.proxy import Act, Proxy, Rule, proxied

PATH = "/ap/signin"


@pytest.fixture
def proxy(address: str) -> Iterator[Proxy]:
    with proxied(address) as between:
        yield between


@pytest.fixture
def visitor(proxy: Proxy) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(proxy.url.removeprefix("http://"), timeout=20)
    yield connection
    connection.close()


def test_one_connection_serves_many_requests(
    proxy: Proxy, visitor: http.client.HTTPConnection
) -> None:
    sockets = set()
    for _ in range(3):
        visitor.request("GET", PATH)
        answer = visitor.getresponse()
        assert answer.status == 200
        assert b"</html>" in answer.read()
        sockets.add(visitor.sock)

    assert len(sockets) == 1
    assert proxy.counts()["GET", PATH] == 3


@pytest.mark.parametrize(
    ("act", "when", "received"),
    [
        (Act.DROP, "before", 0),
        (Act.DROP, "after", 1),
        (Act.RESET, "before", 0),
        (Act.RESET, "after", 1),
        (Act.TRUNCATE, "after", 1),
    ],
)
def test_the_nth_request_is_broken(
    proxy: Proxy, visitor: http.client.HTTPConnection, act: Act, when: str, received: int
) -> None:
    proxy.rules.append(Rule(act, when, method="GET", path=PATH, nth=2))

    visitor.request("GET", PATH)
    assert visitor.getresponse().read()
    visitor.request("GET", PATH)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        visitor.getresponse().read()
    visitor.close()
    visitor.request("GET", PATH)
    assert visitor.getresponse().read()

    assert [(one.received, one.answered) for one in proxy.seen] == [
        (1, True),
        (received, False),
        (1, True),
    ]
    assert [one.rule for one in proxy.seen] == ["", f"{act.value} {when}", ""]


@pytest.mark.parametrize(("when", "status", "received"), [("before", 503, 0), ("after", 500, 1)])
def test_an_error_takes_the_place_of_an_answer(
    proxy: Proxy, visitor: http.client.HTTPConnection, when: str, status: int, received: int
) -> None:
    proxy.rules.append(Rule(Act.ERROR, when, method="GET", path=PATH))

    visitor.request("GET", PATH)

    assert visitor.getresponse().status == status
    assert [one.received for one in proxy.seen] == [received]


def test_a_duplicate_is_received_twice_and_answered_once(
    proxy: Proxy, visitor: http.client.HTTPConnection
) -> None:
    proxy.rules.append(Rule(Act.DUPLICATE, "before", path=PATH))

    visitor.request("POST", PATH, "email=a&password=b",
                    {"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
    visitor.getresponse().read()
    visitor.request("GET", PATH)

    assert b"</html>" in visitor.getresponse().read()
    assert [one.received for one in proxy.posts(PATH)] == [1, 1]


def test_a_delay_ends(proxy: Proxy, visitor: http.client.HTTPConnection) -> None:
    proxy.rules.append(Rule(Act.DELAY, "before", method="GET", path=PATH, seconds=0.2))

    begun = time.monotonic()
    visitor.request("GET", PATH)

    assert visitor.getresponse().status == 200
    assert time.monotonic() - begun >= 0.2
