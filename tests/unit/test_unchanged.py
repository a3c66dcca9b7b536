"""What counts as a change of an order."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from orders import order

from automation.pages.readings import Counted, Order, Priced, State, Sums, Way
from automation.pages.values import Items
from automation.run.facts import order_as_data, order_from_data
from automation.run.unchanged import cancelled_meanwhile, difference, digest_of

LAMP, CABLE = "Desk lamp", "USB-C cable"
THEN = order((LAMP, State.ORDERED), (CABLE, State.ORDERED))


def with_lamp(**changed: object) -> Order:
    lamp, cable = THEN.items
    return replace(THEN, items=(replace(lamp, **changed), cable))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (with_lamp(price="€ 11.00"), "the price of `Desk lamp` was € 10.00 and is now € 11.00"),
        (with_lamp(quantity=2), "the quantity of `Desk lamp` was 1 and is now 2"),
        (with_lamp(state=State.SHIPPED), "the state of `Desk lamp` was ordered and is now shipped"),
        (with_lamp(way=Way.REQUEST), "the way of `Desk lamp` was cancel and is now request"),
        (with_lamp(seller="Other"), "the seller of `Desk lamp` was Varnholt and is now Other"),
        (replace(THEN, total="€ 31.00"), "the total was € 30.00 and is now € 31.00"),
        (replace(THEN, items=THEN.items[:1]), "`USB-C cable` is no longer in the order"),
        (
            replace(THEN, items=(*THEN.items, replace(THEN.items[0], title="Mug"))),
            "`Mug` was not in the order before",
        ),
        (replace(THEN, number="112-9"), "it was order 112-0000001-0000001 and is now 112-9"),
    ],
)
def test_every_decisive_change_is_told(now: Order, said: str) -> None:
    assert difference(THEN, now) == said
    assert digest_of(THEN) != digest_of(now)


def test_the_words_for_a_state_may_change() -> None:
    items = tuple(replace(item, said="Arriving Thursday") for item in THEN.items)

    assert difference(THEN, replace(THEN, items=items, account="somebody")) is None


def test_what_is_read_beside_the_order_changes_no_digest() -> None:
    """Plans of stores that show none of it stay good."""
    more = replace(THEN, id="101", tally=Sums(subtotal="€ 20.00", priced=Priced.EACH))

    assert digest_of(THEN) == digest_of(more)
    assert digest_of(THEN) == "4c1f33ab0e07a1106d45b7f5c74dd3e97a1804c45ece3c789ca3c6b3e54c6be3"


def test_an_order_is_the_same_when_it_was_written_down() -> None:
    tally = Sums("€ 20.00", "2", Priced.EACH, Counted.PIECES, vouched=True)
    for order_read in (replace(THEN, account="", id="101", tally=tally), replace(THEN, account="")):
        written = json.loads(json.dumps(order_as_data(order_read, words=True)))

        assert order_from_data(written) == order_read


def test_what_older_versions_wrote_down_is_read() -> None:
    written = order_as_data(THEN)
    for newer in ("id", "tally", "refunds", "whole"):
        del written[newer]

    read = order_from_data(written)

    assert (read.number, read.id, read.tally) == (THEN.number, "", None)


def test_what_somebody_else_cancelled_is_no_surprise() -> None:
    half = with_lamp(state=State.CANCELLED)

    assert cancelled_meanwhile(half, Items((LAMP,)))
    assert not cancelled_meanwhile(half, Items())
    assert cancelled_meanwhile(replace(THEN, items=(), whole=State.CANCELLED), Items())
    assert not cancelled_meanwhile(replace(THEN, items=()), Items())
