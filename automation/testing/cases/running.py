"""Carrying out one case: a store is furnished, the flow is followed, the truth is compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from automation.pages.storefront import Patience, Storefront
from automation.run.browser import OpenBrowser
from automation.run.record import Run
from automation.run.settings import Settings
from automation.storefronts.profile import open_storefront
from automation.testing.cases.model import Case, Expectation, Given, OrderGiven, QuirkGiven
from automation.testing.following import Follow
from automation.testing.kept import Kept
from automation.testing.letting_in import let_in
from automation.testing.truth import Truth, actual, false_word
from mock_store.server import serve
from mock_store.store import PlacedOrder, Store
from mock_store.subscribing import PlacedSubscription, subscribe

if TYPE_CHECKING:
    from automation.testing.cases.items import CaseItem


@dataclass(frozen=True)
class Compared:
    """One expectation, and what is so."""

    expected: Expectation
    actual: str

    @property
    def met(self) -> bool:
        return self.expected.met_by(self.actual)


@dataclass(frozen=True)
class Checked:
    """What came of a case."""

    order: str  # the number of the case's order; "" if it has none
    run: Run
    truth: Truth
    compared: tuple[Compared, ...]
    false_word: str | None

    @property
    def passed(self) -> bool:
        return self.false_word is None and all(each.met for each in self.compared)


class CaseFailed(Exception):  # noqa: N818 (it is what a test does)
    """What the case expects is not so."""


def follow_case(  # noqa: PLR0917 (fixtures are asked for by name)
    request: pytest.FixtureRequest,
    browser_of_ours: OpenBrowser,
    unorder_kept: Kept,
    patience: Patience,
    signed_in: bool,
    each_step: bool,
) -> None:
    """The body of every case. Raises `CaseFailed`."""
    item: CaseItem = request.node
    # What a store does unasked, it may do when one signs in.
    signed_in = signed_in and not item.case.given.quirks
    with _served(item.case) as (store, storefront):
        if signed_in:
            let_in(store, storefront)
        item.checked = check(
            item.case, store, replace(storefront, patience=patience), browser_of_ours, unorder_kept,
            each_step=each_step,
        )  # fmt: skip
    item.note_what_came()
    if not item.checked.passed:
        raise CaseFailed


def check(
    case: Case,
    store: Store,
    storefront: Storefront,
    browser: OpenBrowser,
    kept: Kept,
    *,
    each_step: bool,
) -> Checked:
    """Furnish the store, follow the flow, and compare what is expected with the truth."""
    order, subscription = _furnish(store, case.given)
    number = order.number if order else ""
    before = Truth.of(order, subscription)
    inputs = {name: [number if text == "$order" else text for text in texts]
              for name, texts in case.follow.inputs.items()}  # fmt: skip
    follow = Follow(storefront, Settings(), browser, kept, hosts=(), each_step=each_step)
    run = follow.with_inputs(
        case.follow.flow, inputs, commit=case.follow.commit, account=case.follow.account
    )
    truth = Truth.of(order, subscription)
    compared = tuple(
        Compared(each, actual(each.what, run, truth, item=each.item)) for each in case.expect
    )
    return Checked(number, run, truth, compared, false_word(run, before, truth))


@contextmanager
def _served(case: Case) -> Iterator[tuple[Store, Storefront]]:
    cell = case.cell
    store = Store(layout=cell.layout, language=cell.language, mode=cell.mode)
    try:
        with serve(store) as url:
            yield store, open_storefront("mock", base_url=url, language=cell.language)
    finally:
        store.close()


def _furnish(store: Store, given: Given) -> tuple[PlacedOrder | None, PlacedSubscription | None]:
    if given.now is not None:
        store.clock.set(given.now)
    # Before anything is placed, as some are about what is placed from then on.
    _add(store, *(quirk for quirk in given.quirks if not quirk.this_order))
    for other in given.others:
        _place(store, other)
    order = _place(store, given.order) if given.order else None
    subscription = None
    if given.subscription:
        asked = given.subscription
        subscription = subscribe(store, asked.name, asked.plan, account=asked.account)
    if given.advance is not None:
        store.clock.advance(given.advance)
    own = (quirk for quirk in given.quirks if quirk.this_order)
    _add(store, *own, order=order.number if order else None)
    return order, subscription


def _add(store: Store, *quirks: QuirkGiven, order: str | None = None) -> None:
    for quirk in quirks:
        word, _, how = quirk.name.partition("=")
        store.quirks.add(word, how=how or None, order=order, account=quirk.account,
                         times=quirk.times, seconds=quirk.seconds)  # fmt: skip


def _place(store: Store, asked: OrderGiven) -> PlacedOrder:
    return store.place(
        *asked.lines,
        account=asked.account,
        state=asked.state,
        placed=store.clock.now() - asked.placed,
        number=asked.number,
        note=asked.note,
    )
