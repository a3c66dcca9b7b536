"""Which way an order would take."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from orders import NUMBER, order

from automation.jobs.book import Choice
from automation.jobs.choosing import choose
from automation.jobs.route import Route, Routed, closes, route_of, urgency, without_kept
from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.opened import OpenedAs
from automation.pages.readings import Order, State, Way
from automation.run.facts import Answer, Said, Subject
from automation.run.intents import Intent
from automation.run.judgement import Wanted
from automation.run.rules import Keep, Rules
from automation.storefronts.profile import open_storefront

TODAY = date(2026, 11, 25)
LAMP, CABLE = "Desk lamp", "USB-C cable"
ANY = Choice("any", orders=("all",))


def one(state: State = State.ORDERED, way: Way = Way.CANCEL, said: str = "") -> Order:
    seen = order((LAMP, state))
    item = seen.items[0]
    return replace(seen, items=(replace(item, way=way, said=said or item.said),))


def routed(
    seen: Order, choice: Choice = ANY, rules: Rules | None = None, *earlier: Intent
) -> Routed:
    chosen = choose(seen, (choice,), TODAY)
    assert chosen is not None
    rules = rules or Rules()
    return route_of(seen, without_kept(chosen, seen, rules), rules, earlier)


def intent(outcome: Outcome | None, effect: Effect = Effect.CANCELS_ITEMS) -> Intent:
    return Intent(
        run="r1",
        subject=Subject("mock", "robin", NUMBER),
        attempt=1,
        flow="cancel-order",
        store=OpenedAs("mock", "http://127.0.0.1:1", "en"),
        wanted=Wanted((LAMP,), (LAMP,), effect),
        before=one(),
        at=datetime(2026, 11, 24, 2, tzinfo=UTC),
        boot="",
        monotonic=0.0,
        answer=Answer(Said.SILENCE),
        outcome=outcome,
        reason="",
        seen_requested=False,
    )


@pytest.mark.parametrize(
    ("state", "way", "expected"),
    [
        (State.ORDERED, Way.CANCEL, Route.CANCEL),
        (State.PREPARING, Way.CANCEL, Route.CANCEL),
        (State.ORDERED, Way.REQUEST, Route.REQUEST),
        (State.ORDERED, Way.CONTACT, Route.CONTACT),
        (State.ORDERED, Way.ELSEWHERE, Route.NOT_OFFERED),
        (State.SHIPPED, Way.CANCEL, Route.TOO_LATE),
        (State.DELIVERED, Way.RETURN, Route.TOO_LATE),
        (State.CANCELLED, Way.CANCEL, Route.ALREADY),
        (State.REQUESTED, Way.REQUEST, Route.ALREADY),
        (State.UNREADABLE, Way.CANCEL, Route.NOT_OFFERED),
        (State.PAID, Way.CANCEL, Route.CANCEL),
        (State.PAID, Way.NONE, Route.NOT_OFFERED),
        (State.REFUNDED, Way.NONE, Route.NOT_OFFERED),
        (State.EXPIRED, Way.NONE, Route.NOT_OFFERED),
        (State.REINSTATED, Way.CANCEL, Route.CANCEL),
    ],
)
def test_goes_the_way_that_is_offered(state: State, way: Way, expected: Route) -> None:
    assert routed(one(state, way)).route is expected


def test_a_way_that_the_rules_do_not_allow_is_not_taken() -> None:
    choice = Choice("any", orders=("all",), ways=("cancel", "request"))

    assert routed(one(way=Way.CONTACT), choice).route is Route.NOT_OFFERED


def test_the_keep_list_comes_first() -> None:
    two = order((LAMP, State.ORDERED), (CABLE, State.ORDERED))

    whole = routed(two, ANY, Rules(Keep(items=(CABLE,))))
    dear = routed(two, ANY, Rules(Keep(above=Decimal(29))))

    assert (whole.route, whole.words) == (Route.KEPT, "`USB-C cable` is on the keep-list")
    assert dear.route is Route.KEPT


def test_a_kept_item_does_not_keep_its_neighbours() -> None:
    three = order((LAMP, State.ORDERED), (CABLE, State.ORDERED), ("Mug", State.ORDERED))
    choice = Choice("two", items=(LAMP, CABLE))

    found = routed(three, choice, Rules(Keep(items=(CABLE,))))

    assert (found.route, found.titles) == (Route.CANCEL, (LAMP,))


@pytest.mark.parametrize(
    ("outcome", "effect", "expected"),
    [
        (None, Effect.CANCELS_ITEMS, Route.HELD),
        (Outcome.UNKNOWN, Effect.CANCELS_ITEMS, Route.HELD),
        (Outcome.REFUSED, Effect.CANCELS_ITEMS, Route.HELD),
        (Outcome.NOT_CANCELLED, Effect.CANCELS_ITEMS, Route.CANCEL),
        (Outcome.REFUSED, Effect.ASKS_THE_SELLER, Route.CANCEL),
    ],
)
def test_what_was_tried_before_is_not_tried_blindly_again(
    outcome: Outcome | None, effect: Effect, expected: Route
) -> None:
    assert routed(one(), ANY, None, intent(outcome, effect)).route is expected


def test_what_the_store_has_not_decided_is_told_as_that() -> None:
    held = routed(one(), ANY, None, intent(Outcome.REQUESTED))

    assert (held.route, held.words) == (
        Route.HELD, "the store was asked on 2026-11-24, and has not decided",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "expected"), [(State.SHIPPED, Route.TOO_LATE), (State.REFUNDED, Route.NOT_OFFERED)]
)
def test_an_offer_that_the_state_denies_is_no_matter_of_the_keep_list(
    state: State, expected: Route
) -> None:
    held = routed(replace(one(state), offered=True))

    assert held.route is expected
    assert "but the page offers to cancel the order" in held.words


def test_a_seller_is_written_to_once() -> None:
    asked = replace(one(way=Way.CONTACT), messages=1)

    assert routed(asked).route is Route.HELD


def test_closes_when_the_store_or_its_profile_says() -> None:
    storefront = open_storefront("mock")
    released = one(said="Releases on 3 December 2026")
    asked = replace(one(way=Way.REQUEST), placed="24 November 2026")

    def closing(seen: Order) -> datetime | None:
        return closes(seen, routed(seen), storefront, TODAY, UTC)

    assert closing(released) == datetime(2026, 12, 3, tzinfo=UTC)
    assert closing(asked) == datetime(2026, 11, 26, tzinfo=UTC)
    assert closing(one()) is None


def test_the_most_urgent_come_first() -> None:
    old = replace(one(), placed="1 November 2026")
    new = replace(one(), placed="20 November 2026")
    packing = replace(one(State.PREPARING), placed="24 November 2026")
    soon = replace(one(), placed="23 November 2026")
    when = {id(soon): datetime(2026, 11, 26, tzinfo=UTC)}

    ranked = sorted(
        [new, old, soon, packing], key=lambda seen: urgency(seen, when.get(id(seen)), TODAY)
    )

    assert [id(each) for each in ranked] == [id(packing), id(soon), id(old), id(new)]
