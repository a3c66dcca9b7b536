"""Where the key of an order is: what may be written there, and what is said where it may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from commands import Command
from golden import compare

from automation.errors import InputError, TryLater
from automation.flow.binding import bind
from automation.flow.library import Library
from automation.flow.model import Step
from automation.pages.opened import OpenedAs, OrderKey
from automation.pages.storefront import Storefront
from automation.run.order_keys import KeyPlace, with_its_key, with_its_key_again
from automation.run.settings import Settings
from automation.storefronts.abilities import see_that_there_is_a_list
from automation.storefronts.profile import open_storefront

SHOP = Path(__file__).parents[1] / "support/guest_shop"
GOLDEN = Path(__file__).parents[1] / "broken/commands"
KEY = "2c9f7hd8s7f6g5h4"


@pytest.fixture
def shop() -> Storefront:
    return open_storefront(str(SHOP))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that holds the key, in the folder where the command is called."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TICKET_KEY", KEY)
    (tmp_path / "key").write_text(f"{KEY}\n")
    return tmp_path


@pytest.mark.parametrize(
    "told", ["env:TICKET_KEY", "file:key", "cmd:cat key", "cmd: sh -c 'cat key'"]
)
@pytest.mark.usefixtures("kept")
def test_a_key_is_read_where_it_is(shop: Storefront, told: str) -> None:
    opened = with_its_key(shop, "A4X7K", KeyPlace.parse(told))

    assert opened.url("order", order="A4X7K") == f"https://tickets.example/order/A4X7K/{KEY}/"
    assert KEY not in repr(opened)


@pytest.mark.parametrize("told", ["env:TICKET_KEY", "file:key", "cmd:cat key"])
@pytest.mark.usefixtures("kept")
def test_the_journal_names_the_place_and_reads_it_again(
    shop: Storefront, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    data = with_its_key(shop, "A4X7K", KeyPlace.parse(told)).opened_as.as_data()
    assert KEY not in str(data)
    if told != "cmd:cat key":  # a program is called where `verify` is
        monkeypatch.chdir("/")

    again = with_its_key_again(shop, "A4X7K", OpenedAs(**data))

    assert again.order_key == OrderKey("A4X7K", KEY, data["key"])


@pytest.mark.usefixtures("kept")
def test_an_order_is_never_opened_by_the_key_of_another(shop: Storefront) -> None:
    opened = with_its_key(shop, "A4X7K", KeyPlace.parse("env:TICKET_KEY"))

    with pytest.raises(InputError, match="order B2C3D is opened by a key, which was not named"):
        opened.url("order", order="B2C3D")


def test_the_key_that_this_run_was_given_goes_before_the_one_of_an_earlier_run(
    shop: Storefront,
) -> None:
    opened = replace(shop, order_key=OrderKey("A4X7K", KEY, "env:TICKET_KEY"))
    earlier = OpenedAs(str(SHOP), "", "en", "env:NOT_SET_ANY_MORE")

    assert with_its_key_again(opened, "A4X7K", earlier) is opened


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("env:NOT_SET_ANY_MORE", "the environment variable `NOT_SET_ANY_MORE` is not set"),
        ("", "holds a key, and none was named"),
    ],
)
def test_an_order_whose_key_is_gone_stays_open(shop: Storefront, key: str, why: str) -> None:
    with pytest.raises(TryLater) as problem:
        with_its_key_again(shop, "A4X7K", OpenedAs(str(SHOP), "", "en", key))

    assert problem.value.message.startswith("order A4X7K stays open: ")
    assert why in problem.value.message


def test_what_knows_of_no_keys_reads_how_a_store_with_accounts_was_opened() -> None:
    assert open_storefront("boutique").opened_as.as_data().keys() == {
        "store", "base_url", "language",
    }  # fmt: skip


@pytest.mark.parametrize("flow", ["cancel-items", "cancel-order"])
def test_a_flow_opens_the_order_by_its_address_where_there_is_no_list(
    shop: Storefront, flow: str
) -> None:
    library = Library.of(shop)

    bound = bind(library.find(flow), {"order": ["A4X7K"]}, shop, library.find)

    words = [str(step.word) for step in bound.flow.steps if isinstance(step, Step)]
    assert words[0] == "order.open"
    assert not [word for word in words if word.startswith("orders.")]
    assert bound.flow.steps[0].sentence("nl") == "Open de bestelling."  # type: ignore[union-attr]
    followed = [bound.followed(name) for name in bound.flow.follows_by]
    assert all(str(each.flow.steps[0].word) == "order.open" for each in followed)  # type: ignore[union-attr]


def test_a_guest_needs_no_configuration(shop: Storefront) -> None:
    account = Settings().account(None, shop)

    assert (account.name, account.email, account.password) == ("guest", None, None)
    assert Settings().account("guest", shop) == account


def test_a_store_without_a_list_is_not_looked_through(shop: Storefront) -> None:
    with pytest.raises(InputError, match="Small tickets has no list of orders"):
        see_that_there_is_a_list(shop)
    see_that_there_is_a_list(open_storefront("boutique"))


CANCEL = ("cancel", "A4X7K", "--store", "shop")
BAD = {
    "key-as-text": (*CANCEL, "--key", KEY),
    "key-of-an-unknown-form": (*CANCEL, "--key", f"text:{KEY}"),
    "key-of-no-name": (*CANCEL, "--key", "env:"),
    "key-missing": CANCEL,
    "key-variable-not-set": (*CANCEL, "--key", "env:NOT_SET"),
    "key-file-missing": (*CANCEL, "--key", "file:/none/key"),
    "key-command-fails": (*CANCEL, "--key", "cmd:false"),
    "key-command-half-quoted": (*CANCEL, "--key", "cmd:pass 'show"),
    "key-is-a-link": (*CANCEL, "--key", "env:TICKET_LINK"),
    "key-for-a-store-with-accounts": (
        "cancel", "22", "--store", "boutique", "--key", "env:TICKET_KEY",
    ),
    "key-in-the-place-of-a-name": (*CANCEL, "--key", f"env:{KEY}"),
    "key-and-a-link-for-a-number": (
        "cancel", f"https://tickets.example/order/A4X7K/{KEY}/", "--store", "shop", "--key",
        "env:TICKET_KEY",
    ),
    "key-and-an-account": (*CANCEL, "--key", "env:TICKET_KEY", "--account", "anna"),
    "no-sign-in-by-hand": ("sign-in", "--store", "shop"),
    "no-canary-without-a-list": ("canary", "--store", "shop"),
    "no-plan-without-a-list": ("plan", "rules.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_without_the_key(
    command: Command, kept: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (kept / "shop").symlink_to(SHOP)
    (kept / "rules.yaml").write_text(
        "rules: 1\n"
        "accounts: [{store: ./shop, account: guest}]\n"
        "cancel: [{name: all, orders: all}]\n"
    )
    monkeypatch.setenv("TICKET_LINK", f"https://tickets.example/order/A4X7K/{KEY}/")

    code, out, err = command(*BAD[name])

    assert (code, out) == (2, "")
    assert KEY not in err
    assert "hint: " in err
    compare(GOLDEN / f"{name}.txt", err.replace(str(kept), "…"))


def test_an_account_with_a_password_is_told_that_nobody_signs_in(
    command: Command, kept: Path
) -> None:
    (kept / "shop").symlink_to(SHOP)
    (kept / "unorder.yaml").write_text(
        "accounts:\n  anna: {store: guest-shop, email: {env: A}, password: {env: B}}\n"
    )

    code, out, err = command(*CANCEL, "--key", "env:TICKET_KEY")

    assert (code, out) == (2, "")
    compare(GOLDEN / "key-and-a-password.txt", err)


def test_check_says_what_a_store_without_a_list_cannot(command: Command, kept: Path) -> None:
    (kept / "shop").symlink_to(SHOP)

    code, out, err = command("check", "--store", "./shop")

    assert code == 0
    assert (
        "there is no list of orders: `plan`, `nightly` and `canary` cannot look through it" in err
    )
    assert "it can follow cancel-items, cancel-order" in out
