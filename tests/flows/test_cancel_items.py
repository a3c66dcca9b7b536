"""`cancel-items` in a browser: what the run says, and what the store knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from automation.errors import InputError
from automation.outcome import Outcome
from automation.run.record import Run
from automation.run.rules import Keep, Rules
from mock_store.lines import Line
from mock_store.rules import Mode, State
from mock_store.store import Store

Follow = Callable[..., Run]
LAMP, CABLE, LONG = "Desk lamp", "USB-C cable", "USB-C cable (2 m)"


@pytest.fixture(params=["documented", "current"])
def layout(request: pytest.FixtureRequest) -> str:
    """The same flow, word for word, on each face of the store."""
    layout: str = request.param
    return layout


def test_cancels_exactly_the_chosen_item(store: Store, follow: Follow) -> None:
    order = store.place(CABLE, LONG, LAMP)

    run = follow("cancel-items", order=order.number, items=CABLE)

    assert run.outcome is Outcome.CANCELLED
    assert order.states() == {CABLE: State.CANCELLED, LONG: State.ORDERED, LAMP: State.ORDERED}
    assert (order.submits, order.executions, run.requests_seen) == (1, 1, 1)


def test_cancels_the_whole_order(store: Store, follow: Follow) -> None:
    order = store.place(LAMP, Line(CABLE, quantity=3))

    run = follow("cancel-items", order=order.number, reason="Item price too high")

    assert run.outcome is Outcome.CANCELLED
    assert order.state == State.CANCELLED
    assert order.submits == 1


def test_rehearses_without_commit(store: Store, follow: Follow) -> None:
    order = store.place(LAMP, CABLE)

    run = follow("cancel-items", commit=False, order=order.number, items=CABLE)

    assert run.outcome is Outcome.REHEARSED
    assert order.submits == 0


def test_a_cancelled_order_is_a_success_without_a_click(store: Store, follow: Follow) -> None:
    order = store.place(LAMP, state=State.CANCELLED)

    run = follow("cancel-items", order=order.number)

    assert (run.outcome, run.exit_code) == (Outcome.ALREADY_CANCELLED, 0)
    assert order.submits == 0


@pytest.mark.parametrize("state", [State.SHIPPED, State.DELIVERED])
def test_a_shipped_order_is_too_late(store: Store, follow: Follow, state: State) -> None:
    order = store.place(LAMP, state=state)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.TOO_LATE
    assert "return" in (run.hint or "")
    assert order.submits == 0


def test_what_can_still_be_cancelled_is_and_the_rest_is_told(store: Store, follow: Follow) -> None:
    order = store.place(Line(LAMP, state=State.SHIPPED), CABLE)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.PARTLY_CANCELLED
    assert order.states() == {LAMP: State.SHIPPED, CABLE: State.CANCELLED}


def test_an_unknown_number_is_not_found_only_after_all_was_read(
    store: Store, follow: Follow
) -> None:
    for _ in range(23):
        store.place(LAMP)

    run = follow("cancel-items", order="112-0000000-0000000")

    assert run.outcome is Outcome.NOT_FOUND
    assert run.reason.startswith("all 23 orders of the account were read")


def test_finds_an_order_of_long_ago(store: Store, follow: Follow) -> None:
    order = store.place(LAMP)
    for _ in range(15):
        store.place(CABLE)

    assert follow("cancel-items", order=order.number).outcome is Outcome.CANCELLED


def test_an_unknown_item_is_told_with_what_there_is(store: Store, follow: Follow) -> None:
    order = store.place(LAMP, CABLE)

    with pytest.raises(InputError, match="has no item `USB-C cabel`") as problem:
        follow("cancel-items", order=order.number, items="USB-C cabel")
    assert "did you mean `USB-C cable`?" in str(problem.value)
    assert order.submits == 0


def test_a_reason_that_is_not_offered_is_told_with_those_that_are(
    store: Store, follow: Follow
) -> None:
    order = store.place(LAMP)

    with pytest.raises(InputError, match="does not offer `Just because`") as problem:
        follow("cancel-items", order=order.number, reason="Just because")

    assert "`Item price too high`" in str(problem.value)
    assert order.submits == 0


def test_another_accounts_order_is_not_found(store: Store, follow: Follow) -> None:
    order = store.place(LAMP, account="sam")

    assert follow("cancel-items", order=order.number).outcome is Outcome.NOT_FOUND
    assert order.submits == 0


def test_the_keep_list_holds(store: Store, follow: Follow) -> None:
    order = store.place(LAMP)

    run = follow("cancel-items", order=order.number, rules=Rules(Keep(items=(LAMP,))))

    assert run.outcome is Outcome.GUARDED
    assert order.submits == 0


@pytest.mark.parametrize(
    ("quirk", "outcome", "state"),
    [
        ("refuses", Outcome.REFUSED, State.ORDERED),
        ("error_on_commit_not_done", Outcome.NOT_CANCELLED, State.ORDERED),
        ("error_on_commit_done", Outcome.CANCELLED, State.CANCELLED),
        ("never_answers", Outcome.CANCELLED, State.CANCELLED),
        ("says_cancelled_but_is_not", Outcome.UNKNOWN, State.ORDERED),
    ],
)
@pytest.mark.parametrize(
    ("store", "layout"),
    [
        (Mode.LEGACY, "documented"),
        pytest.param(Mode.LENIENT, "current", marks=pytest.mark.thorough),
    ],
    indirect=True,
)
def test_bad_days_end_alike_in_stores_that_believe_everything(
    store: Store, follow: Follow, quirk: str, outcome: Outcome, state: State
) -> None:
    """What each quirk comes to in a strict store is in test_quirks.py."""
    store.place(CABLE)
    order = store.place(LAMP)
    store.quirks.add(quirk, order=order.number, times=1)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is outcome, run.reason
    assert order.states() == {LAMP: state}
    assert order.submits == 1


@pytest.mark.parametrize("layout", ["documented"])
def test_an_open_click_is_never_made_again(store: Store, follow: Follow) -> None:
    order = store.place(LAMP)
    store.quirks.add("says_cancelled_but_is_not", times=1)
    assert follow("cancel-items", order=order.number).outcome is Outcome.UNKNOWN

    again = follow("cancel-items", order=order.number)

    assert again.outcome is Outcome.UNKNOWN
    assert order.submits == 1


@pytest.mark.parametrize("store", [Mode.STRICT, Mode.LEGACY], indirect=True)
def test_a_dropped_answer_is_settled_by_reading(store: Store, follow: Follow) -> None:
    """A browser sends a form again by itself when a kept connection closes: it is counted."""
    order = store.place(LAMP, CABLE)
    store.quirks.add("drops_on_commit_done", times=1)

    run = follow("cancel-items", order=order.number, items=LAMP)

    assert run.outcome is Outcome.CANCELLED
    assert order.states() == {LAMP: State.CANCELLED, CABLE: State.ORDERED}
    assert order.submits in (1, 2)
