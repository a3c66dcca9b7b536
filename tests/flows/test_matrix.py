"""Every flow on every face of the store, in every language that it speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from automation.flow.library import Library
from automation.outcome import Outcome
from automation.pages.storefront import Patience, Storefront
from automation.run.record import Run
from mock_store.rules import State
from mock_store.store import LAYOUTS, Line, Store

LAMP, CABLE, MUG = "Desk lamp", "USB-C cable", "Stoneware mug"
OTHER = {"en": "Other", "nl": "Anders", "de": "Sonstiges"}


@dataclass(frozen=True)
class Cell:
    """What is placed, what is asked, and what must come of it."""

    items: tuple[str, ...]
    outcome: Outcome
    truth: dict[str, State]
    state: State = State.ORDERED
    hours: float = 0
    given: dict[str, str] = field(default_factory=dict)
    digital: bool = False
    only: str | None = None  # the layout on which the flow exists, if not on each


CELLS = {
    "cancel-items": Cell((LAMP, CABLE), Outcome.CANCELLED,
                         {LAMP: State.ORDERED, CABLE: State.CANCELLED}, given={"items": CABLE}),
    "cancel-order": Cell((LAMP, CABLE), Outcome.CANCELLED,
                         {LAMP: State.CANCELLED, CABLE: State.CANCELLED}),
    "request-cancellation": Cell((MUG,), Outcome.REQUESTED, {MUG: State.REQUESTED}, hours=5),
    "contact-seller": Cell((MUG,), Outcome.SELLER_CONTACTED, {MUG: State.ORDERED}, hours=72),
    "shipped": Cell((LAMP,), Outcome.TOO_LATE, {LAMP: State.SHIPPED}, State.SHIPPED),
    "start-return": Cell((LAMP, CABLE), Outcome.RETURN_STARTED,
                         {LAMP: State.RETURNED, CABLE: State.DELIVERED}, State.DELIVERED,
                         given={"items": LAMP, "reason": "OTHER"}),
    "cancel-items-mobile": Cell((LAMP, MUG, CABLE), Outcome.CANCELLED,
                                {LAMP: State.ORDERED, MUG: State.ORDERED, CABLE: State.CANCELLED},
                                given={"items": CABLE}, only="mobile"),
    "digital-on-mobile": Cell(("Field guide to birds",), Outcome.NOT_IN_APP,
                              {"Field guide to birds": State.ORDERED}, digital=True, only="mobile"),
}  # fmt: skip


@pytest.fixture
def storefront(storefront: Storefront) -> Storefront:
    return replace(storefront, patience=Patience(step=8, action=3, answer=3, settle=2))


def test_every_flow_has_its_row() -> None:
    of_subscriptions = {"end-subscription", "end-prime"}  # test_subscriptions.py

    assert set(CELLS) | of_subscriptions == set(Library().paths())


MATRIX = [
    (flow, layout, language)
    for flow, cell in CELLS.items()
    for layout in LAYOUTS
    if cell.only in (None, layout)
    for language in ("en", "nl", "de")
]


@pytest.mark.matrix
@pytest.mark.parametrize(("flow", "layout", "language"), MATRIX)
def test_the_same_flow_word_for_word(
    store: Store, follow: Callable[..., Run], flow: str, language: str
) -> None:
    cell = CELLS[flow]
    placed = store.clock.now() - timedelta(hours=cell.hours)
    lines = [Line(title, digital=cell.digital) for title in cell.items]
    order = store.place(*lines, state=cell.state, placed=placed)
    given = {name: OTHER[language] if value == "OTHER" else value
             for name, value in cell.given.items()}  # fmt: skip

    run = follow(flow, order=order.number, **given)

    assert run.outcome is cell.outcome, run.reason
    assert order.states() == cell.truth
