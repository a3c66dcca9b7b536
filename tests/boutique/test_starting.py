"""A storefront begun by pointing: with Playwright's own picker, and no screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from boutiques import Boutique, Open
from playwright.sync_api import ConsoleMessage, Error, Locator, Page

from automation.cli.new_storefront import _told
from automation.errors import InputError, TryLater
from automation.outcome import Outcome
from automation.pages.storefront import DemoAccount, Storefront
from automation.storefronts.profile import open_storefront
from automation.storefronts.starting.found import Found
from automation.storefronts.starting.guide import Guide, Instead
from automation.storefronts.starting.pointing import point
from automation.storefronts.starting.writing import write_storefront
from automation.testing.patience import OF_TESTS
from mock_store.rules import State

# As a person does, who clicks once more when nothing happens: the picker takes a moment.
_CLICK_NOW = "window.pointing = setInterval(() => console.log('click now'), 1500)"


class Someone:
    """Who knows the boutique, and does what is asked."""

    def __init__(self, page: Page, url: str, *, row: bool) -> None:
        self._page = page
        self._url = url
        self.heard: list[str] = []
        self.slips: dict[str, str] = {}  # where is pointed first
        self.instead_of: list[Instead] = []
        self.asked: list[str] = []
        self._at = {
            "the field for the e-mail address": "input[type=email]",
            "the field for the password": "input[type=password]",
            "the button that signs in": "form.login button",
            "something that only who": ".who button",
            "your name": ".account-name",
            "the number of that order": ".number >> text=/^22$/",
            "what opens that order": "tr:has-text('22') >> .view >> text=/ 22$/",
            "the list's heading": "h1",
            "the order's number": ".details h1",
            "the word for the state": ".stamp",
            "the name of the first thing": ".line .title >> nth=0",
            "how many of the first": ".line .quantity >> nth=0",
            "the total": "tfoot .total",
            "your address": ".details .address",
        }
        self._controls = [".details .cancel"] if row else [".details .cancel", "dialog .strong"]

    def does(self, what: str) -> None:
        doings: dict[str, Callable[[], object]] = {
            "go to the page where": lambda: self._page.goto(f"{self._url}/account/login"),
            "sign in by hand": self._sign_in,
            "go to the list": lambda: self._page.goto(f"{self._url}/account/orders"),
            "open that order": self._page.locator(self._at["what opens that order"]).click,
            "press it by hand": lambda: self._page.locator(".details .cancel").click(),
        }
        next(do for begins, do in doings.items() if what.startswith(begins))()

    def points_at(self, what: str) -> Locator:
        self.asked.append(what)
        if "cancel" in what and "press" in what:
            selector = self._controls.pop(0)
        else:
            selector = next(at for begins, at in self._at.items() if what.startswith(begins))
        selector = self.slips.pop(what, selector)
        return pick(self._page, self._page.locator(selector))

    def says(self, what: str, default: str) -> str:  # noqa: ARG002 (what is asked)
        return default

    def agrees(self, what: str) -> bool:
        return "more pages" not in what

    def decides(self, what: str) -> bool:
        assert "cancel the order, with nothing more asked" in what
        return not self._controls

    def instead(self, problem: InputError) -> Instead:
        self.heard.append(problem.message)
        return self.instead_of.pop(0) if self.instead_of else Instead()

    def _sign_in(self) -> None:
        self._page.context.clear_cookies()
        self._page.goto(f"{self._url}/account/login")
        self._page.locator("input[type=email]").fill("robin@varnholt.test")
        self._page.locator("input[type=password]").fill("lantern-oak-42")
        self._page.locator("form.login button").click()
        self._page.locator(".account-name").wait_for()


def pick(page: Page, element: Locator) -> Locator:
    """Point at this element as a person would: the mouse clicks it while the picker is on."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def click(said: ConsoleMessage) -> None:
        if said.text == "click now":
            page.mouse.click(*middle)

    page.on("console", click)
    page.evaluate(_CLICK_NOW)
    try:
        return point(page)
    finally:
        page.remove_listener("console", click)
        page.evaluate("clearInterval(window.pointing)")


def started(boutique: Boutique, page: Page, folder: Path, *, row: bool = False) -> Storefront:
    someone = Someone(page, boutique.url, row=row)
    found = Guide(page, someone, Found(boutique.url)).ask()
    write_storefront(folder, "my-store", found)
    opened = open_storefront(str(folder))
    robin = DemoAccount("robin@varnholt.test", "lantern-oak-42")
    return replace(opened, patience=OF_TESTS, demo_accounts={"robin": robin})


def test_what_was_pointed_at_is_a_storefront_that_works(
    boutique: Open, page: Page, tmp_path: Path
) -> None:
    shop = boutique()
    order, other = shop.place("Stoneware mug"), shop.place("Wool throw")

    made = started(shop, page, tmp_path / "my-store")

    assert (order.submits, order.state) == (0, State.ORDERED)
    text = (tmp_path / "my-store/profile.yaml").read_text()
    assert '{role: link, name: "View order {order}"}' in text
    assert 'personal: [".account-name", ".address"]' in text
    assert 'name: "Yes, cancel it", goes_to: "POST /account/orders/{order}/cancel"' in text
    rehearsed = shop.on(made).follow(commit=False, order=order.number)
    assert (rehearsed.outcome, order.submits) == (Outcome.REHEARSED, 0), rehearsed.reason
    run = shop.on(made).follow(order=order.number)
    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.state, order.submits, other.state) == (State.CANCELLED, 1, State.ORDERED)


def test_what_opens_an_order_to_anyone_is_not_written_down(
    boutique: Open, page: Page, tmp_path: Path
) -> None:
    shop = boutique("address=secret")
    order = shop.place("Stoneware mug")

    made = started(shop, page, tmp_path / "my-store")

    text = (tmp_path / "my-store/profile.yaml").read_text()
    assert order.secret not in text
    assert 'goes_to: "POST /account/orders/{order}/{any}/cancel"' in text
    assert "order" not in made.addresses
    run = shop.on(made).follow(order=order.number)
    assert (run.outcome, order.submits) == (Outcome.CANCELLED, 1), run.reason


@pytest.mark.thorough
def test_a_link_that_cancels_at_once_is_pointed_at_and_not_pressed(
    boutique: Open, page: Page, tmp_path: Path
) -> None:
    shop = boutique("confirm=link")
    order = shop.place("Stoneware mug")
    shop.place("Wool throw")

    started(shop, page, tmp_path / "my-store", row=True)

    assert (order.submits, order.state) == (0, State.ORDERED)
    text = (tmp_path / "my-store/profile.yaml").read_text()
    assert 'goes_to: "GET /account/orders/{order}/cancel-now"' in text


@pytest.mark.thorough
def test_what_cannot_be_told_from_others_is_pointed_at_again(
    boutique: Open, page: Page, tmp_path: Path
) -> None:
    shop = boutique()
    order = shop.place("Stoneware mug")
    shop.place("Wool throw")
    someone = Someone(page, shop.url, row=False)
    someone.slips = {"the number of that order": "h1", "what opens that order": "h1"}

    found = Guide(page, someone, Found(shop.url)).ask()

    assert someone.heard == [
        "no row with an order's number was pointed at",
        "what was pointed at cannot be told from others",
    ]
    write_storefront(tmp_path / "my-store", "my-store", found)
    assert open_storefront(str(tmp_path / "my-store")).description
    assert order.submits == 0


def test_what_cannot_be_told_apart_is_typed_or_left_out(
    boutique: Open, page: Page, tmp_path: Path
) -> None:
    shop = boutique()
    shop.place("Stoneware mug")
    shop.place("Wool throw")
    someone = Someone(page, shop.url, row=False)
    someone.slips = {"what opens that order": "h1", "the list's heading": ".placed >> nth=0"}
    someone.instead_of = [Instead("tr:has(.number:text-is('22')) .view"), Instead(skip=True)]

    found = Guide(page, someone, Found(shop.url)).ask()
    write_storefront(tmp_path / "my-store", "my-store", found)

    text = (tmp_path / "my-store/profile.yaml").read_text()
    assert found.spots["orders.link"].words == ("View order {order}",)
    assert "# Left out, and to be written by hand: orders.here" in text
    with pytest.raises(InputError, match="lacks `here`"):
        open_storefront(str(tmp_path / "my-store"))


def test_answers_are_kept_and_taken_up_again(boutique: Open, page: Page, tmp_path: Path) -> None:
    shop = boutique()
    order = shop.place("Stoneware mug")
    shop.place("Wool throw")
    folder = tmp_path / "my-store"
    first = Someone(page, shop.url, row=False)

    def closes(_what: str) -> bool:
        raise Error("Target page, context or browser has been closed")

    first.agrees = closes  # type: ignore[method-assign]
    with pytest.raises(Error):
        Guide(page, first, Found(shop.url), lambda found: found.save(folder)).ask()
    begun = Found.begun(folder)
    assert begun is not None
    second = Someone(page, shop.url, row=False)

    found = Guide(page, second, begun, lambda found: found.save(folder)).ask()

    assert first.asked[0] == "the field for the e-mail address"
    assert second.asked[0] == "your name"
    write_storefront(folder, "my-store", found)
    assert [path.name for path in folder.iterdir()] == ["profile.yaml"]
    assert open_storefront(str(folder)).description
    assert order.submits == 0


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("Page.goto: net::ERR_SOCKS_CONNECTION_FAILED at http://127.0.0.1:1/", "does not answer"),
        ("Page.pick_locator: Target page, context or browser has been closed", "was closed"),
    ],
)
def test_a_store_that_is_away_and_a_window_that_was_closed_are_told(
    boutique: Open, error: str, said: str
) -> None:
    with pytest.raises(TryLater, match=said), _told(boutique().storefront):
        raise Error(error)
