"""The adapter `shopware` on pages built as Shopware's are; the shop tells what became of orders."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from shopwares import EMAIL, PASSWORD, Shop, open_shop

from automation.outcome import Outcome
from automation.pages.storefront import DemoAccount
from automation.run.browser import OpenBrowser
from automation.run.record import Run
from automation.run.rules import Keep, Rules
from automation.run.settings import Settings
from automation.storefronts.profile import open_storefront
from automation.testing.following import Follow
from automation.testing.kept import Kept
from automation.testing.patience import OF_TESTS

SHIPPED = Path(__file__).parents[2] / "storefronts/shopware"
MUG, THROW = "Stoneware mug", "Wool throw"
LONG = (
    "Birthday present: a hand-thrown stoneware jug of two litres, blue"  # more than sixty letters
)
Following = Callable[..., Run]


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


@pytest.fixture
def home(shop: Shop, tmp_path: Path) -> Path:
    """The adapter as a user has it: a copy that names their shop."""
    home = shutil.copytree(SHIPPED, tmp_path / "shopware")
    profile = home / "profile.yaml"
    text = profile.read_text().replace("https://shop.example", shop.url)
    profile.write_text(text.replace("hosts: [shop.example]", "hosts: [127.0.0.1]"))
    return home


@pytest.fixture
def following(
    shop: Shop, home: Path, browser_of_ours: OpenBrowser, unorder_kept: Kept
) -> Following:
    """Follows a flow on the shop."""

    def following(flow: str = "cancel-items", *, rules: Rules | None = None,
                  commit: bool = True, **given: str) -> Run:  # fmt: skip
        opened = replace(
            open_storefront(str(home), language=shop.language),
            patience=OF_TESTS,
            demo_accounts={"robin": DemoAccount(EMAIL, PASSWORD)},
        )
        follow = Follow(opened, Settings(), browser_of_ours, unorder_kept, hosts=("127.0.0.1",))
        return follow(flow, commit=commit, rules=rules, **given)

    return following


@pytest.mark.parametrize(
    "language", ["en", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("de", "nl"))]
)
def test_an_order_is_cancelled_once_and_no_other(
    shop: Shop, following: Following, language: str
) -> None:
    shop.language, shop.says_status = language, language == "en"
    order, longer, newest = (
        shop.place("10022", MUG, THROW),
        shop.place("100222"),
        shop.place("10030"),
    )

    rehearsed = following(order="10022", commit=False)
    assert (rehearsed.outcome, order.asked) == (Outcome.REHEARSED, 0), rehearsed.reason
    run = following(order="10022")

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.asked, order.cancelled, run.requests_seen) == (1, 1, 1)
    assert (longer.state, newest.state) == ("open", "open")
    assert run.before is not None
    assert [(item.title, item.quantity) for item in run.before.items] == [(MUG, 1), (THROW, 2)]
    assert run.before.total == "€64.99"


@pytest.mark.thorough
def test_an_order_on_another_page_of_the_list_is_found(shop: Shop, following: Following) -> None:
    shop.a_page, shop.turning_takes = 2, 150
    order = shop.place("10022", payment_due=True)
    others = [shop.place(str(number)) for number in range(10023, 10028)]

    run = following("cancel-order", order="10022")

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.asked, order.state) == (1, "cancelled")
    assert {other.state for other in others} == {"open"}


@pytest.mark.parametrize("in_a_bundle", [pytest.param(False, marks=pytest.mark.thorough), True])
def test_what_is_on_the_keep_list_is_kept_though_its_title_is_cut_short_or_folded_away(
    shop: Shop, following: Following, *, in_a_bundle: bool
) -> None:
    if in_a_bundle:
        order = shop.place("10022", MUG, "Gift set", inside=(THROW, LONG))
    else:
        order = shop.place("10022", MUG, LONG)

    run = following(order="10022", rules=Rules(keep=Keep(items=(LONG,))))

    assert run.outcome is Outcome.GUARDED, run.reason
    assert "is on the keep-list" in run.reason
    assert (order.asked, order.state) == (0, "open")


@pytest.mark.thorough
def test_a_bundle_is_cancelled_with_what_it_holds(shop: Shop, following: Following) -> None:
    order = shop.place("10022", MUG, "Gift set", inside=(THROW, LONG))

    run = following(order="10022")

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert (order.asked, order.cancelled) == (1, 1)
    assert run.before is not None
    read = [(item.title, item.quantity) for item in run.before.items]
    assert read == [(MUG, 1), ("Gift set", 2), (THROW, 3), (LONG, 3)]


def test_a_title_of_which_only_the_beginning_is_known_stops_the_run(
    shop: Shop, following: Following
) -> None:
    order = shop.place("10022", LONG, sold_no_more=True)

    run = following(order="10022", rules=Rules(keep=Keep(items=(LONG,))))

    assert run.outcome is not Outcome.CANCELLED
    assert (order.asked, order.state) == (0, "open")


@pytest.mark.parametrize(
    ("state", "outcome"), [("open", Outcome.REFUSED), ("completed", Outcome.REFUSED)]
)
def test_where_nothing_is_offered_a_run_says_so(
    shop: Shop, following: Following, state: str, outcome: Outcome
) -> None:
    shop.allows_cancelling = False
    order = shop.place("10022", state=state)

    run = following(order="10022")

    assert run.outcome is outcome, run.reason
    assert (order.asked, order.state) == (0, state)


def test_what_ships_between_the_page_and_the_click_is_not_called_cancelled(
    shop: Shop, following: Following
) -> None:
    """Its page says `Done`, which tells nothing of a parcel: `too_late` would be a guess."""
    shop.ships_meanwhile = True
    order = shop.place("10022")

    run = following(order="10022")

    assert run.outcome is Outcome.NOT_CANCELLED, run.reason
    assert "Done" in run.reason
    assert (order.asked, order.cancelled) == (1, 0)


def test_what_is_cancelled_already_is_left_alone(shop: Shop, following: Following) -> None:
    order = shop.place("10022", state="cancelled")

    run = following(order="10022")

    assert run.outcome is Outcome.ALREADY_CANCELLED, run.reason
    assert order.asked == 0


def test_a_dialog_that_is_about_another_order_is_not_confirmed(
    shop: Shop, following: Following
) -> None:
    shop.asks_about_another = True
    order, other = shop.place("10022"), shop.place("10023")

    run = following(order="10022")

    assert run.outcome is Outcome.GUARDED, run.reason
    assert "the form is about 10023" in run.reason
    assert (order.asked, other.asked) == (0, 0)


def test_a_step_that_would_confirm_is_not_pressed(
    shop: Shop, home: Path, following: Following
) -> None:
    """The last button taken for one of those that lead to it."""
    order = shop.place("10022")
    profile = home / "profile.yaml"
    too_far = "      - {css: '.modal.show button[type=submit]'}\n    # The dialog"
    profile.write_text(profile.read_text().replace("    # The dialog", too_far))

    run = following(order="10022")

    assert run.outcome is Outcome.GUARDED, run.reason
    assert "sends a form to `POST /account/order/cancel`; it was not pressed" in run.reason
    assert (order.asked, order.state) == (0, "open")


def test_a_number_with_which_another_begins_is_not_found(shop: Shop, following: Following) -> None:
    order = shop.place("10022")

    run = following(order="1002")

    assert run.outcome is Outcome.NOT_FOUND, run.reason
    assert run.reason == "1 order was read; this store states no count; 1002 is not among them"
    assert order.asked == 0
