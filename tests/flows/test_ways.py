"""`cancel-order` finds the right way by itself; the ways that are no cancellation say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from looking import seen, verified

from automation.outcome import Outcome
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser
from automation.run.record import Run
from mock_store.lines import Line
from mock_store.rules import State
from mock_store.store import LAYOUTS, PlacedOrder, Store

Follow = Callable[..., Run]
LAMP, CABLE, MUG, POT = "Desk lamp", "USB-C cable", "Stoneware mug", "Terracotta plant pot"
SHIPPED = State.SHIPPED


@pytest.fixture
def layout() -> str:
    return "current"


def placed(store: Store, *lines: str | Line, hours: float = 0, **more: Any) -> PlacedOrder:
    return store.place(*lines, placed=store.clock.now() - timedelta(hours=hours), **more)


KINDS: dict[str, tuple[tuple[str | Line, ...], dict[str, Any], Outcome, dict[str, State]]] = {
    "the store's own": ((LAMP,), {}, Outcome.CANCELLED, {LAMP: State.CANCELLED}),
    "a seller's, in the window": ((MUG,), {"hours": 0.2}, Outcome.CANCELLED,
                                  {MUG: State.CANCELLED}),
    "a seller's, after the window": ((MUG,), {"hours": 5}, Outcome.REQUESTED,
                                     {MUG: State.REQUESTED}),
    "a seller's, too late to request": ((MUG,), {"hours": 72}, Outcome.SELLER_CONTACTED,
                                        {MUG: State.ORDERED}),
    "shipped": ((LAMP,), {"state": SHIPPED}, Outcome.TOO_LATE, {LAMP: SHIPPED}),
    "delivered": ((LAMP,), {"state": State.DELIVERED}, Outcome.TOO_LATE, {LAMP: State.DELIVERED}),
    "of two sellers": ((LAMP, MUG), {"hours": 5}, Outcome.PARTLY_CANCELLED,
                       {LAMP: State.CANCELLED, MUG: State.ORDERED}),
    "in two parcels": ((Line(LAMP, quantity=2), Line(CABLE, quantity=3, shipment=2)), {},
                       Outcome.CANCELLED, {LAMP: State.CANCELLED, CABLE: State.CANCELLED}),
    "shipped in part": ((LAMP, Line(CABLE, shipment=2, state=SHIPPED)), {},
                        Outcome.PARTLY_CANCELLED, {LAMP: State.CANCELLED, CABLE: SHIPPED}),
    "cancelled": ((LAMP,), {"state": State.CANCELLED}, Outcome.ALREADY_CANCELLED,
                  {LAMP: State.CANCELLED}),
    "cancelled in part": ((LAMP, Line(CABLE, state=State.CANCELLED)), {}, Outcome.CANCELLED,
                          {LAMP: State.CANCELLED, CABLE: State.CANCELLED}),
    "whose payment must be revised": ((LAMP,), {"note": "payment_revision"}, Outcome.CANCELLED,
                                      {LAMP: State.CANCELLED}),
    "of what is not out yet": ((LAMP,), {"note": "pre_order"}, Outcome.CANCELLED,
                               {LAMP: State.CANCELLED}),
    "preparing": ((LAMP,), {"state": State.PREPARING}, Outcome.CANCELLED,
                  {LAMP: State.CANCELLED}),
}  # fmt: skip


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(each, marks=() if each == "documented" else pytest.mark.thorough)
        for each in LAYOUTS
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_goes_the_way_that_the_order_offers(store: Store, follow: Follow, kind: str) -> None:
    lines, more, outcome, states = KINDS[kind]
    order = placed(store, *lines, **more)

    run = follow("cancel-order", order=order.number)

    assert run.outcome is outcome, run.reason
    assert order.states() == states
    acted = outcome not in (Outcome.TOO_LATE, Outcome.ALREADY_CANCELLED)
    assert order.submits == int(acted)


@pytest.mark.parametrize("hours", [0, 5, 72])
def test_rehearsing_does_nothing_on_any_way(store: Store, follow: Follow, hours: int) -> None:
    order = placed(store, MUG, hours=hours)

    run = follow("cancel-order", commit=False, order=order.number)

    assert run.outcome is Outcome.REHEARSED
    assert (order.submits, order.messages, order.states()) == (0, [], {MUG: State.ORDERED})


@pytest.mark.parametrize(
    ("decide", "outcome"),
    [(PlacedOrder.approve, Outcome.ALREADY_CANCELLED), (PlacedOrder.deny, Outcome.REQUESTED)],
)
def test_what_a_seller_decides_is_read_later(
    store: Store, follow: Follow, decide: Callable[[PlacedOrder], None], outcome: Outcome
) -> None:
    order = placed(store, MUG, hours=5)
    assert follow("request-cancellation", order=order.number).outcome is Outcome.REQUESTED

    decide(order)
    again = follow("request-cancellation", order=order.number)

    assert again.outcome is outcome, again.reason


def test_what_a_seller_answers_is_shown_and_is_no_message_of_ours(
    store: Store, storefront: Storefront, browser_of_ours: OpenBrowser, follow: Follow
) -> None:
    order = placed(store, MUG, hours=72)
    follow("contact-seller", order=order.number)

    order.answer("It has left already, sorry.")
    order_page = storefront.url("order", order=order.number)

    assert "It has left already, sorry." in seen(browser_of_ours, storefront, order_page)
    assert len(order.messages) == 1


@pytest.mark.parametrize(
    ("decide", "outcome"),
    [
        (PlacedOrder.approve, Outcome.CANCELLED),
        (PlacedOrder.deny, Outcome.REFUSED),
        (lambda order: order.store.clock.advance("49h"), Outcome.REFUSED),
    ],
    ids=["approves", "denies", "says nothing for two days"],
)
def test_verify_tells_what_became_of_a_request(
    store: Store,
    storefront: Storefront,
    browser_of_ours: OpenBrowser,
    follow: Follow,
    tmp_path: Path,
    decide: Callable[[PlacedOrder], None],
    outcome: Outcome,
) -> None:
    order = placed(store, MUG, hours=5)
    run = follow("request-cancellation", order=order.number)
    assert run.outcome is Outcome.REQUESTED

    decide(order)

    assert verified(browser_of_ours, storefront, tmp_path / "runs") == {run.id: outcome}


def test_a_message_says_what_was_given(store: Store, follow: Follow) -> None:
    order = placed(store, MUG, hours=72)

    run = follow("contact-seller", order=order.number, message="Please do not send it.")

    assert run.outcome is Outcome.SELLER_CONTACTED
    assert order.messages == ["Please do not send it."]


def test_a_seller_who_may_only_be_asked_is_never_ordered_about(
    store: Store, follow: Follow
) -> None:
    order = placed(store, MUG, hours=5)

    run = follow("cancel-items", order=order.number)

    assert run.outcome is Outcome.BROKEN
    assert "a request to the seller" in run.reason
    assert order.submits == 0


def test_another_seller_s_items_are_not_asked_for(store: Store, follow: Follow) -> None:
    order = placed(store, MUG, Line(POT, shipment=2), Line("Wool throw", shipment=3), hours=5)

    run = follow("cancel-order", order=order.number, items="Wool throw")

    assert run.outcome in (Outcome.GUARDED, Outcome.REQUESTED)
    assert order.states()[MUG] == State.ORDERED


def test_a_return_is_begun(store: Store, follow: Follow) -> None:
    order = placed(store, LAMP, CABLE, state=State.DELIVERED, hours=24 * 7)

    run = follow("start-return", order=order.number, items=LAMP, reason="Other")

    assert run.outcome is Outcome.RETURN_STARTED, run.reason
    assert order.states() == {LAMP: State.RETURNED, CABLE: State.DELIVERED}
    assert [cents for cents, _due in order.refunds] == [4900]


def test_a_refund_is_promised_and_then_paid(
    store: Store, storefront: Storefront, browser_of_ours: OpenBrowser, follow: Follow
) -> None:
    order = placed(store, LAMP, state=State.DELIVERED, hours=24 * 7)
    assert "Return eligible until" in seen(
        browser_of_ours, storefront, storefront.url("order", order=order.number)
    )
    run = follow("start-return", order=order.number, reason="Other")

    store.clock.advance("6d")
    later = seen(browser_of_ours, storefront, storefront.url("order", order=order.number))

    assert "Return started" in run.reason
    assert "Refund of €49.00 paid on" in later
    assert "Return complete" in later


def test_a_return_after_its_time_is_too_late(store: Store, follow: Follow) -> None:
    order = placed(store, LAMP, state=State.DELIVERED, hours=24 * 90)

    run = follow("start-return", order=order.number, reason="Other")

    assert run.outcome is Outcome.TOO_LATE
    assert order.submits == 0


@pytest.mark.parametrize("state", [SHIPPED, State.DELIVERED])
def test_what_has_shipped_is_told(store: Store, follow: Follow, state: State) -> None:
    order = placed(store, LAMP, state=state)

    run = follow("shipped", order=order.number)

    assert run.outcome is Outcome.TOO_LATE
    assert (run.hint or "").startswith(
        "refuse the parcel" if state is SHIPPED else "it can be returned: `unorder run start-return"
    )


def test_a_request_that_nobody_answers_lapses(store: Store, follow: Follow) -> None:
    order = placed(store, MUG, hours=5)
    assert follow("request-cancellation", order=order.number).outcome is Outcome.REQUESTED

    store.clock.advance("49h")

    assert order.states() == {MUG: State.ORDERED}
    assert follow("cancel-order", order=order.number).outcome is Outcome.SELLER_CONTACTED


def test_what_the_clock_has_shipped_is_too_late(store: Store, follow: Follow) -> None:
    order = store.place(Line(LAMP, ships_after=timedelta(hours=2)))

    store.clock.advance("3h")

    assert follow("cancel-order", order=order.number).outcome is Outcome.TOO_LATE
    assert (order.states(), order.submits) == ({LAMP: SHIPPED}, 0)


@pytest.mark.parametrize(
    ("quirk", "asks"),
    [
        ("asks_code", "a code that it has sent"),
        ("captcha", "a captcha"),
        ("passkey", "a passkey"),
        ("wall", "proof that it is not a robot"),
    ],
)
def test_what_only_a_person_may_answer_is_left_to_one(
    store: Store, follow: Follow, quirk: str, asks: str
) -> None:
    order = store.place(LAMP)
    store.quirks.add(quirk)

    run = follow("cancel-order", order=order.number)

    assert run.outcome is Outcome.NEEDS_PERSON
    assert asks in run.reason
    assert "unorder sign-in" in (run.hint or "")
    assert order.submits == 0
