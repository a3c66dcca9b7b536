"""One click is one request, whatever the store does with its connection. The store is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

import pytest
from playwright.sync_api import sync_playwright

from automation.outcome import Outcome
from automation.pages.storefront import Patience, Storefront
from automation.run.record import Run
from benchmarks.one_request import WAYS, bare_browsers
from mock_store.rules import Mode, State
from mock_store.store import Store
from tests.support.dropping import PRESSES, Drop, Over, dropping

pytestmark = pytest.mark.thorough

Follow = Callable[..., Run]
Press = Callable[..., int]
AS_IT_IS, GATE = WAYS[0], WAYS[-1]
DROPS = [Drop.NOT, Drop.FIN_ONCE, Drop.FIN, Drop.RST_ONCE, Drop.RST]


@pytest.fixture
def storefront(storefront: Storefront) -> Storefront:
    return replace(storefront, patience=Patience(step=15, action=8, answer=8, settle=10))


@pytest.mark.parametrize("times", [1, None], ids=["once", "each time"])
@pytest.mark.parametrize(
    ("quirk", "outcome", "state"),
    [
        ("drops_on_commit_done", Outcome.CANCELLED, State.CANCELLED),
        ("drops_on_commit_not_done", Outcome.NOT_CANCELLED, State.ORDERED),
    ],
)
@pytest.mark.parametrize(
    ("store", "layout"),
    [(Mode.LEGACY, "documented"), (Mode.LEGACY, "current"), (Mode.STRICT, "documented")],
    indirect=True,
)
def test_a_dropped_click_is_not_sent_again(
    store: Store, follow: Follow, quirk: str, outcome: Outcome, state: State, times: int | None
) -> None:
    order = store.place("Desk lamp")
    store.quirks.add(quirk, times=times)

    run = follow("cancel-items", order=order.number)

    assert (run.outcome, order.states()) == (outcome, {"Desk lamp": state}), run.reason
    assert (order.submits, run.requests_seen) == (1, 1)
    assert "127.0.0.1 ended the connection without an answer; it was not sent again" in run.notes


def test_a_click_that_is_answered_leaves_no_note(store: Store, follow: Follow) -> None:
    run = follow("cancel-items", order=store.place("Desk lamp").number)

    assert (run.outcome, run.requests_seen, run.notes) == (Outcome.CANCELLED, 1, ())


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """Presses a button in a bare browser, in a thread: this one has a Playwright already."""
    inside = ExitStack()

    def begin() -> Press:
        store = inside.enter_context(dropping())
        playwright = inside.enter_context(sync_playwright())
        return inside.enter_context(bare_browsers(playwright, store))

    with ThreadPoolExecutor(max_workers=1) as thread:
        begun = thread.submit(begin).result()
        yield lambda *given: thread.submit(begun, *given).result()
        thread.submit(inside.close).result()


@pytest.mark.parametrize("over", Over, ids=lambda over: over.name.lower())
@pytest.mark.parametrize("pressed", PRESSES)
@pytest.mark.parametrize("drop", DROPS, ids=lambda drop: drop.name.lower())
def test_the_gate_lets_one_out(press: Press, over: Over, pressed: str, drop: Drop) -> None:
    assert press(GATE, over, pressed, drop) == 1


@pytest.mark.parametrize("over", Over, ids=lambda over: over.name.lower())
@pytest.mark.parametrize("pressed", PRESSES)
def test_a_browser_without_it_repeats_itself(press: Press, over: Over, pressed: str) -> None:
    """The day on which this fails is a good day: then the gate may go."""
    assert press(AS_IT_IS, over, pressed, Drop.RST_ONCE) == 2


def test_what_http_2_says_was_not_processed_is_sent_again(press: Press) -> None:
    """What remains, by the protocol's own word: a store that lies here is told twice."""
    assert press(GATE, Over.H2, "form", Drop.UNPROCESSED) == 2
