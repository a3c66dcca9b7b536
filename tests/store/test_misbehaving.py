"""Asking for quirks: where, how often, in which words; and what the store does by itself then."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from mock_store.app import create_app
from mock_store.errors import StoreError
from mock_store.lines import Line
from mock_store.quirks import Place, Quirk
from mock_store.rules import State
from mock_store.scenario import furnish
from mock_store.store import LAYOUTS, Store
from mock_store.wishes import Quirks

ROOT = Path(__file__).parents[2]
ACCOUNTS = ("robin", "sam")
TOKEN = {"Authorization": "Bearer T"}
LAMP = "Desk lamp"


@pytest.fixture
def quirks() -> Quirks:
    return Quirks(ACCOUNTS)


@pytest.fixture
def client(store: Store) -> Iterator[FlaskClient]:
    with create_app(store).test_client() as client:
        yield client


def csrf(page: str) -> str:
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def sign_in(client: FlaskClient) -> None:
    given = {"email": "robin@varnholt.test", "password": "lantern-oak-42"}
    client.post("/ap/signin", data={"csrf": csrf(client.get("/ap/signin").text), **given})


def test_happens_everywhere_and_always_unless_it_is_said_otherwise(quirks: Quirks) -> None:
    quirks.add("refuses")

    assert all(quirks.happens(Quirk.REFUSES, order=n, account="sam") for n in ("1", "2", None))
    assert not quirks.happens(Quirk.PARTLY, order="1", account="sam")


def test_happens_for_one_order_so_many_times(quirks: Quirks) -> None:
    quirks.add("refuses", order="1", times=2)

    assert not quirks.happens(Quirk.REFUSES, order="2")
    assert [quirks.happens(Quirk.REFUSES, order="1") for _ in range(3)] == [True, True, False]
    assert quirks.standing() == []


def test_happens_for_one_account(quirks: Quirks) -> None:
    quirks.add("refuses", account="sam")

    assert quirks.happens(Quirk.REFUSES, order="1", account="sam")
    assert not quirks.happens(Quirk.REFUSES, order="1", account="robin")


def test_a_place_that_is_not_said_is_any_and_a_manner_is_the_first(quirks: Quirks) -> None:
    quirks.add("session_expires", times=1)
    quirks.add("says_nothing", times=1)

    assert not quirks.happens(Quirk.SAYS_NOTHING, how="not_done")
    assert quirks.happens(Quirk.SAYS_NOTHING, how="done")
    assert quirks.happens(Quirk.SESSION_EXPIRES, how=Place.SUBMIT)


def test_what_was_answered_happens_again_only_as_often_as_was_said(quirks: Quirks) -> None:
    quirks.add("captcha")
    assert quirks.met(Quirk.CAPTCHA, answered=True) is None

    quirks.add("captcha", times=1)
    assert quirks.met(Quirk.CAPTCHA, answered=True) is not None


def test_seconds_are_as_the_table_says_unless_they_are_given(quirks: Quirks) -> None:
    quirks.add("slow_commit", times=20)
    drawn = [quirks.met(Quirk.SLOW_COMMIT) for _ in range(20)]
    quirks.add("slow_commit", seconds=0.5)
    given = quirks.met(Quirk.SLOW_COMMIT)

    assert all(met and 8 <= met.seconds <= 10 for met in drawn)
    assert given
    assert given.seconds == 0.5


def test_a_seed_draws_the_same_moments_again() -> None:
    def moments(seed: int) -> list[float]:
        quirks = Quirks(ACCOUNTS, seed=seed)
        quirks.add("popup")
        return [met.seconds for _ in range(5) if (met := quirks.met(Quirk.POPUP))]

    assert moments(7) == moments(7)
    assert moments(7) != moments(8)
    assert all(0 <= moment <= 0.8 for moment in moments(7))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("slow", {"name": "slow"}),
        ("session_expires=order", {"name": "session_expires", "how": "order"}),
        ("refuses:112-4419326-1180247", {"name": "refuses", "order": "112-4419326-1180247"}),
        ("refuses@sam", {"name": "refuses", "account": "sam"}),
        ("captcha*2", {"name": "captcha", "times": 2}),
        (
            "pending=refused:1@robin*3",
            {"name": "pending", "how": "refused", "order": "1", "account": "robin", "times": 3},
        ),
    ],
)
def test_is_written_in_one_word(quirks: Quirks, written: str, asked: dict[str, Any]) -> None:
    quirks.ask(written)

    assert [wish.as_told() for wish in quirks.standing()] == [asked]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("sloww", "no quirk is called `sloww`"),
        ("session_expires=noon", "`session_expires` is never `noon`"),
        ("slow=fast", "`slow` is never `fast`"),
        ("slow@zoe", "no account is called `zoe`"),
        ("slow*0", "`slow` cannot happen 0 times"),
        ("slow*often", "`slow*often` cannot be read as a quirk"),
        ("", "`` cannot be read as a quirk"),
    ],
)
def test_what_is_wrong_is_told(quirks: Quirks, written: str, told: str) -> None:
    with pytest.raises(StoreError) as problem:
        quirks.ask(written)

    assert problem.value.message == told
    assert problem.value.hint


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"name": "refuses", "seconds": 3}, "`refuses` cannot take 3 seconds"),
        ({"name": "slow", "seconds": -1}, "`slow` cannot take -1 seconds"),
        ({"name": "slow", "times": "2"}, "`times` must be a number of times, not `2`"),
        ({"name": "slow", "times": True}, "`times` must be a number of times, not `True`"),
        ({"name": "slow", "order": 7}, "`order` must be a text, not `7`"),
        ({"name": "slow", "wenn": 1}, "a quirk is told by account, how, name, order, seconds,"),
        (["slow"], "a quirk is told by"),
        ({}, "`name` is missing"),
    ],
)
def test_what_is_told_wrong_is_said(quirks: Quirks, told: object, said: str) -> None:
    with pytest.raises(StoreError) as problem:
        quirks.add_told(told)

    assert problem.value.message.startswith(said)


def test_a_scenario_asks_in_a_word_or_in_full(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(
        "orders: [{items: [Desk lamp], number: 112-0000001-0000001}]\n"
        "quirks: [same_titles, slow@sam*2, {name: pending, how: refused, seconds: 9}]\n"
    )
    store = Store()

    furnish(store, str(path))

    assert [wish.as_told() for wish in store.quirks.standing()] == [
        {"name": "same_titles"},
        {"name": "slow", "account": "sam", "times": 2},
        {"name": "pending", "how": "refused", "seconds": 9},
    ]
    titles = [title for title, _ in store.order("112-0000001-0000001").lines()]
    assert titles == [LAMP, LAMP, f"{LAMP} (2 m)"]
    store.close()


def test_the_control_api_asks_and_lists_and_takes_back() -> None:
    store = Store(control_token="T")
    with create_app(store).test_client() as client:
        asked = {"name": "encrypted_cards", "how": "never", "account": "sam", "times": 1}
        client.post("/_control/quirks", json=asked, headers=TOKEN)
        listed = client.get("/_control/quirks", headers=TOKEN).json
        client.delete("/_control/quirks", headers=TOKEN)
        after = client.get("/_control/quirks", headers=TOKEN).json
        wrong = client.post("/_control/quirks", json={"name": "slow", "how": "x"}, headers=TOKEN)

    assert (listed, after) == ([asked], [])
    assert wrong.status_code == 400
    assert wrong.json == {"error": "`slow` is never `x`", "hint": "it is asked for as it is"}
    store.close()


def test_the_command_line_asks() -> None:
    served = subprocess.Popen(
        [sys.executable, "-m", "mock_store", "--port", "0", "--json", "--control-token", "T",
         "--scenario", "empty", "--quirk", "error_before=500*1", "--quirk", "refuses:7@sam"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert served.stdout
        url = json.loads(served.stdout.readline())["url"]
        request = urllib.request.Request(f"{url}/_control/quirks", headers=TOKEN)
        with urllib.request.urlopen(request) as answer:
            standing = json.load(answer)
    finally:
        served.send_signal(signal.SIGTERM)
        served.communicate(timeout=60)

    assert standing == [
        {"name": "error_before", "how": "500", "times": 1},
        {"name": "refuses", "order": "7", "account": "sam"},
    ]


def test_the_command_line_lists_each_with_a_sentence() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "mock_store", "--quirks"], capture_output=True, text=True, check=True
    ).stdout.splitlines()

    told = {line.split()[0]: line.split(maxsplit=1)[1] for line in listed[: len(Quirk)]}
    assert list(told) == [quirk.value for quirk in Quirk]
    for quirk in Quirk:
        assert told[quirk.value].startswith(quirk.nature.sentence)
        assert all(f"={how}" in told[quirk.value] for how in quirk.hows)


def test_the_documentation_has_the_same_table() -> None:
    written = (ROOT / "docs/practice-store.md").read_text().splitlines()
    rows = [line.split(" | ")[:3] for line in written if line.startswith("| `")]
    table = {row[0].strip("| `"): row[1:] for row in rows}

    for quirk in Quirk:
        hows = ", ".join(f"`{how}`" for how in quirk.hows)
        assert table[quirk.value] == [hows, quirk.nature.sentence]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_hidden_texts_are_in_every_page(store: Store, client: FlaskClient) -> None:
    order = store.place(LAMP)
    sign_in(client)

    for path in ("/", "/your-orders/orders", f"/your-orders/order-details?orderID={order.number}"):
        page = client.get(path).text
        assert "Test: .js-order-card" in page
        assert 'data-component="cancelled"></div>' in page
        assert "There&#39;s a problem displaying" in page


@pytest.mark.parametrize("layout", ["documented", "current"])
def test_the_search_box_names_noise_cancelling(client: FlaskClient) -> None:
    assert "Noise Cancelling Headphones" in client.get("/").text


def test_a_form_opened_by_its_address_bounces_and_its_link_works(
    store: Store, client: FlaskClient
) -> None:
    order = store.place(LAMP)
    store.quirks.add("bounces_direct_url")
    sign_in(client)
    form = f"/progress-tracker/package/preship/cancel-items?orderID={order.number}"
    page = f"http://localhost/your-orders/order-details?orderID={order.number}"

    assert client.get(form).headers["Location"] == "/your-orders/orders"
    assert client.get(form, headers={"Referer": page}).status_code == 200
    assert (
        client.get(form, headers={"Referer": "http://elsewhere/your-orders/x"}).status_code == 302
    )


@pytest.mark.parametrize("kind", ["captcha", "asks_code", "passkey", "continue_shopping", "wall"])
@pytest.mark.parametrize("right", [True, False])
def test_a_person_passes_a_challenge_once(
    store: Store, client: FlaskClient, kind: str, *, right: bool
) -> None:
    store.quirks.add(kind)
    sign_in(client)
    page = client.get("/your-orders/orders").text
    back = {"csrf": csrf(page), "return_to": "/your-orders/orders"}

    match kind:
        case "captcha":
            typed = {"field-keywords": "kelp7" if right else "foam2"}
            client.get("/errors/validateCaptcha", query_string=back | typed)
        case "continue_shopping":
            if right:
                client.get("/errors/validateCaptcha", query_string=back)
        case "asks_code":
            client.post("/ap/mfa", data=back | {"otpCode": "314159" if right else "271828"})
        case _:
            where = {"passkey": "/ap/passkey", "wall": "/ap/robot"}[kind]
            client.post(where, data=back if right else {"return_to": "/"})

    after = client.get("/your-orders/orders").text
    assert ('id="your-orders"' in after) is right


def test_nobody_goes_on_as_another_account_without_being_asked(
    store: Store, client: FlaskClient
) -> None:
    order = store.place(LAMP, account="sam")
    sign_in(client)
    page = client.get("/your-orders/orders").text

    client.post("/ap/switch", data={"csrf": csrf(page), "choice": "remembered"})

    assert order.number not in client.get("/your-orders/orders").text


def test_an_order_scoped_quirk_leaves_other_orders_alone(store: Store, client: FlaskClient) -> None:
    one, other = store.place(LAMP), store.place(Line(LAMP, state=State.SHIPPED))
    store.quirks.add("error_before", order=one.number)
    sign_in(client)
    details = "/your-orders/order-details?orderID="

    assert client.get(details + one.number).status_code == 503
    assert client.get(details + other.number).status_code == 200
    assert client.get("/your-orders/orders").status_code == 200
