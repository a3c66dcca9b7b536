"""What a store's words for a state mean."""

from __future__ import annotations

import pytest

from automation.pages.readings import State
from automation.pages.state_words import known_as, saying, state_of

WORDS = {
    "Canceled": State.CANCELLED,
    "Cancelled, a fee of…": State.CANCELLED,
    "Arriving...": State.ORDERED,
    "Arriving late…": State.PREPARING,
    "On  Hold": State.ORDERED,
    "Zustellung: …": State.ORDERED,
    "未発送…": State.ORDERED,
    "Delivered…": State.DELIVERED,
    "Delivered in part": State.SHIPPED,
}
STATES = {known_as(word): state for word, state in WORDS.items()}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Canceled", State.CANCELLED),
        (" CANCELED \n", State.CANCELLED),
        ("Canceled.", State.CANCELLED),
        ("Canceled...", State.UNREADABLE),  # something is left out
        ("Canceled Reversal", State.UNREADABLE),
        ("Canceled by customer", State.UNREADABLE),
        ("Not canceled", State.UNREADABLE),
        ("Cancelled, a fee of €5.00 is kept", State.CANCELLED),
        ("Arriving", State.ORDERED),
        ("Arriving tomorrow", State.ORDERED),
        ("Arrivings", State.UNREADABLE),
        ("Arriving late today", State.PREPARING),
        ("on\nhold", State.ORDERED),
        ("On hold since May", State.UNREADABLE),
        ("Zustellung: 15. September", State.ORDERED),
        ("未発送です", State.ORDERED),
        ("Delivered 5 May", State.DELIVERED),
        ("Delivered in part", State.SHIPPED),
        ("", State.UNREADABLE),
    ],
)
def test_a_word_is_whole_unless_the_profile_says_how_it_begins(said: str, state: State) -> None:
    assert state_of(said, STATES) is state


@pytest.mark.parametrize("said", ["Canceled", "canceled. ", " Arriving tomorrow", "Arriving late",
                                  "Canceled Reversal", "Arrivings", "Delivered in part",
                                  "Delivered  in party", "Zustellung: 15.", "On hold"])  # fmt: skip
@pytest.mark.parametrize("state", [State.CANCELLED, State.ORDERED, State.SHIPPED, State.DELIVERED])
def test_the_pattern_for_a_state_fits_just_what_means_it(said: str, state: State) -> None:
    assert (saying(STATES, state).search(said) is not None) is (state_of(said, STATES) is state)


def test_a_state_without_words_is_said_by_nothing() -> None:
    assert saying(STATES, State.RETURNED).search("Returned") is None
