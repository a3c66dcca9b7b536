"""What the scripts of a boutique's pages send to it, over HTTP, and that it is counted."""

from __future__ import annotations

import re
import socket
from functools import partial
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from shop_visits import ShopVisit, Visit
from waiting import until

from mock_store.boutique.app import create_boutique
from mock_store.boutique.shapes import Shapes
from mock_store.quirks import Quirk
from mock_store.received import WEB_SOCKET, Received
from mock_store.rules import State
from mock_store.server import serve
from mock_store.store import Store

MUG = "Stoneware mug"
ORDER = "/account/orders/22"


def test_requests_are_counted_by_method_and_path() -> None:
    received = Received()

    for method, path in (
        ("GET", "/"),
        ("POST", "/consent"),
        ("POST", "/consent"),
        ("GET", "/static/boutique.js"),
        ("POST", "/_control/reset"),
        ("WS", "/live"),
    ):
        received.note(method, path)

    assert received.counts() == {("GET", "/"): 1, ("POST", "/consent"): 2, ("WS", "/live"): 1}
    assert received.changing() == {("POST", "/consent"): 2, ("WS", "/live"): 1}
    assert (received.count("POST", "/consent"), received.count("POST", "/left")) == (2, 0)


def test_a_store_counts_what_it_receives_and_forgets_it_when_it_is_reset(visit: Visit) -> None:
    shop = visit()
    shop.place(MUG)
    shop.page(f"{ORDER}?said=nothing")
    told = shop.client.get("/_control/received", headers={"Authorization": "Bearer T"})

    assert told.json == [{"method": "GET", "path": ORDER, "count": 1}]
    assert shop.store.received.count("GET", ORDER) == 1

    shop.store.reset()

    assert shop.store.received.counts() == {}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statistics", 204),
        ("/consent", 204),
        ("/left", 204),
        ("/cart/fragments", 200),
        ("/account/orders/search", 200),
    ],
)
def test_what_pages_send_by_themselves_changes_no_order(
    visit: Visit, path: str, status: int
) -> None:
    shop = visit("traffic=all", "list=search")
    order = shop.place(MUG)

    answer = shop.client.post(path, data="page=/")

    assert answer.status_code == status
    assert (order.state, order.submits) == (State.ORDERED, 0)
    assert shop.store.received.changing() == {("POST", path): 1}


def test_each_message_by_a_web_socket_is_counted() -> None:
    store = Store()
    made = partial(create_boutique, shapes=Shapes().with_("traffic=socket"))
    with serve(store, make=made) as url:
        where = urlsplit(url)
        with socket.create_connection((where.hostname, where.port or 0), timeout=20) as client:
            client.sendall(
                b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            )
            answer = client.recv(1024)
            # Two texts, "a" and "b", masked with zeros, and in three pieces.
            for piece in (b"\x81\x81\0\0", b"\0\0a\x81", b"\x81\0\0\0\0b"):
                client.sendall(piece)
            until(lambda: store.received.count(WEB_SOCKET, "/live") == 2)
    store.close()

    assert b"101 Switching Protocols" in answer
    # The example of RFC 6455, section 1.3.
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in answer
    assert store.received.counts() == {("GET", "/live"): 1, (WEB_SOCKET, "/live"): 2}


def test_a_plain_request_opens_no_web_socket(visit: Visit) -> None:
    assert visit("traffic=socket").get("/live").status_code == 400


@pytest.mark.parametrize("traffic", ["none", "beacon"])
def test_only_the_shape_has_its_script(visit: Visit, traffic: str) -> None:
    page = visit(f"traffic={traffic}").page("/")

    assert ('data-traffic="beacon"' in page) is (traffic == "beacon")
    assert ("/static/traffic.js" in page) is (traffic == "beacon")


def test_a_list_may_be_asked_for_by_a_post(visit: Visit) -> None:
    shop = visit("list=search")
    shop.place(MUG)
    assert 'class="number"' not in shop.page("/account/orders")

    listed = shop.client.post("/account/orders/search?page=1")

    assert '<td class="number">22</td>' in listed.text


def ask(client: FlaskClient, operation: str, **variables: str) -> dict[str, dict[str, str]]:
    body = {"operationName": operation, "variables": {"number": "22", **variables}}
    answer = client.post("/graphql", json=body)
    assert answer.status_code == 200, answer.status
    data: dict[str, dict[str, str]] = (answer.json or {})["data"]
    return data


def fields_of(shop: ShopVisit, path: str = ORDER) -> dict[str, str]:
    found = re.findall(
        r'<input type="hidden" name="(csrf|token)" value="([^"]*)">', shop.page(path)
    )
    return dict(found)


def test_one_address_reads_and_cancels(visit: Visit) -> None:
    shop = visit("confirm=graphql")
    order = shop.place(MUG)
    assert ask(shop.client, "order") == {"order": {"number": "22", "state": "Received"}}
    assert (order.state, order.submits) == (State.ORDERED, 0)

    answer = ask(shop.client, "cancelOrder", **fields_of(shop))

    assert (order.state, order.submits) == (State.CANCELLED, 1)
    assert "Order 22 has been cancelled." in shop.shown(answer["cancelOrder"]["url"])
    assert ask(shop.client, "order") == {"order": {"number": "22", "state": "Cancelled"}}


@pytest.mark.parametrize(
    ("shape", "operation", "status"),
    [
        ("confirm=graphql", "deleteAccount", 400),
        ("confirm=graphql", "cancelOrder", 403),
        ("confirm=script", "cancelOrder", 404),
    ],
)
def test_another_operation_or_one_without_its_form_does_nothing(
    visit: Visit, shape: str, operation: str, status: int
) -> None:
    shop = visit(shape)
    order = shop.place(MUG)

    answer = shop.client.post(
        "/graphql", json={"operationName": operation, "variables": {"number": "22"}}
    )

    assert answer.status_code == status
    assert (order.state, order.submits) == (State.ORDERED, 0)


def test_a_task_page_reloads_until_the_order_is_cancelled(visit: Visit) -> None:
    shop = visit("confirm=task")
    order = shop.place(MUG)

    waits = shop.send(f"{ORDER}/cancel", f"{ORDER}/cancel").location

    assert (order.state, order.submits) == (State.ORDERED, 1)
    assert "data-reloads" in shop.page(waits)
    until(lambda: shop.get(waits).status_code == 303)
    assert "Order 22 has been cancelled." in shop.shown(shop.get(waits).location)
    assert (order.state, order.submits, order.executions) == (State.CANCELLED, 1, 1)


def test_a_task_may_end_in_a_refusal(visit: Visit) -> None:
    shop = visit("confirm=task")
    order = shop.place(MUG)
    shop.store.quirks.add(Quirk.REFUSES)

    waits = shop.send(f"{ORDER}/cancel", f"{ORDER}/cancel").location

    until(lambda: shop.get(waits).status_code == 303)
    assert "Order 22 cannot be cancelled any more." in shop.shown(shop.get(waits).location)
    assert (order.state, order.submits) == (State.ORDERED, 1)


def test_a_form_sent_twice_is_one_task_that_is_carried_out(visit: Visit) -> None:
    shop = visit("confirm=task")
    order = shop.place(MUG)
    fields = fields_of(shop, f"{ORDER}/cancel")

    pages = [shop.client.post(f"{ORDER}/cancel", data=fields).location for _ in range(2)]

    for page in pages:
        until(lambda page=page: shop.get(page).status_code == 303)
    assert (order.state, order.submits, order.executions) == (State.CANCELLED, 2, 1)
    assert shop.get(f"{ORDER}/cancel/task/unknown").status_code == 404
