"""The mock store alone, as a browser without eyes sees it: its rules, its answers, its truth."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mock_store.app import create_app
from mock_store.errors import StoreError
from mock_store.lines import Line
from mock_store.rules import Mode, State
from mock_store.store import PlacedOrder, Store

CANCEL = "/progress-tracker/package/preship/cancel-items"
LAMP, CABLE = "Desk lamp", "USB-C cable"
MODES = pytest.mark.parametrize("store", list(Mode), indirect=True, ids=str)


@pytest.fixture
def client(store: Store) -> Iterator[FlaskClient]:
    with create_app(store).test_client() as client:
        yield client


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def sign_in(client: FlaskClient, email: str = "robin@varnholt.test",
            password: str = "lantern-oak-42", back: str = "/") -> str:  # fmt: skip
    page = client.get("/ap/signin", query_string={"return_to": back}).text
    answer = client.post(
        "/ap/signin",
        data={"csrf": field(page, "csrf"), "email": email, "password": password, "return_to": back},
    )
    return answer.headers.get("Location", "")


def filled(client: FlaskClient, order: PlacedOrder, *titles: str) -> dict[str, object]:
    """The form of *order*, with the boxes of these titles ticked."""
    page = client.get(CANCEL, query_string={"orderID": order.number}).text
    rows = re.findall(
        r'name="item" value="([^"]*)".*?class="item-title"[^>]*>([^<]*)<', page, re.DOTALL
    )
    return {
        "csrf": field(page, "csrf"),
        "form_token": field(page, "form_token"),
        "item": [token for token, title in rows if title.strip() in titles],
    }


def send(client: FlaskClient, order: PlacedOrder, form: dict[str, object]) -> tuple[int, str]:
    answer = client.post(
        CANCEL, query_string={"orderID": order.number}, data=form, follow_redirects=True
    )
    kind = re.search(r"data-answer=\"?(\w+)", answer.text)
    return answer.status_code, kind[1] if kind else ""


@MODES
def test_cancels_what_was_ticked(store: Store, client: FlaskClient) -> None:
    order = store.place(LAMP, CABLE)
    sign_in(client)

    answered = send(client, order, filled(client, order, CABLE))

    assert answered == (200, "SUCCESS")
    assert order.states() == {LAMP: State.ORDERED, CABLE: State.CANCELLED}
    assert (order.submits, order.executions) == (1, 1)
    assert [(entry.item, entry.before, entry.after) for entry in store.audit()] == [
        (CABLE, State.ORDERED, State.CANCELLED)
    ]


@pytest.mark.parametrize(
    ("store", "executions"),
    [(Mode.STRICT, 1), (Mode.LENIENT, 1), (Mode.LEGACY, 2)],
    indirect=["store"],
    ids=str,
)
def test_a_form_sent_twice(store: Store, client: FlaskClient, executions: int) -> None:
    order = store.place(LAMP)
    sign_in(client)
    form = filled(client, order, LAMP)

    first, second = send(client, order, form), send(client, order, form)

    assert first == (200, "SUCCESS")
    assert second[0] == 200
    assert (order.submits, order.executions) == (2, executions)


@pytest.mark.parametrize(
    ("store", "state"),
    [
        (Mode.STRICT, State.SHIPPED),
        (Mode.LENIENT, State.CANCELLED),
        (Mode.LEGACY, State.CANCELLED),
    ],
    indirect=["store"],
    ids=str,
)
def test_a_form_that_comes_too_late(store: Store, client: FlaskClient, state: State) -> None:
    order = store.place(LAMP)
    sign_in(client)
    form = filled(client, order, LAMP)

    order.ship()
    send(client, order, form)

    assert order.states() == {LAMP: state}


@pytest.mark.parametrize("spoilt", ["csrf", "form_token"])
def test_a_form_that_the_store_did_not_show_changes_nothing(
    store: Store, client: FlaskClient, spoilt: str
) -> None:
    order = store.place(LAMP)
    sign_in(client)

    status, _ = send(client, order, filled(client, order, LAMP) | {spoilt: "made up"})

    assert status in (403, 409)
    assert order.state == State.ORDERED


def test_another_sites_form_is_refused(store: Store, client: FlaskClient) -> None:
    order = store.place(LAMP)
    sign_in(client)

    answer = client.post(
        CANCEL,
        query_string={"orderID": order.number},
        data=filled(client, order, LAMP),
        headers={"Origin": "https://elsewhere.example"},
    )

    assert answer.status_code == 403
    assert order.submits == 0


def test_nothing_ticked_is_asked_again(store: Store, client: FlaskClient) -> None:
    order = store.place(LAMP)
    sign_in(client)

    status, kind = send(client, order, filled(client, order))

    assert (status, kind, order.submits) == (422, "", 0)


def test_another_accounts_order_is_not_there(store: Store, client: FlaskClient) -> None:
    order = store.place(LAMP, account="sam")
    sign_in(client)

    page = client.get("/your-orders/order-details", query_string={"orderID": order.number})

    assert page.status_code == 404
    assert "Desk lamp" not in page.text


def test_a_shipped_order_offers_nothing_to_cancel(store: Store, client: FlaskClient) -> None:
    order = store.place(LAMP, state=State.SHIPPED)
    sign_in(client)

    page = client.get("/your-orders/order-details", query_string={"orderID": order.number}).text

    assert "cancel-items" not in page


def test_an_item_of_a_shipped_parcel_is_not_on_the_form(store: Store, client: FlaskClient) -> None:
    order = store.place(LAMP, Line(CABLE, shipment=2, state=State.SHIPPED))
    sign_in(client)

    assert len(filled(client, order, LAMP, CABLE)["item"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path", ["/your-orders/orders", "/your-orders/order-details?orderID=x", CANCEL + "?orderID=x"]
)
def test_a_stranger_is_asked_to_sign_in_and_comes_back(client: FlaskClient, path: str) -> None:
    asked = client.get(path)

    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/ap/signin?return_to=")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_signing_in_never_leads_elsewhere(client: FlaskClient, elsewhere: str) -> None:
    assert sign_in(client, back=elsewhere) == "/"


def test_a_wrong_password_is_told_alike_for_known_and_unknown(client: FlaskClient) -> None:
    assert sign_in(client, password="wrong") == ""
    assert sign_in(client, email="nobody@varnholt.test") == ""


def test_a_new_session_begins_with_signing_in(client: FlaskClient) -> None:
    client.get("/ap/signin")
    before = client.get_cookie("varnholt_session")
    sign_in(client)
    after = client.get_cookie("varnholt_session")

    assert before
    assert after
    assert before.value != after.value
    assert after.http_only


def test_every_page_has_its_headers(client: FlaskClient) -> None:
    headers = client.get("/").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_a_foreign_host_name_is_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "shop.example"}).status_code == 400


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_no_page_lacks_a_word(language: str) -> None:
    store = Store(language=language)
    order = store.place(LAMP, Line(CABLE, state=State.SHIPPED, shipment=2))
    with create_app(store).test_client() as client:
        sign_in(client)
        for path in ("/", "/your-orders/orders", f"{CANCEL}?orderID={order.number}",
                     f"/your-orders/order-details?orderID={order.number}", "/none"):  # fmt: skip
            page = client.get(path)
            assert f'lang="{language}"' in page.text
    store.close()


def test_a_long_history_comes_in_pages_and_can_be_searched(
    store: Store, client: FlaskClient
) -> None:
    orders = [store.place(LAMP, placed=store.clock.now() - timedelta(days=n)) for n in range(25)]
    sign_in(client)

    first = client.get("/your-orders/orders").text
    last = client.get("/your-orders/orders?startIndex=20").text
    found = client.get("/your-orders/search", query_string={"search": orders[24].number}).text

    assert orders[0].number in first
    assert orders[24].number not in first
    assert orders[24].number in last
    assert orders[24].number in found


def test_a_database_file_keeps_its_orders(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    first = Store(database=path)
    number = first.place(LAMP).number
    first.close()
    second = Store(database=path)

    assert second.order(number).states() == {LAMP: State.ORDERED}
    second.close()


def test_stores_know_nothing_of_each_other(store: Store) -> None:
    other = Store()
    number = other.place(LAMP).number

    with pytest.raises(StoreError, match="no order"):
        store.order(number)
    other.close()


def test_what_the_clock_has_brought_is_found_by_indexes(store: Store) -> None:
    """It is looked for before each page: else a long history would make every page slow."""
    store.place(LAMP)
    with store.database.session() as session:
        raw = session.connection().connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        asked: list[str] = []
        raw.set_trace_callback(asked.append)
        store.catch_up(session)
        raw.set_trace_callback(None)
        (looked,) = [said for said in asked if said.startswith("SELECT")]
        plan = [step[3] for step in raw.execute(f"EXPLAIN QUERY PLAN {looked}")]

    assert not [step for step in plan if step.startswith("SCAN")], plan
