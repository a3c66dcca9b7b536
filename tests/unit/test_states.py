"""What each state that shops have means: before the click, after it, and in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from orders import WORDS, order

from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.readings import Order, State, Way
from automation.pages.values import Items
from automation.run.advice import advice
from automation.run.facts import Answer, Said
from automation.run.judgement import Reads, Verdict, Wanted, after_the_click, before_the_click
from automation.run.report.wording import LANGUAGES, Wording

LAMP, CABLE = "Desk lamp", "USB-C cable"
# What of a state may still be cancelled, where its page offers it.
OPEN = [
    State.AWAITING_PAYMENT, State.PAID, State.ON_HOLD, State.ORDERED, State.PREPARING,
    State.COMPLETED, State.FAILED, State.PARTLY_REFUNDED, State.DENIED, State.REINSTATED,
]  # fmt: skip
SENT = [State.SHIPPED, State.DELIVERED, State.RETURNED]
GONE = [State.EXPIRED, State.REFUNDED]


def one(state: State, way: Way = Way.CANCEL, *, offered: bool = False) -> Order:
    seen = order((LAMP, state))
    return replace(seen, items=(replace(seen.items[0], way=way),), offered=offered)


def ended(judged: Verdict | Wanted | None) -> Verdict:
    assert isinstance(judged, Verdict), judged
    return judged


def test_every_state_is_one_of_these() -> None:
    others = {State.REQUESTED, State.CANCELLED, State.UNREADABLE}

    assert set(State) == {*OPEN, *SENT, *GONE, *others}
    assert set(WORDS) == set(State)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_its_word_in_a_report(state: State, language: str) -> None:
    assert Wording(language)(f"state_{state.value}")


@pytest.mark.parametrize("state", OPEN)
def test_an_open_order_may_be_cancelled_if_its_page_offers_it(state: State) -> None:
    assert before_the_click(one(state), Items()) == Wanted((LAMP,), (LAMP,), whole=True)


@pytest.mark.parametrize("state", OPEN)
def test_an_open_order_whose_page_offers_nothing_was_refused(state: State) -> None:
    """It has not shipped, as far as anybody knows: `too_late` would say that."""
    judged = ended(before_the_click(one(state, Way.NONE), Items()))

    assert judged.outcome is Outcome.REFUSED
    assert judged.reason.startswith(f"{LAMP}: {WORDS[state]}; ")
    assert judged.reason.endswith("its page offers no way to cancel it")


@pytest.mark.parametrize("state", GONE)
@pytest.mark.parametrize("way", [Way.NONE, Way.CANCEL])
def test_what_is_over_without_us_has_not_shipped(state: State, way: Way) -> None:
    seen = one(state, way)

    judged = ended(before_the_click(seen, Items()))

    assert judged.outcome is Outcome.REFUSED
    assert "there is nothing left to cancel" in judged.reason
    assert advice(judged.outcome, seen) is None


def test_a_refund_is_no_cancellation() -> None:
    seen = order((LAMP, State.CANCELLED), (CABLE, State.REFUNDED))

    judged = ended(before_the_click(seen, Items()))

    assert judged.outcome is Outcome.REFUSED
    assert judged.reason == (
        "USB-C cable: Refunded; the store paid the money back: there is nothing left to cancel"
    )


@pytest.mark.parametrize("state", SENT)
def test_only_of_what_was_sent_it_is_said_that_it_is_too_late(state: State) -> None:
    assert ended(before_the_click(one(state, Way.NONE), Items())).outcome is Outcome.TOO_LATE


@pytest.mark.parametrize("state", [*SENT, *GONE])
def test_an_offer_that_the_state_denies_is_left_to_who_wrote_the_profile(state: State) -> None:
    judged = ended(before_the_click(one(state, offered=True), Items()))

    assert judged.outcome is Outcome.GUARDED
    assert judged.reason == (
        f"{LAMP}: {WORDS[state]}, which the profile counts as {state.words}; "
        "but the page offers to cancel the order"
    )


def test_an_offer_for_other_lines_says_nothing_of_what_was_sent() -> None:
    seen = replace(order((LAMP, State.SHIPPED), (CABLE, State.ORDERED)), offered=True)

    assert ended(before_the_click(seen, Items((LAMP,)))).outcome is Outcome.TOO_LATE


def test_what_cannot_be_read_is_never_acted_on_whatever_is_offered() -> None:
    seen = one(State.UNREADABLE, offered=True)

    assert ended(before_the_click(seen, Items())).outcome is Outcome.BROKEN


@pytest.mark.parametrize("state", OPEN)
def test_what_was_not_delivered_cannot_be_returned_yet(state: State) -> None:
    judged = ended(before_the_click(one(state), Items(), (Effect.RETURNS_ITEMS,)))

    assert judged.outcome is Outcome.REFUSED
    assert "it was not delivered" in judged.reason


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (State.CANCELLED, Outcome.ALREADY_CANCELLED),
        (State.EXPIRED, Outcome.REFUSED),
        (State.REFUNDED, Outcome.REFUSED),
        (State.REQUESTED, Outcome.REQUESTED),
        (State.SHIPPED, Outcome.TOO_LATE),
    ],
)
def test_a_page_without_lines_may_say_what_the_whole_order_is(
    state: State, outcome: Outcome
) -> None:
    seen = replace(one(state), items=(), whole=state)

    assert ended(before_the_click(seen, Items())).outcome is outcome


@pytest.mark.parametrize(
    ("state", "hint"),
    [
        (State.SHIPPED, "refuse the parcel at the door, or return it when it has arrived"),
        (State.DELIVERED, "its time for returns is over; only its seller can do more"),
        (State.RETURNED, "it has been returned already"),
        (State.PREPARING, None),
        (State.COMPLETED, None),
    ],
)
def test_only_a_parcel_on_its_way_can_be_refused_at_the_door(
    state: State, hint: str | None
) -> None:
    assert advice(Outcome.TOO_LATE, one(state, Way.NONE)) == hint


# After the click.


def after(
    said: Said,
    state: State,
    *,
    was: State = State.PAID,
    settled: bool = True,
    seen_requested: bool = False,
    asks: bool = False,
) -> Verdict | None:
    wanted = Wanted((LAMP,), (LAMP,), asks=asks)
    reads = Reads(one(state), True, settled, seen_requested)
    return after_the_click(Answer(said), wanted, one(was), reads)


@pytest.mark.parametrize("said", Said)
def test_refunded_is_not_cancelled(said: Said) -> None:
    judged = ended(after(said, State.REFUNDED))

    assert judged.outcome is (Outcome.REFUSED if said is Said.NO else Outcome.UNKNOWN)
    assert "Desk lamp: Refunded" in judged.reason


@pytest.mark.parametrize("state", GONE)
def test_what_ended_otherwise_since_the_click_is_not_unchanged(state: State) -> None:
    assert ended(after(Said.SILENCE, state)).outcome is Outcome.UNKNOWN
    assert after(Said.SILENCE, state, settled=False) is None


@pytest.mark.parametrize("said", Said)
def test_a_denial_on_the_page_is_a_refusal(said: Said) -> None:
    judged = ended(after(said, State.DENIED))

    assert judged.outcome is Outcome.REFUSED


def test_a_denial_of_long_ago_says_nothing_of_this_click() -> None:
    judged = ended(after(Said.PENDING, State.DENIED, was=State.DENIED))

    assert judged.outcome is Outcome.REQUESTED
    again = ended(after(Said.PENDING, State.DENIED, was=State.DENIED, seen_requested=True))
    assert again.outcome is Outcome.REFUSED


@pytest.mark.parametrize("said", Said)
def test_a_request_that_was_seen_and_is_gone_was_denied_whatever_was_answered(said: Said) -> None:
    """`not_cancelled` would say that the click had no effect, and that it may be made again."""
    judged = ended(after(said, State.PAID, seen_requested=True))

    assert judged.outcome is Outcome.REFUSED


def test_a_page_of_before_the_request_is_no_denial() -> None:
    """What a store's page shows a moment later may be older than what it showed first."""
    assert after(Said.SILENCE, State.PAID, seen_requested=True, settled=False) is None
    shown = after(Said.SILENCE, State.DENIED, seen_requested=True, settled=False)
    assert ended(shown).outcome is Outcome.REFUSED


def test_a_reinstated_order_is_not_cancelled() -> None:
    assert ended(after(Said.SILENCE, State.REINSTATED)).outcome is Outcome.NOT_CANCELLED
    assert ended(after(Said.YES, State.REINSTATED)).outcome is Outcome.UNKNOWN


# One control that cancels or asks.


def test_a_yes_on_a_page_that_asks_is_a_request() -> None:
    assert ended(after(Said.YES, State.PAID, asks=True, settled=False)).outcome is Outcome.REQUESTED
    assert ended(after(Said.YES, State.PAID)).outcome is Outcome.UNKNOWN


def test_where_it_was_cancelled_at_once_it_was_no_request() -> None:
    assert ended(after(Said.YES, State.CANCELLED, asks=True)).outcome is Outcome.CANCELLED


@pytest.mark.parametrize("said", [Said.SILENCE, Said.OTHER])
def test_whether_it_was_asked_for_is_not_known_without_an_answer(said: Said) -> None:
    assert after(said, State.PAID, asks=True, settled=False) is None
    judged = ended(after(said, State.PAID, asks=True))
    assert judged.outcome is Outcome.UNKNOWN
    assert "whether the store was asked is not known" in judged.reason
