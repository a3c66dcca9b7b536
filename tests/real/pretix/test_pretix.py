"""The adapter `pretix` on a real pretix: cancelled in a browser, read back from its database.

`make test-real` installs the shop into an environment of its own and runs this.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ticket_shops import EMAIL, PASSWORD, Event, TicketShop, open_ticket_shop

from automation.outcome import Outcome
from automation.pages.storefront import DemoAccount, Storefront
from automation.run.record import Run
from automation.storefronts.profile import open_storefront
from automation.testing.patience import OF_TESTS

PYTHON = os.environ.get("UNORDER_PRETIX")
pytestmark = pytest.mark.skipif(not PYTHON, reason="`make test-real` installs the shop")
Follow = Callable[..., Run]
EVENING, WORKSHOP = ("Evening ticket", 2), ("Workshop", 1)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TicketShop]:
    with open_ticket_shop(Path(str(PYTHON)).absolute(), tmp_path_factory.mktemp("pretix")) as shop:
        yield shop


@pytest.fixture
def storefront(shop: TicketShop) -> Storefront:
    opened = open_storefront("pretix", base_url=shop.url)
    robin = {"robin": DemoAccount(EMAIL, PASSWORD)}
    return replace(opened, patience=OF_TESTS, demo_accounts=robin)


def test_an_unpaid_order_is_cancelled_once_and_no_other(shop: TicketShop, follow: Follow) -> None:
    shop.place("FREE7", Event.FREE, "pending", EVENING, WORKSHOP)
    shop.place("FREE78", Event.FREE, "pending", EVENING)

    rehearsed = follow("cancel-items", commit=False, order="FREE7")
    assert rehearsed.outcome is Outcome.REHEARSED, rehearsed.reason
    assert shop.truth("FREE7").changes == ()
    run = follow("cancel-items", order="FREE7")

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert shop.truth("FREE7").status == "c"
    assert shop.truth("FREE7").changes == ("canceled",)
    assert shop.truth("FREE78").status == "n"
    assert run.before is not None
    assert [(item.title, item.quantity) for item in run.before.items] == [EVENING, WORKSHOP]
