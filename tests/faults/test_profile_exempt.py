"""What is exempt among the findings of mistaken profiles, and what never is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from faults.profiles.exempt import exempt
from faults.profiles.kinds import KINDS, MistakenProfile, draw
from faults.profiles.right import right_profiles
from faults.profiles.slip import slip
from faults.profiles.truths import Breach, Followed, OrderTruth, Zero

_AT = ("languages", "en", "states")


def case(kind: str = "state of another") -> MistakenProfile:
    """The word for *received* means *cancelled*."""
    made = slip(((*_AT, "cancelled"), ["Cancelled", "Received"]), ((*_AT, "ordered"), ["Open"]))
    return replace(draw(0), kind=next(one for one in KINDS if one.name == kind), slip=made)


def run(word: str, state: str = "ordered", after: OrderTruth | None = None) -> Followed:
    truth = OrderTruth(0, (("Cable", state),))
    return Followed(
        commit=True,
        order="22",
        asked=None,
        word=word,
        before={"22": truth},
        after={"22": after or truth},
    )


FALSE = Breach(Zero.FALSE_WORD, 0, "")


def test_a_word_that_means_another_state_is_contradicted_by_no_page() -> None:
    found = exempt(case(), run("already_cancelled"), FALSE)

    assert found is not None
    assert found.name == "a state's own word under another state"


@pytest.mark.parametrize("zero", [Zero.REHEARSAL_SENDS, Zero.DOUBLE_SUBMIT, Zero.WRONG_CANCEL])
def test_what_was_sent_is_never_exempt(zero: Zero) -> None:
    assert exempt(case(), run("already_cancelled"), Breach(zero, 0, "")) is None


def test_too_late_is_contradicted_by_the_offer_to_cancel() -> None:
    assert exempt(case(), run("too_late"), FALSE) is None


def test_a_word_about_what_this_run_changed_is_not_exempt() -> None:
    done = OrderTruth(1, (("Cable", "cancelled"),))

    assert exempt(case(), run("already_cancelled", after=done), FALSE) is None


def test_another_kind_of_mistake_is_not_exempt() -> None:
    assert exempt(case("answers swapped"), run("already_cancelled"), FALSE) is None


def test_a_state_that_the_mistake_is_not_about_is_not_exempt() -> None:
    assert exempt(case(), run("already_cancelled", state="shipped"), FALSE) is None


def test_lines_that_the_profile_vouches_for_are_contradicted_by_no_page() -> None:
    shop = next(each for each in right_profiles() if each.shape == "sums=none")
    rows = slip((("pages", "order", "lines", "rows"), {"css": "tr.line:first-child"}))
    wrong = Breach(Zero.WRONG_CANCEL, 0, "")

    vouched = replace(case("first row only"), right=shop, slip=rows)
    elsewhere = replace(vouched, slip=slip((("addresses", "orders"), "/")))
    summed = replace(vouched, right=draw(0).right)

    assert exempt(vouched, run("cancelled"), wrong) is not None
    assert exempt(elsewhere, run("cancelled"), wrong) is None
    assert exempt(summed, run("cancelled"), wrong) is None
