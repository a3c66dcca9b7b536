"""The adapter `oscar` on a real django-oscar: cancelled in a browser, read back from its database.

`make test-real` installs the shop into an environment of its own and runs this.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from oscars import EMAIL, PASSWORD, Oscar, open_oscar

from automation.outcome import Outcome
from automation.pages.storefront import DemoAccount, Storefront
from automation.run.record import Run
from automation.storefronts.profile import open_storefront
from automation.testing.patience import OF_TESTS

PYTHON = os.environ.get("UNORDER_OSCAR")
pytestmark = pytest.mark.skipif(not PYTHON, reason="`make test-real` installs the shop")
Follow = Callable[..., Run]
MUG, THROW = ("Stoneware mug", 2), ("Wool throw", 1)


@pytest.fixture(scope="session")
def oscar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oscar]:
    with open_oscar(Path(str(PYTHON)).absolute(), tmp_path_factory.mktemp("oscar")) as shop:
        yield shop


@pytest.fixture
def storefront(oscar: Oscar) -> Storefront:
    opened = open_storefront("oscar", base_url=oscar.url)
    robin = {"robin": DemoAccount(EMAIL, PASSWORD)}
    return replace(opened, patience=OF_TESTS, demo_accounts=robin)


def test_an_order_is_cancelled_once_and_no_other(oscar: Oscar, follow: Follow) -> None:
    oscar.place("100022", MUG, THROW)
    oscar.place("1000222", MUG)

    rehearsed = follow("cancel-items", commit=False, order="100022")
    assert (rehearsed.outcome, oscar.changes("100022")) == (Outcome.REHEARSED, []), rehearsed.reason
    run = follow("cancel-items", order="100022")

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert oscar.status("100022") == "Cancelled"
    assert oscar.changes("100022") == [("Pending", "Cancelled")]
    assert oscar.status("1000222") == "Pending"
    assert run.before is not None
    assert [(item.title, item.quantity) for item in run.before.items] == [MUG, THROW]


def test_what_is_cancelled_already_is_left_alone(oscar: Oscar, follow: Follow) -> None:
    oscar.place("100030", MUG, through=("Cancelled",))

    run = follow("cancel-order", order="100030")

    assert run.outcome is Outcome.ALREADY_CANCELLED, run.reason
    assert len(oscar.changes("100030")) == 1


def test_what_the_shop_refuses_is_told_in_its_words(oscar: Oscar, follow: Follow) -> None:
    oscar.place("100040", MUG, through=("Being processed",))

    run = follow("cancel-items", order="100040")

    assert run.outcome is Outcome.REFUSED, run.reason
    assert "can no longer be cancelled" in run.reason
    assert oscar.status("100040") == "Being processed"


def test_an_order_is_found_beyond_the_first_page(oscar: Oscar, follow: Follow) -> None:
    oscar.place("100050", MUG)
    for number in range(100060, 100081):
        oscar.place(str(number), THROW)

    run = follow("cancel-items", order="100050")

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert oscar.changes("100050") == [("Pending", "Cancelled")]
