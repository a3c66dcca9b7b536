"""What a flow's inputs become, from the command line and from a file."""

from __future__ import annotations

import pytest

from automation.errors import InputError
from automation.flow.binding import Bound, bind
from automation.flow.library import Library
from automation.flow.model import Flow
from automation.pages.storefront import Storefront
from automation.pages.values import Items, OrderNumber, folded
from automation.storefronts.profile import open_storefront

ORDER = "112-4419326-1180247"


@pytest.fixture
def flow() -> Flow:
    return Library().find("cancel-items")


@pytest.fixture
def mock() -> Storefront:
    return open_storefront("mock")


def bound(flow: Flow, mock: Storefront, **texts: list[str]) -> Bound:
    return bind(flow, texts, mock, Library().find)


def test_what_is_not_said_has_its_default(flow: Flow, mock: Storefront) -> None:
    given = bound(flow, mock, order=[ORDER])

    assert given.values == {"order": OrderNumber(ORDER), "items": Items(), "reason": None}
    assert given.order == ORDER


def test_a_list_is_the_same_name_said_more_than_once(flow: Flow, mock: Storefront) -> None:
    given = bound(flow, mock, order=[ORDER], items=["Desk lamp", "Cable, 2 m"])

    assert given.items == Items(("Desk lamp", "Cable, 2 m"))


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({}, "needs `order`"),
        ({"order": ["12"]}, "`12` is not an order number"),
        ({"order": [ORDER + " "]}, "is not an order number"),
        ({"order": [ORDER, ORDER]}, "was given 2 times"),
        ({"order": [ORDER], "items": [" "]}, "an empty title"),
        ({"order": [ORDER], "itms": ["x"]}, "no input called `itms`"),
    ],
)
def test_what_does_not_fit_is_told(
    flow: Flow, mock: Storefront, texts: dict[str, list[str]], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        bind(flow, texts, mock, Library().find)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("USB-C  cable", " USB-C\n cable ", True),
        ("USB-C\u00a0cable", "USB-C cable", True),
        ("USB-C cable", "usb-c cable", False),
        ("USB-C cable", "USB-C cable (2 m)", False),
    ],
)
def test_titles_agree_but_for_white_space(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same
