"""The store against OWASP ASVS 5.0: one test for each item that binds a store on one machine.

What does not bind, and why, stands in docs/practice-store.md.
"""

from __future__ import annotations

import re
import threading
import urllib.request
from collections.abc import Callable
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from test_store import CANCEL, field, filled, send, sign_in
from werkzeug.test import TestResponse

from mock_store import server
from mock_store.app import applications, create_app
from mock_store.lines import Line
from mock_store.rules import Mode, Plan, State
from mock_store.server import Serving, serve
from mock_store.store import LAYOUTS, PlacedOrder, Store
from mock_store.subscribing import MEMBERSHIP, PlacedSubscription, subscribe

LAMP, CABLE = "Desk lamp", "USB-C cable"
EVERY_LAYOUT = pytest.mark.parametrize("layout", LAYOUTS)
EVERY_MODE = pytest.mark.parametrize("store", list(Mode), indirect=True, ids=str)


@pytest.fixture
def app(store: Store) -> Flask:
    return create_app(store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    # Not in a `with`: Flask would then keep who is looking from one request to the next.
    return app.test_client()


@pytest.fixture
def order(store: Store) -> PlacedOrder:
    return store.place(LAMP, Line(CABLE, seller="Brightwell Pottery"))


@pytest.fixture
def membership(store: Store) -> PlacedSubscription:
    return subscribe(store, MEMBERSHIP)


def addresses(order: PlacedOrder, membership: PlacedSubscription) -> list[str]:
    """Every page that there is, with something to show on it."""
    number = f"orderID={order.number}"
    return [
        "/", "/me", "/ap/signin", "/your-orders/orders", f"/your-orders/search?search={LAMP}",
        f"/your-orders/order-details?{number}", f"{CANCEL}?{number}",
        f"/progress-tracker/package/preship/cancel-summary?{number}&cancelGuid=x",
        f"/ask/request-cancellation?{number}&seller=Brightwell+Pottery",
        f"/ask/contact-seller?{number}&seller=Brightwell+Pottery", f"/ask/returns/cart?{number}",
        f"/asked/returns/cart/sent?{number}", "/yourmembershipsandsubscriptions",
        *(f"/subscriptions/{place}?id={membership.token}"
          for place in ("manage", "main", "offers", "last", "ended")),
        "/none", "/errors/validateCaptcha",
    ]  # fmt: skip


class Markup(HTMLParser):
    """Notes what a policy would forbid, and what a reader would see."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.seen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (tag == "script" and "src" not in given) or tag in ("style", "iframe", "object", "base"):
            self.forbidden.append(tag)
        self.forbidden += [name for name in given if name == "style" or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.seen += data


def marked(answer: TestResponse) -> Markup:
    markup = Markup()
    markup.feed(answer.text)
    return markup


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that the store knows, except who is looking and which forms it has shown."""
    with store.database.session() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        return {
            name: [tuple(row) for row in session.execute(text(f"SELECT * FROM {name}"))]  # noqa: S608
            for name in tables
            if name not in ("visitors", "forms")
        }


@EVERY_MODE
@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "items", [["../../x"], ["' OR 1=1 --"], ["0"], ["x" * 10_000], ["\0"], ["%s", "{}"]]
)
def test_2_2_1_what_is_sent_is_checked_against_what_there_is(
    client: FlaskClient, order: PlacedOrder, items: list[str]
) -> None:
    sign_in(client)

    status, _ = send(client, order, {**filled(client, order), "item": items})

    assert status < 500
    assert set(order.states().values()) == {State.ORDERED}


@EVERY_MODE
def test_2_2_2_it_is_the_server_that_checks(store: Store, client: FlaskClient) -> None:
    """The tokens of somebody else's items, in one's own form: no script stands in the way."""
    own, others = store.place(LAMP), store.place(CABLE, account="sam")
    sign_in(client, "sam@varnholt.test", "harbour-fern-17")
    theirs = filled(client, others, CABLE)["item"]
    sign_in(client)

    send(client, own, {**filled(client, own), "item": theirs})
    send(client, others, {**filled(client, own, LAMP), "item": theirs})

    assert own.states() == {LAMP: State.ORDERED}
    assert others.states() == {CABLE: State.ORDERED}


@pytest.mark.parametrize("store", [Mode.STRICT, Mode.LENIENT], indirect=True, ids=str)
def test_2_3_1_a_form_is_sent_only_after_it_was_shown(
    store: Store, client: FlaskClient, order: PlacedOrder
) -> None:
    other = store.place(LAMP)
    sign_in(client)
    form = filled(client, order, LAMP)

    never_shown = send(client, order, {**form, "form_token": ""})[0]
    of_another = send(client, order, {**form, "form_token": filled(client, other)["form_token"]})[0]

    assert (never_shown, of_another) == (409, 409)
    assert order.executions == 0


@EVERY_LAYOUT
def test_2_3_1_a_membership_ends_only_after_its_pages(
    client: FlaskClient, membership: PlacedSubscription, layout: str
) -> None:
    sign_in(client)
    about = {"id": membership.token}
    csrf = field(client.get("/ap/signin").text, "csrf")
    form = {"csrf": csrf, "when": "now"}

    for place in ("main", "last"):
        answer = client.post(f"/subscriptions/{place}", query_string=about, data=form)
        assert answer.status_code == 403
    skipped = client.get("/subscriptions/last", query_string=about)
    ahead = client.get("/subscriptions/offers", query_string={**about, "page": 3})

    assert "/subscriptions/offers" in skipped.headers["Location"]
    assert layout != "documented" or "/subscriptions/offers" in ahead.headers["Location"]
    assert membership.plan is Plan.RENEWING
    page = client.get("/subscriptions/offers", query_string=about).text
    while "subscriptions/offers" in page:
        further = re.search(r'href="([^"]*/subscriptions/offers[^"]*page=[^"]*)"', page)
        assert further
        page = client.get(further[1].replace("&amp;", "&"), follow_redirects=True).text
    client.post("/subscriptions/last", query_string=about, data=form)
    assert membership.plan is Plan.ENDED


def test_2_3_1_no_answer_is_shown_to_what_was_not_asked(
    client: FlaskClient, order: PlacedOrder
) -> None:
    sign_in(client)

    answer = client.get(f"/asked/contact-seller/sent?orderID={order.number}")

    assert answer.status_code == 404


def test_2_3_3_a_cancellation_is_whole_or_not_at_all(
    store: Store, client: FlaskClient, order: PlacedOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    form = filled(client, order, LAMP, CABLE)
    change, changed = store.change, []

    def fails_at_the_second(*given: object) -> None:
        changed.append(given)
        if len(changed) == 2:
            raise OSError("the disk is full")
        change(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "change", fails_at_the_second)

    status, _ = send(client, order, form)

    assert status == 500
    assert order.states() == {LAMP: State.ORDERED, CABLE: State.ORDERED}
    assert not store.audit()


class Shopper:
    """A browser of its own, in a thread of its own, against the store's real server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self._opener.open(self._url + path) as answer:
            page: str = answer.read().decode()
            return page

    def post(self, path: str, form: dict[str, object]) -> str:
        data = urlencode(form, doseq=True).encode()
        with self._opener.open(self._url + path, data) as answer:
            page: str = answer.read().decode()
            return page


@EVERY_MODE
def test_2_3_4_of_many_at_once_one_is_carried_out(store: Store) -> None:
    """Eight browsers have the form of one order open, and send it at the same moment."""
    order, path = store.place(LAMP), ""
    with serve(store) as url:
        shoppers = [Shopper(url) for _ in range(8)]
        forms: list[dict[str, object]] = []
        for shopper in shoppers:
            page = shopper.get("/ap/signin")
            shopper.post("/ap/signin", {"csrf": field(page, "csrf"), "return_to": "/",
                                        "email": "robin@varnholt.test",
                                        "password": "lantern-oak-42"})  # fmt: skip
            path = f"{CANCEL}?orderID={order.number}"
            page = shopper.get(path)
            forms.append({name: field(page, name) for name in ("csrf", "form_token", "item")})
        together = threading.Barrier(len(shoppers))

        def press(shopper: Shopper, form: dict[str, object]) -> None:
            together.wait()
            shopper.post(path, form)

        threads = [threading.Thread(target=press, args=pair)
                   for pair in zip(shoppers, forms, strict=True)]  # fmt: skip
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert order.states() == {LAMP: State.CANCELLED}
    assert order.submits == 8
    # The legacy store carries out whatever it receives: that is what it is for.
    assert order.executions == (8 if store.mode is Mode.LEGACY else 1)


@EVERY_LAYOUT
@pytest.mark.usefixtures("layout")
def test_3_2_2_texts_are_shown_as_texts(store: Store, client: FlaskClient) -> None:
    spoilt = "<script>alert(1)</script>\"'><img src=x>"
    order = store.place(spoilt, Line(LAMP, seller=spoilt))
    sign_in(client)

    pages = [
        client.get(path).text
        for path in (
            "/your-orders/orders",
            f"/your-orders/order-details?orderID={order.number}",
            f"{CANCEL}?orderID={order.number}",
            "/your-orders/search?" + urlencode({"search": spoilt}),
            "/ap/signin?" + urlencode({"return_to": f"/{spoilt}"}),
            "/none?" + urlencode({"x": spoilt}),
        )
    ]
    csrf = field(pages[2], "csrf")
    pages.append(client.post("/ap/signin", data={"csrf": csrf, "email": spoilt}).text)

    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x>" not in page
    assert any("&lt;script&gt;alert" in page for page in pages)


def cookies(client: FlaskClient) -> list[str]:
    return client.get("/ap/signin").headers.getlist("Set-Cookie")


def test_3_3_2_the_cookie_is_of_the_same_site(client: FlaskClient) -> None:
    (cookie,) = cookies(client)

    assert "SameSite=Lax" in cookie


def test_3_3_4_no_script_reads_the_cookie(client: FlaskClient) -> None:
    (cookie,) = cookies(client)

    assert "HttpOnly" in cookie


@EVERY_LAYOUT
@pytest.mark.usefixtures("layout")
def test_3_4_3_a_policy_says_what_a_page_may_load_and_no_page_breaks_it(
    client: FlaskClient, order: PlacedOrder, membership: PlacedSubscription
) -> None:
    sign_in(client)

    for address in addresses(order, membership):
        answer = client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "object-src 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy
        assert marked(answer).forbidden == [], address


def every_kind_of_answer(client: FlaskClient) -> list[TestResponse]:
    """A page, a redirection, a file, a picture, and each way to be refused."""
    return [
        client.get("/"),
        client.get("/your-orders/orders"),
        client.get("/static/store.css", buffered=True),  # else the file stays open
        client.get("/pictures/lamp.svg"),
        client.get("/none"),
        client.post("/sign-out"),
        client.put("/"),
        client.get("/", headers={"Host": "shop.example"}),
        client.post("/ap/signin", data={"x": "y" * 300_000}),
    ]


def test_3_4_4_no_answer_is_taken_for_what_it_is_not(client: FlaskClient) -> None:
    for answer in every_kind_of_answer(client):
        assert answer.headers["X-Content-Type-Options"] == "nosniff", answer.request.path
        assert answer.headers["Content-Type"]


def test_3_4_6_nobody_puts_a_page_into_a_frame(client: FlaskClient) -> None:
    for answer in every_kind_of_answer(client):
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"


def forms_of(app: Flask) -> list[str]:
    return sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not rule.endpoint.startswith("control.")
    )


PLACES: dict[str, Callable[[PlacedOrder, PlacedSubscription], str]] = {
    "asking.send": lambda order, _: f"/ask/returns/cart?orderID={order.number}",
    "cancelling.send": lambda order, _: f"{CANCEL}?orderID={order.number}",
    "challenges.code": lambda *_: "/ap/mfa",
    "challenges.passkey": lambda *_: "/ap/passkey",
    "challenges.robot": lambda *_: "/ap/robot",
    "challenges.switch": lambda *_: "/ap/switch",
    "sign_in.claim": lambda *_: "/ax/claim",
    "sign_in.give": lambda *_: "/ap/signin",
    "sign_in.leave": lambda *_: "/sign-out",
    "subscriptions.send": lambda _, ends: f"/subscriptions/main?id={ends.token}",
}


@pytest.mark.parametrize("layout", ["current"])
@pytest.mark.usefixtures("layout")
@pytest.mark.parametrize("endpoint", PLACES)
@pytest.mark.parametrize(
    "spoil",
    [{}, {"csrf": ""}, {"csrf": "guessed"}, {"origin": "https://elsewhere.example"},
     {"origin": "null"}],
    ids=["none", "empty", "guessed", "another site's page", "a page of nowhere"],
)  # fmt: skip
def test_3_5_1_no_form_is_taken_that_the_store_did_not_show(
    store: Store, client: FlaskClient, order: PlacedOrder, membership: PlacedSubscription,
    endpoint: str, spoil: dict[str, str],
) -> None:  # fmt: skip
    sign_in_step_by_step(client)
    client.get(f"/subscriptions/main?id={membership.token}")
    form = dict(spoil)
    origin = form.pop("origin", None)
    if origin:
        form["csrf"] = field(client.get(f"{CANCEL}?orderID={order.number}").text, "csrf")
    before = everything(store)

    answer = client.post(
        PLACES[endpoint](order, membership), data=form,
        headers={"Origin": origin} if origin else {},
    )  # fmt: skip

    assert answer.status_code == 403
    assert everything(store) == before
    assert client.get("/your-orders/orders").status_code == 200  # still signed in


def sign_in_step_by_step(client: FlaskClient) -> None:
    csrf = field(client.get("/ap/signin").text, "csrf")
    page = client.post("/ax/claim", data={"csrf": csrf, "email": "robin@varnholt.test"}).text
    given = {"csrf": field(page, "csrf"), "email": "robin@varnholt.test",
             "password": "lantern-oak-42"}  # fmt: skip
    assert client.post("/ap/signin", data=given).status_code == 302


def test_3_5_1_every_form_is_among_them(app: Flask) -> None:
    assert forms_of(app) == sorted(PLACES)


@EVERY_MODE
@EVERY_LAYOUT
def test_3_5_3_looking_changes_nothing(
    store: Store, client: FlaskClient, order: PlacedOrder, membership: PlacedSubscription,
    layout: str,
) -> None:  # fmt: skip
    sign_in_step_by_step(client) if layout == "current" else sign_in(client)
    before = everything(store)

    for address in addresses(order, membership):
        client.get(address)
        client.head(address)

    assert everything(store) == before


def token(client: FlaskClient) -> str:
    cookie = client.get_cookie("varnholt_session")
    assert cookie
    return cookie.value


def test_7_2_3_tokens_are_random_and_long(app: Flask) -> None:
    tokens = set()
    for _ in range(50):
        client = app.test_client()
        client.get("/ap/signin")
        tokens.add(token(client))

    assert len(tokens) == 50
    assert all(re.fullmatch(r"[\w-]{43}", each) for each in tokens)  # 256 bits


def test_7_2_4_signing_in_begins_a_new_session_and_ends_the_old(
    app: Flask, client: FlaskClient
) -> None:
    client.get("/ap/signin")
    first = token(client)
    sign_in(client)
    second = token(client)
    sign_in(client)
    third = token(client)

    assert len({first, second, third}) == 3
    for old in (first, second):
        assert asks_to_sign_in(app, old)
    assert not asks_to_sign_in(app, third)


def test_7_4_1_signing_out_is_real(app: Flask, client: FlaskClient) -> None:
    """Who kept the cookie has nothing."""
    sign_in(client)
    kept = token(client)
    csrf = field(client.get("/your-orders/orders").text, "csrf")

    client.post("/sign-out", data={"csrf": csrf})

    assert asks_to_sign_in(app, kept)
    assert client.get("/your-orders/orders").status_code == 302


def asks_to_sign_in(app: Flask, cookie: str) -> bool:
    other = app.test_client()
    other.set_cookie("varnholt_session", cookie)
    return "/ap/signin" in other.get("/your-orders/orders").headers.get("Location", "")


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1", 200), ("127.0.0.1:8712", 200), ("localhost", 200), ("localhost:1", 200),
     ("[::1]:8712", 400), ("shop.example", 400), ("127.0.0.1.shop.example", 400),
     ("localhost.shop.example", 400), ("shop.example:80@127.0.0.1", 400), ("127.0.0.2", 400),
     ("0", 400), ("2130706433", 400), ("", 400), (".localhost", 400)],
)  # fmt: skip
def test_only_a_loopback_host_name_is_answered(client: FlaskClient, host: str, status: int) -> None:
    """So no page of elsewhere gets in by pointing a name of its own at this machine."""
    forwarded = {"X-Forwarded-Host": "127.0.0.1", "Forwarded": "host=127.0.0.1"}

    answer = client.get("/", headers={"Host": host, **forwarded})

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Authorization": "Bearer t"}, 401),
        ({"Authorization": "Basic VDpU"}, 401),
        ({"Cookie": "token=T"}, 401),
        ({"Authorization": "Bearer T", "Origin": "http://127.0.0.1"}, 403),
        ({"Authorization": "Bearer T", "Origin": "null"}, 403),
        ({"Authorization": "Bearer T", "Host": "shop.example"}, 400),
        ({"Authorization": "Bearer T"}, 200),
    ],
)
def test_the_control_api_answers_to_its_token_alone(headers: dict[str, str], status: int) -> None:
    store = Store(control_token="T")
    with create_app(store).test_client() as client:
        answer = client.post("/_control/reset", headers=headers)
    store.close()

    assert answer.status_code == status


def test_it_listens_to_this_machine_alone(store: Store) -> None:
    serving = Serving(store)
    address = serving._server.bind_addr
    listening = serving._server.socket.getsockname()[0]
    serving.stop()

    assert (address[0], listening, server.HOST) == ("127.0.0.1", "127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize("name", ["FLASK_DEBUG", "WERKZEUG_DEBUG_PIN", "FLASK_ENV"])
def test_there_is_no_debugger(store: Store, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    applications.cache_clear()  # one that was made before would not show what the name does
    app = create_app(store)
    monkeypatch.setattr(store, "catch_up", lambda *_: 1 / 0)
    client = app.test_client()
    sign_in(client)
    broke = client.get("/your-orders/orders?__debugger__=yes&cmd=resource&f=debugger.js")

    assert not app.debug
    assert broke.status_code == 500
    assert "ZeroDivisionError" not in broke.text
    assert "Traceback" not in broke.text
    assert client.get("/console").status_code == 404


@EVERY_LAYOUT
@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_every_page_says_that_it_is_for_practice(
    store: Store, client: FlaskClient, order: PlacedOrder, membership: PlacedSubscription,
    layout: str,
) -> None:  # fmt: skip
    sign_in_step_by_step(client) if layout == "current" else sign_in(client)

    for address in addresses(order, membership):
        answer = client.get(address, follow_redirects=True)
        assert store.words("practice") in marked(answer).seen, address
