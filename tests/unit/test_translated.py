"""What Playwright says when a page cannot be opened or read, and what a walk makes of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from automation.errors import InputError
from automation.pages.storefront import Storefront
from automation.run.arrival import translated
from automation.run.endings import Hiccup

_ADDRESS = "http://127.0.0.1:1/orders"


@pytest.mark.parametrize(
    "said",
    [
        "Page.evaluate: Execution context was destroyed, most likely because of a navigation",
        'Page.goto: Navigation to "http://a" is interrupted by another navigation to "http://b"',
        f"Page.goto: net::ERR_CONNECTION_RESET at {_ADDRESS}",
    ],
)
def test_a_page_that_left_or_a_line_that_broke_lets_the_walk_begin_anew(
    said: str, storefront: Storefront
) -> None:
    assert isinstance(translated(Error(said), storefront), Hiccup)


def test_a_port_that_no_browser_goes_to_is_the_readers_mistake(storefront: Storefront) -> None:
    told = translated(Error(f"Page.goto: net::ERR_UNSAFE_PORT at {_ADDRESS}"), storefront)

    assert isinstance(told, InputError)
    assert "another port" in str(told.hint)


def test_what_is_not_known_stays_what_it_is(storefront: Storefront) -> None:
    problem = Error("Page.goto: something else")

    assert translated(problem, storefront) is problem
