"""What a store says of an order: which of it is kept where."""

from __future__ import annotations

from dataclasses import replace

from orders import order

from automation.pages.readings import State
from automation.pages.values import folded
from automation.run.facts import order_as_data, order_from_data
from automation.run.unchanged import difference, digest_of

SEEN = replace(order(("Desk lamp", State.ORDERED)), refunds=("A refund to Robin Vale",))


def test_the_journal_keeps_what_is_decided_by_and_no_words() -> None:
    told = order_from_data(order_as_data(SEEN))

    assert difference(told, SEEN) is None
    assert (told.account, told.items[0].said, told.refunds) == ("", "", ())


def test_a_record_keeps_the_words() -> None:
    assert order_from_data(order_as_data(SEEN, words=True)) == replace(SEEN, account="")


def test_half_a_character_is_the_same_each_time_and_can_be_kept() -> None:
    half = folded("Lamp \ud83d")

    assert half == folded("Lamp \ud83d") == folded(half) == "Lamp \ufffd"
    assert folded("Lamp \U0001f4a1") == "Lamp \U0001f4a1"
    assert digest_of(order((half, State.ORDERED)))
