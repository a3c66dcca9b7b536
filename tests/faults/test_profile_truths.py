"""The judge of mistaken profiles, rule by rule: what it must find, and what it must let be."""

from __future__ import annotations

import pytest

from faults.profiles.truths import Followed, OrderTruth, Zero, judged

KEPT = frozenset({"Mug"})


def order(*states: str, submits: int = 0) -> OrderTruth:
    titles = ("Cable", "Lamp", "Mug")
    return OrderTruth(submits, tuple(zip(titles, states, strict=False)))


OPEN, DONE = order("ordered"), order("cancelled", submits=1)


def run(
    word: str,
    before: OrderTruth = OPEN,
    after: OrderTruth = OPEN,
    *,
    commit: bool = True,
    asked: tuple[str, ...] | None = None,
    beside: tuple[OrderTruth, OrderTruth] = (OPEN, OPEN),
) -> Followed:
    """A run of order 22; 222 is beside it."""
    return Followed(
        commit=commit,
        order="22",
        asked=asked,
        word=word,
        before={"22": before, "222": beside[0]},
        after={"22": after, "222": beside[1]},
    )


def zeros(*runs: Followed) -> list[Zero]:
    return [breach.zero for breach in judged(runs, KEPT)]


@pytest.mark.parametrize(
    ("word", "before", "after"),
    [
        ("cancelled", OPEN, DONE),
        ("already_cancelled", DONE, DONE),
        ("partly_cancelled", order("ordered", "ordered"), order("cancelled", "ordered", submits=1)),
        ("requested", OPEN, order("requested", submits=1)),
        ("requested", order("requested"), order("requested")),
        ("too_late", order("shipped"), order("shipped")),
        ("refused", OPEN, OPEN),
        ("refused", OPEN, order("ordered", submits=1)),
        ("not_cancelled", OPEN, order("ordered", submits=1)),
        ("changed_before_the_click", OPEN, DONE),
        ("unknown", OPEN, DONE),
        ("rehearsed", OPEN, OPEN),
        ("guarded", OPEN, OPEN),
        ("broken", OPEN, OPEN),
        ("exit 2", OPEN, OPEN),
    ],
)
def test_a_true_word_is_let_be(word: str, before: OrderTruth, after: OrderTruth) -> None:
    assert zeros(run(word, before, after)) == []


@pytest.mark.parametrize(
    ("word", "before", "after"),
    [
        ("cancelled", OPEN, OPEN),
        ("cancelled", DONE, DONE),
        ("cancelled", order("ordered", "ordered"), order("cancelled", "ordered", submits=1)),
        ("already_cancelled", OPEN, DONE),
        ("already_cancelled", OPEN, OPEN),
        ("partly_cancelled", OPEN, DONE),
        ("requested", OPEN, OPEN),
        ("too_late", OPEN, OPEN),
        ("too_late", OPEN, DONE),
        ("refused", OPEN, DONE),
        ("refused", order("requested"), order("requested")),
        ("not_cancelled", OPEN, DONE),
        ("changed_before_the_click", OPEN, OPEN),
        ("broken", OPEN, DONE),
        ("broken", OPEN, order("ordered", submits=1)),
        ("guarded", OPEN, DONE),
        ("not_found", OPEN, OPEN),
        ("exit 2", OPEN, DONE),
        ("a word of tomorrow", OPEN, OPEN),
    ],
)
def test_a_false_word_is_found(word: str, before: OrderTruth, after: OrderTruth) -> None:
    assert zeros(run(word, before, after)) == [Zero.FALSE_WORD]


def test_only_what_was_asked_for_makes_a_word_true() -> None:
    before, after = order("ordered", "ordered"), order("cancelled", "ordered", submits=1)

    assert zeros(run("cancelled", before, after, asked=("Cable",))) == []
    assert zeros(run("cancelled", before, after, asked=("Lamp",))) == [
        Zero.WRONG_CANCEL,
        Zero.FALSE_WORD,
    ]


def test_a_rehearsal_that_is_received_is_found_though_nothing_came_of_it() -> None:
    received = order("ordered", submits=1)

    assert zeros(run("rehearsed", OPEN, received, commit=False)) == [
        Zero.REHEARSAL_SENDS,
        Zero.FALSE_WORD,
    ]


def test_a_rehearsal_of_one_order_must_not_touch_another() -> None:
    found = zeros(run("changed_before_the_click", commit=False, beside=(OPEN, DONE)))

    assert set(found) == {Zero.REHEARSAL_SENDS, Zero.WRONG_CANCEL, Zero.FALSE_WORD}


def test_another_order_is_a_wrong_cancel() -> None:
    assert zeros(run("cancelled", OPEN, DONE, beside=(OPEN, DONE))) == [Zero.WRONG_CANCEL]


def test_an_item_on_the_keep_list_is_a_wrong_cancel() -> None:
    before = order("ordered", "ordered", "ordered")
    after = order("cancelled", "cancelled", "cancelled", submits=1)

    assert zeros(run("cancelled", before, after)) == [Zero.WRONG_CANCEL]


def test_a_request_for_a_kept_item_is_one_too() -> None:
    before = order("ordered", "ordered", "ordered")
    after = order("ordered", "ordered", "requested", submits=1)

    assert zeros(run("requested", before, after)) == [Zero.WRONG_CANCEL]


def test_two_submissions_are_found_in_one_run_and_over_several() -> None:
    twice, again = order("cancelled", submits=2), order("cancelled", submits=2)

    assert zeros(run("cancelled", OPEN, twice)) == [Zero.DOUBLE_SUBMIT]
    assert zeros(run("cancelled", OPEN, DONE), run("already_cancelled", DONE, again)) == [
        Zero.DOUBLE_SUBMIT
    ]


def test_a_breach_names_the_run_and_the_store_s_truth() -> None:
    (breach,) = judged([run("broken"), run("broken", OPEN, DONE)], KEPT)

    assert (breach.at, breach.sentence) == (1, "`broken`, but the store received something of 22")
