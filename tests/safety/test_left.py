"""A run may go on in the context of the one before it, and finds nothing of that one there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Error

from automation.outcome import Outcome
from automation.pages.storefront import Storefront
from automation.run import left as leaving
from automation.run.browser import OpenBrowser
from automation.run.left import Left
from automation.run.masking import Masker
from automation.run.rules import Keep, Rules
from automation.run.settings import Settings
from automation.run.visit import Visit, visiting
from automation.testing.following import Follow
from mock_store.store import Store

Visiting = Callable[..., AbstractContextManager[Visit]]
LAMP = "Desk lamp"


@pytest.fixture
def browser_of_ours(browser_of_ours: OpenBrowser) -> OpenBrowser:
    """As a worker has it, which does one account's orders one after the other."""
    browser_of_ours.left = Left()
    return browser_of_ours


@pytest.fixture
def contexts(browser_of_ours: OpenBrowser, monkeypatch: pytest.MonkeyPatch) -> list[BrowserContext]:
    """Those that were made, of visits to which one was signed in already."""
    made: list[BrowserContext] = []
    new = browser_of_ours.new_context

    def noted(**given: object) -> BrowserContext:
        context = new(**given)  # type: ignore[arg-type]
        if given["state"]:
            made.append(context)
        return context

    monkeypatch.setattr(browser_of_ours, "new_context", noted)
    return made


@pytest.fixture
def visit_of(
    storefront: Storefront, unorder_settings: Settings, browser_of_ours: OpenBrowser
) -> Visiting:
    account = unorder_settings.account(None, storefront)
    return partial(visiting, browser_of_ours, storefront, account, Masker(storefront))


def test_orders_are_cancelled_one_after_the_other_in_one_context(
    store: Store, follow: Follow, contexts: list[BrowserContext]
) -> None:
    orders = [store.place(LAMP) for _ in range(3)]

    runs = [follow("cancel-items", order=order.number) for order in orders]

    assert [run.outcome for run in runs] == [Outcome.CANCELLED] * 3
    assert [order.submits for order in orders] == [1] * 3
    assert len(contexts) == 1


def test_a_run_that_did_not_end_well_leaves_nothing(
    store: Store, follow: Follow, contexts: list[BrowserContext]
) -> None:
    order = store.place(LAMP)
    rules = Rules(Keep(items=(LAMP,)))

    assert follow("cancel-items", order=order.number, rules=rules).outcome is Outcome.GUARDED
    assert follow("cancel-items", order=order.number).outcome is Outcome.CANCELLED

    assert len(contexts) == 2
    assert contexts[0].pages == []


def test_another_account_begins_in_a_context_of_its_own(
    store: Store, follow: Follow, contexts: list[BrowserContext]
) -> None:
    for account in ("robin", "sam", "robin"):
        order = store.place(LAMP, account=account)

        run = follow("cancel-items", order=order.number, account=account)

        assert run.outcome is Outcome.CANCELLED
        assert order.submits == 1

    assert len(contexts) == 3


def test_a_visit_that_signed_in_anew_leaves_its_context_all_the_same(visit_of: Visiting) -> None:
    with visit_of() as first:
        _read_aside(first)
        first.ended_well()
    with visit_of() as second:
        second.sign_in_again()
        _read_aside(second)
        second.ended_well()
    with visit_of() as third:
        assert third.context is first.context


def test_what_a_tab_keeps_is_gone(visit_of: Visiting) -> None:
    with visit_of() as first:
        _read_aside(first, "sessionStorage.setItem('order', 'as it was')")
        first.ended_well()

    with visit_of() as second, second.aside() as page:
        page.goto(second.storefront.base_url)
        assert second.context is first.context
        assert page.evaluate("sessionStorage.getItem('order')") is None


def test_one_tab_is_left_and_it_is_empty(visit_of: Visiting) -> None:
    with visit_of() as first:
        first.page.goto(first.storefront.base_url)
        first.context.new_page()
        with first.aside(after=True) as page:
            page.goto(first.storefront.base_url)
        first.ended_well()

    assert [page.url for page in first.context.pages] == ["about:blank"]


def test_requests_are_blocked_until_nothing_is_shown(
    visit_of: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    with visit_of() as first:
        first.page.goto(first.storefront.base_url)
        _read_aside(first)
        context = first.context
        monkeypatch.setattr(
            first.blocker, "end", lambda: shown.extend(page.url for page in context.pages)
        )
        first.ended_well()

    assert shown == ["about:blank"]


def test_a_phones_context_is_not_a_computers(visit_of: Visiting) -> None:
    with visit_of() as first:
        _read_aside(first)
        first.ended_well()

    with visit_of(phone=True) as second:
        assert second.context is not first.context


def test_a_context_whose_tab_has_crashed_is_not_used(visit_of: Visiting) -> None:
    with visit_of() as first:
        _read_aside(first)
        first.ended_well()
    with suppress(Error):
        first.context.pages[0].goto("chrome://crash")

    with visit_of() as second:
        assert second.context is not first.context


def test_a_context_has_so_many_visits_and_no_more(
    visit_of: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "_MOST", 2)
    used = []
    for _ in range(4):
        with visit_of() as visit:
            _read_aside(visit)
            visit.ended_well()
        used.append(visit.context)

    assert used[0] is used[1]
    assert used[2] is used[3]
    assert used[1] is not used[2]


def _read_aside(visit: Visit, does: str = "1") -> None:
    with visit.aside() as page:
        page.goto(visit.storefront.base_url)
        page.evaluate(does)
