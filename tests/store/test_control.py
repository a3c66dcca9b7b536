"""The control API, as another process drives it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mock_store.app import create_app
from mock_store.store import Store

TOKEN = {"Authorization": "Bearer T"}


@pytest.fixture
def control() -> Iterator[FlaskClient]:
    store = Store(control_token="T")
    with create_app(store).test_client() as client:
        yield client
    store.close()


def post(control: FlaskClient, path: str, **body: object) -> TestResponse:
    return control.post(f"/_control/{path}", json=body, headers=TOKEN)


def truth(control: FlaskClient, number: str) -> dict[str, object]:
    told: dict[str, object] = control.get(f"/_control/orders/{number}", headers=TOKEN).json or {}
    return told


def test_places_an_order_and_tells_the_truth_about_it(control: FlaskClient) -> None:
    answer = post(control, "orders", items=["Desk lamp", "Anything at all"])

    number = (answer.json or {})["number"]
    assert truth(control, number) == {
        "number": number,
        "state": "ordered",
        "items": [
            {"title": "Desk lamp", "state": "ordered"},
            {"title": "Anything at all", "state": "ordered"},
        ],
        "submits": 0,
        "executions": 0,
    }


@pytest.mark.parametrize("state", ["ordered", "preparing", "shipped", "delivered", "cancelled"])
def test_places_an_order_in_any_state(control: FlaskClient, state: str) -> None:
    number = (post(control, "orders", items=["Desk lamp"], state=state).json or {})["number"]

    assert truth(control, number)["state"] == state


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("orders", {}, "`items` must be a list"),
        ("orders", {"items": []}, "`items` must be a list"),
        ("orders", {"items": "Desk lamp"}, "`items` must be a list"),
        ("orders", {"items": ["x"], "state": "lost"}, "no state is called `lost`"),
        ("orders", {"items": ["x"], "account": "zoe"}, "no account is called `zoe`"),
        ("orders", {"items": ["x"], "stat": "ordered"}, "unknown key `stat`"),
        ("orders", {"items": ["x"], "placed": "soon"}, "`placed` cannot be"),
        ("orders", {"items": ["x"], "prices": ["much"]}, "cannot be placed"),
        ("quirks", {}, "`name` is missing"),
        ("quirks", {"name": "sloww"}, "no quirk is called `sloww`"),
        ("clock", {"now": "noon"}, "`now` cannot be"),
        ("clock", {"advance": "a while"}, "a while"),
    ],
)
def test_what_is_wrong_is_told(
    control: FlaskClient, path: str, body: dict[str, object], told: str
) -> None:
    answer = post(control, path, **body)

    assert answer.status_code == 400
    assert told in (answer.json or {})["error"]


def test_an_unknown_order_is_404(control: FlaskClient) -> None:
    assert control.get("/_control/orders/none", headers=TOKEN).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_nothing_without_the_token(control: FlaskClient, headers: dict[str, str]) -> None:
    answer = control.post("/_control/orders", json={"items": ["x"]}, headers=headers)

    assert answer.status_code == 401


def test_a_page_may_not_drive_it(control: FlaskClient) -> None:
    headers = {**TOKEN, "Origin": "http://127.0.0.1"}

    assert control.post("/_control/reset", headers=headers).status_code == 403


def test_it_is_absent_from_a_store_without_a_token(store: Store) -> None:
    with create_app(store).test_client() as client:
        assert client.post("/_control/reset", headers=TOKEN).status_code == 404


def test_the_clock_moves(control: FlaskClient) -> None:
    now = post(control, "clock", now="2026-11-24T10:00:00+00:00").json or {}
    later = post(control, "clock", advance="2h").json or {}

    assert now["now"].startswith("2026-11-24T10:00")
    assert later["now"].startswith("2026-11-24T12:00")


def test_a_seller_answers_only_who_has_written(control: FlaskClient) -> None:
    number = (post(control, "orders", items=["Stoneware mug"]).json or {})["number"]

    refused = post(control, f"orders/{number}/answer", text="It has left already.")

    assert refused.status_code == 400
    assert "nobody has written to a seller" in (refused.json or {})["error"]


def test_reset_forgets_orders_and_quirks(control: FlaskClient) -> None:
    number = (post(control, "orders", items=["Desk lamp"]).json or {})["number"]
    post(control, "quirks", name="refuses")

    control.post("/_control/reset", headers=TOKEN)

    assert control.get(f"/_control/orders/{number}", headers=TOKEN).status_code == 404
    assert control.get("/_control/quirks", headers=TOKEN).json == []


def test_quirks_are_taken_back(control: FlaskClient) -> None:
    post(control, "quirks", name="error_before")
    assert control.get("/your-orders/orders").status_code == 503

    control.delete("/_control/quirks", headers=TOKEN)

    assert control.get("/your-orders/orders").status_code == 302
