"""What the facts mean, before the click and after it."""

from __future__ import annotations

import pytest
from orders import order

from automation.errors import InputError
from automation.outcome import Outcome
from automation.pages.readings import Order, State
from automation.pages.values import Items
from automation.run.facts import Answer, Said
from automation.run.judgement import Reads, Verdict, Wanted, after_the_click, before_the_click

LAMP, CABLE = "Desk lamp", "USB-C cable"


def verdict(judged: Verdict | Wanted | None) -> Verdict:
    assert isinstance(judged, Verdict)
    return judged


def test_wants_all_that_may_be_cancelled() -> None:
    seen = order((LAMP, State.ORDERED), (CABLE, State.PREPARING))

    assert before_the_click(seen, Items()) == Wanted((LAMP, CABLE), (LAMP, CABLE), whole=True)


def test_wants_exactly_the_title_and_not_one_that_begins_like_it() -> None:
    seen = order((CABLE, State.ORDERED), (f"{CABLE} (2 m)", State.ORDERED))

    assert before_the_click(seen, Items((CABLE,))) == Wanted((CABLE,), (CABLE,))


def test_forgives_white_space_in_a_title_and_nothing_else() -> None:
    seen = order((CABLE, State.ORDERED))

    assert before_the_click(seen, Items((" USB-C\n cable",))) == Wanted((CABLE,), (CABLE,))
    with pytest.raises(InputError, match="no item `usb-c cable`") as problem:
        before_the_click(seen, Items(("usb-c cable",)))
    assert "did you mean `USB-C cable`?" in str(problem.value)


@pytest.mark.parametrize(
    ("states", "outcome"),
    [
        ((State.CANCELLED, State.CANCELLED), Outcome.ALREADY_CANCELLED),
        ((State.SHIPPED, State.SHIPPED), Outcome.TOO_LATE),
        ((State.CANCELLED, State.SHIPPED), Outcome.TOO_LATE),
        ((State.REQUESTED, State.CANCELLED), Outcome.REQUESTED),
        ((State.UNREADABLE, State.ORDERED), Outcome.BROKEN),
    ],
)
def test_ends_before_the_click_when_there_is_nothing_to_cancel(
    states: tuple[State, State], outcome: Outcome
) -> None:
    seen = order((LAMP, states[0]), (CABLE, states[1]))

    assert verdict(before_the_click(seen, Items())).outcome is outcome


def test_an_item_without_a_title_could_be_one_that_is_kept() -> None:
    seen = order((LAMP, State.ORDERED), ("", State.ORDERED))

    assert verdict(before_the_click(seen, Items())).outcome is Outcome.BROKEN


def test_does_not_choose_between_two_items_of_one_title() -> None:
    seen = order((CABLE, State.ORDERED), (CABLE, State.ORDERED), (LAMP, State.ORDERED))

    assert verdict(before_the_click(seen, Items((CABLE,)))).outcome is Outcome.GUARDED
    titles = (CABLE, CABLE, LAMP)
    assert before_the_click(seen, Items()) == Wanted(titles, titles, whole=True)


BEFORE = order((LAMP, State.ORDERED), (CABLE, State.ORDERED))
BOTH = Wanted((LAMP, CABLE), (LAMP, CABLE))


def after(
    said: Said, *states: State, settled: bool = False, agreeing: bool = True
) -> Outcome | None:
    now: Order = order((LAMP, states[0]), (CABLE, states[1]))
    judged = after_the_click(Answer(said), BOTH, BEFORE, Reads(now, agreeing, settled))
    return judged.outcome if judged else None


UNCHANGED = (State.ORDERED, State.ORDERED)
GONE = (State.CANCELLED, State.CANCELLED)


@pytest.mark.parametrize("said", [Said.YES, Said.OTHER, Said.SILENCE, Said.PENDING])
def test_two_reads_that_say_cancelled_are_cancelled_whatever_the_store_said(said: Said) -> None:
    assert after(said, *GONE) is Outcome.CANCELLED
    assert after(said, *GONE, agreeing=False) is None


def test_the_page_decides_against_words_that_say_no() -> None:
    assert after(Said.NO, *GONE) is Outcome.CANCELLED


def test_a_success_page_is_not_believed() -> None:
    assert after(Said.YES, *UNCHANGED) is None
    assert after(Said.YES, *UNCHANGED, settled=True) is Outcome.UNKNOWN


def test_silence_is_only_judged_when_the_store_has_settled() -> None:
    assert after(Said.SILENCE, *UNCHANGED) is None
    assert after(Said.SILENCE, *UNCHANGED, settled=True) is Outcome.NOT_CANCELLED


def test_a_refusal_stands_when_two_reads_agree() -> None:
    assert after(Said.NO, *UNCHANGED) is Outcome.REFUSED


def test_pending_waits_for_the_store() -> None:
    assert after(Said.PENDING, *UNCHANGED, settled=True) is Outcome.REQUESTED
    assert after(Said.SILENCE, State.REQUESTED, State.REQUESTED) is Outcome.REQUESTED


def test_a_request_that_was_seen_and_is_gone_was_refused() -> None:
    reads = Reads(BEFORE, agreeing=True, settled=True, seen_requested=True)

    judged = after_the_click(Answer(Said.PENDING), BOTH, BEFORE, reads)

    assert verdict(judged).outcome is Outcome.REFUSED


def test_some_of_several_is_partly() -> None:
    half = (State.CANCELLED, State.ORDERED)
    assert after(Said.OTHER, *half) is None  # the other may be done a moment later
    assert after(Said.OTHER, *half, settled=True) is Outcome.PARTLY_CANCELLED
    assert after(Said.SILENCE, State.CANCELLED, State.ORDERED) is None
    assert (
        after(Said.SILENCE, State.CANCELLED, State.ORDERED, settled=True)
        is Outcome.PARTLY_CANCELLED
    )


def test_shipped_meanwhile_is_too_late() -> None:
    assert after(Said.NO, State.SHIPPED, State.SHIPPED) is Outcome.TOO_LATE


def test_an_item_that_is_no_longer_listed_is_not_called_cancelled() -> None:
    now = order((LAMP, State.CANCELLED))
    reads = Reads(now, agreeing=True, settled=True)

    judged = after_the_click(Answer(Said.YES), BOTH, BEFORE, reads)

    assert verdict(judged).outcome is Outcome.UNKNOWN


def test_what_was_asked_for_and_could_not_be_cancelled_is_told() -> None:
    before = order((LAMP, State.SHIPPED), (CABLE, State.ORDERED))
    now = order((LAMP, State.SHIPPED), (CABLE, State.CANCELLED))
    wanted = before_the_click(before, Items())
    assert wanted == Wanted((CABLE,), (LAMP, CABLE), whole=True)

    judged = after_the_click(
        Answer(Said.YES), wanted, before, Reads(now, agreeing=True, settled=False)
    )

    assert verdict(judged).outcome is Outcome.PARTLY_CANCELLED


def judged_of_all(
    before: Order, now: Order, said: Said = Said.YES, *, settled: bool = True
) -> Outcome:
    wanted = before_the_click(before, Items())
    assert isinstance(wanted, Wanted)
    return verdict(after_the_click(Answer(said), wanted, before, Reads(now, True, settled))).outcome


def test_a_line_that_was_not_shown_before_counts_when_all_was_asked_for() -> None:
    before = order((LAMP, State.ORDERED))
    now = order((LAMP, State.CANCELLED), (CABLE, State.ORDERED))

    assert judged_of_all(before, now) is Outcome.PARTLY_CANCELLED


def test_of_two_lines_alike_the_one_that_is_gone_is_not_called_cancelled() -> None:
    before = order((CABLE, State.ORDERED), (CABLE, State.ORDERED))

    assert judged_of_all(before, order((CABLE, State.CANCELLED))) is Outcome.UNKNOWN
    assert judged_of_all(before, order(*2 * [(CABLE, State.CANCELLED)])) is Outcome.CANCELLED


@pytest.mark.parametrize("over", [State.SHIPPED, State.CANCELLED])
def test_a_line_alike_that_was_over_before_says_nothing_of_the_click(over: State) -> None:
    before = order((CABLE, State.ORDERED), (CABLE, over))

    assert judged_of_all(before, before, Said.YES) is Outcome.UNKNOWN
    assert judged_of_all(before, before, Said.NO, settled=False) is Outcome.REFUSED
    assert judged_of_all(before, before, Said.SILENCE) is Outcome.NOT_CANCELLED


def test_a_line_alike_that_was_cancelled_before_stays_so() -> None:
    before = order((CABLE, State.CANCELLED), (CABLE, State.ORDERED))
    now = order((CABLE, State.CANCELLED), (CABLE, State.CANCELLED))

    assert judged_of_all(before, now) is Outcome.CANCELLED
    assert judged_of_all(before, order((CABLE, State.CANCELLED))) is Outcome.UNKNOWN


def test_a_line_alike_that_had_shipped_keeps_the_whole_from_being_cancelled() -> None:
    before = order((CABLE, State.ORDERED), (CABLE, State.SHIPPED))
    now = order((CABLE, State.DELIVERED), (CABLE, State.CANCELLED))

    assert judged_of_all(before, now) is Outcome.PARTLY_CANCELLED
