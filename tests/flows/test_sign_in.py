"""Signing in by hand: the state is kept, and used by the next run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from automation.errors import TryLater
from automation.outcome import Outcome
from automation.pages.storefront import Storefront
from automation.run import sessions
from automation.run.browser import OpenBrowser
from automation.run.record import Run
from automation.run.settings import Settings
from automation.run.signing_in import signed_in_by_hand
from mock_store.store import LAYOUTS, Store


@pytest.fixture
def signed_in() -> bool:
    return False


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> str:
    layout: str = request.param
    return layout


def a_person(page: Page) -> None:
    page.locator("#ap_email, #ap_email_login").fill("robin@varnholt.test")
    if page.locator("#continue").count():
        page.locator("#continue").click()
    page.locator("#ap_password").fill("lantern-oak-42")
    page.locator("#signInSubmit").click()


def test_what_a_person_began_a_run_goes_on_with(
    store: Store,
    storefront: Storefront,
    browser_of_ours: OpenBrowser,
    follow: Callable[..., Run],
) -> None:
    account = Settings().account("robin", storefront)

    session = signed_in_by_hand(browser_of_ours, storefront, account, within=10, person=a_person)
    store.quirks.add("asks_code", how="sign_in")  # nobody could sign in anew
    run = follow("cancel-order", order=store.place("Desk lamp").number)

    assert session.greeted_as == "Robin Vale"
    assert run.outcome is Outcome.CANCELLED, run.reason


def test_when_nobody_signs_in_nothing_is_kept(
    storefront: Storefront, browser_of_ours: OpenBrowser
) -> None:
    account = Settings().account("robin", storefront)

    with pytest.raises(TryLater, match="nobody signed in"):
        signed_in_by_hand(browser_of_ours, storefront, account, within=0.5)

    assert sessions.load(storefront, account) is None
