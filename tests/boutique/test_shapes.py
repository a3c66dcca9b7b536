"""Each shape that a shop can have: a run goes through it, and the store knows what became of it.

A shape that a profile must say has its recipe in `storefronts/boutique/shapes/`, which is added to
the adapter. The others are followed with the adapter as it is.
"""

from __future__ import annotations

import pytest
from boutiques import ADAPTER, Boutique, Open
from sqlalchemy import delete

from automation.outcome import Outcome
from mock_store.boutique.shapes import SHAPES
from mock_store.lines import Line
from mock_store.quirks import Quirk
from mock_store.rules import State
from mock_store.store import PlacedOrder
from mock_store.tables import Form, Visitor

pytestmark = pytest.mark.thorough

MUG, THROW, CABLE, LONG = "Stoneware mug", "Wool throw", "USB-C cable", "USB-C cable (2 m)"
WHY = "I changed my mind"


def recipe_of(shape: str) -> str | None:
    name = shape.replace("=", "-")
    return name if (ADAPTER / f"shapes/{name}.yaml").is_file() else None


def opened(boutique: Open, shape: str, *more: str) -> Boutique:
    return boutique(shape, *more, recipe=recipe_of(shape))


def is_cancelled_once(order: PlacedOrder) -> bool:
    return (order.state, order.submits, order.executions) == (State.CANCELLED, 1, 1)


@pytest.mark.parametrize(
    "shape",
    [
        *(f"sign_in={each}" for each in SHAPES["sign_in"] if each != "none"),
        *(f"list={each}" for each in SHAPES["list"]),
        *(f"link={each}" for each in SHAPES["link"]),
        *(f"place={each}" for each in SHAPES["place"]),
        *(f"name={each}" for each in SHAPES["name"]),
        *(f"confirm={each}" for each in SHAPES["confirm"]),
        *(f"answer={each}" for each in SHAPES["answer"]),
        *(f"result={each}" for each in SHAPES["result"]),
        *(f"address={each}" for each in SHAPES["address"]),
        *(f"count={each}" for each in SHAPES["count"]),
        *(f"title={each}" for each in SHAPES["title"]),
        *(f"lines={each}" for each in SHAPES["lines"]),
        *(f"stamp={each}" for each in SHAPES["stamp"]),
        *(f"sums={each}" for each in SHAPES["sums"]),
        *(f"fee={each}" for each in SHAPES["fee"]),
        *(f"paid={each}" for each in SHAPES["paid"]),
        *(f"requested={each}" for each in SHAPES["requested"]),
        *(f"opens={each}" for each in SHAPES["opens"] if each != "post_cancels"),
        *(f"traffic={each}" for each in SHAPES["traffic"]),
    ],
)
def test_the_whole_order_and_no_other_is_cancelled(boutique: Open, shape: str) -> None:
    """22 is asked for, and 222 stands beside it."""
    shop = opened(boutique, shape)
    order, other = shop.place(MUG, THROW), shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert is_cancelled_once(order)
    assert (other.state, other.submits) == (State.ORDERED, 0)
    assert (run.said == "Order 22 has been cancelled.") is (shape != "answer=none")


@pytest.mark.parametrize("confirm", SHAPES["confirm"])
def test_a_rehearsal_stops_before_the_last_click(boutique: Open, confirm: str) -> None:
    """Whatever it is: a link that cancels at once, or what makes the browser ask."""
    shop = opened(boutique, f"confirm={confirm}")
    order = shop.place(MUG)

    run = shop.follow(commit=False, order=order.number)

    assert run.outcome is Outcome.REHEARSED, run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)


@pytest.mark.parametrize("commit", [False, True])
def test_a_check_that_cancels_leaves_no_order_cancelled_before_its_click(
    boutique: Open, commit: bool
) -> None:
    """The same profile, and a shop whose first button cancels: undeclared, it is not pressed."""
    undeclared = {"pages": {"cancel": {"opens": [
        {"role": "link", "name": "Cancel order",
         "goes_to": "GET /account/orders/{order}/cancel/options"},
        {"role": "button", "name": "Check"},
    ]}}}  # fmt: skip
    shop = boutique("opens=post_cancels", recipe="opens-post", over=undeclared)
    order = shop.place(MUG)

    run = shop.follow(commit=commit, order=order.number)

    assert run.outcome is Outcome.GUARDED, run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)
    assert shop.store.received.count("POST", f"/account/orders/{order.number}/check") == 0


@pytest.mark.parametrize("commit", [False, True])
def test_a_check_that_is_declared_and_cancels_is_reported(boutique: Open, commit: bool) -> None:
    """What the profile declares leaves; the order, read again, says what came of it."""
    shop = boutique("opens=post_cancels", recipe="opens-post")
    order = shop.place(MUG)

    run = shop.follow(commit=commit, order=order.number)

    assert run.outcome is Outcome.CHANGED_BEFORE_THE_CLICK, run.reason
    assert is_cancelled_once(order)


def test_a_link_in_the_row_that_cancels_at_once_is_pressed_once(boutique: Open) -> None:
    """And a rehearsal does not press it."""
    shop = boutique("place=row", "confirm=link", recipe="confirm-link", over={
        "pages": {"cancel": {"begins": "row"}}
    })  # fmt: skip
    order, other = shop.place(MUG), shop.place(THROW)

    rehearsed = shop.follow(commit=False, order=order.number)
    assert rehearsed.outcome is Outcome.REHEARSED, rehearsed.reason
    assert order.submits == 0

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert is_cancelled_once(order)
    assert (other.state, other.submits) == (State.ORDERED, 0)


@pytest.mark.parametrize("choose", ["tick", "untick", "quantity"])
def test_exactly_the_chosen_line_is_cancelled(boutique: Open, choose: str) -> None:
    """One title is the start of another."""
    shop = opened(boutique, f"choose={choose}")
    order = shop.place(Line(CABLE, quantity=3), Line(LONG, quantity=2), THROW)

    run = shop.follow(order=order.number, items=CABLE)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert order.states() == {CABLE: State.CANCELLED, LONG: State.ORDERED, THROW: State.ORDERED}
    assert (order.submits, order.executions) == (1, 1)


def test_one_line_is_not_asked_for_where_only_the_whole_order_goes(boutique: Open) -> None:
    shop = boutique()
    order = shop.place(MUG, THROW)

    run = shop.follow(order=order.number, items=MUG)

    assert run.outcome is Outcome.GUARDED
    assert run.reason == (
        "exactly_the_wanted: `Wool throw` would be cancelled too: "
        "this shop cancels whole orders only"
    )
    assert order.submits == 0


@pytest.mark.parametrize("pager", SHAPES["pager"])
def test_an_order_is_found_on_a_later_page(boutique: Open, pager: str) -> None:
    shop = opened(boutique, f"pager={pager}")
    order = shop.place(MUG, number="22")
    for number in range(220, 233):
        shop.place(THROW, number=str(number))

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert is_cancelled_once(order)


@pytest.mark.parametrize("shape", [*(f"pager={each}" for each in SHAPES["pager"]), "count=select"])
def test_an_order_is_not_found_when_the_whole_list_was_read(boutique: Open, shape: str) -> None:
    shop = opened(boutique, shape)
    for number in range(220, 232):
        shop.place(THROW, number=str(number))

    run = shop.follow(order="22")

    assert run.outcome is Outcome.NOT_FOUND, run.reason
    assert "all 12 orders" in run.reason


def test_an_empty_list_is_read_as_empty(boutique: Open) -> None:
    run = boutique().follow(order="22")

    assert run.outcome is Outcome.NOT_FOUND, run.reason


@pytest.mark.parametrize("signed_out", SHAPES["signed_out"])
def test_who_was_signed_out_meanwhile_is_signed_in_again(boutique: Open, signed_out: str) -> None:
    shop = opened(boutique, f"signed_out={signed_out}")
    order = shop.place(MUG)
    shop.follow(commit=False, order=order.number)
    with shop.store.database.session() as session:
        session.execute(delete(Form))
        session.execute(delete(Visitor))

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert is_cancelled_once(order)


@pytest.mark.parametrize("reason", ["radios", "textarea", "select", "combobox", "required"])
def test_a_reason_is_given_in_the_way_that_the_form_takes_it(boutique: Open, reason: str) -> None:
    shop = opened(boutique, f"reason={reason}")
    order = shop.place(MUG)

    run = shop.follow(order=order.number, reason=WHY)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert shop.store.reasons == [(order.number, WHY)]
    assert is_cancelled_once(order)


def test_a_reason_that_is_needed_makes_the_button_ready(boutique: Open) -> None:
    shop = boutique("reason=needed", recipe="reason-select")
    order = shop.place(MUG)

    run = shop.follow(order=order.number, reason=WHY)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert is_cancelled_once(order)


def test_without_the_reason_that_is_needed_the_button_stays_disabled(boutique: Open) -> None:
    shop = boutique("reason=needed", recipe="reason-select")
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.GUARDED
    assert "the control is disabled" in run.reason
    assert order.submits == 0


def test_without_the_reason_that_is_required_the_store_refuses(boutique: Open) -> None:
    shop = opened(boutique, "reason=required")
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.REFUSED, run.reason
    assert "Please select or type your reason." in run.reason
    assert (order.state, order.executions) == (State.ORDERED, 0)


@pytest.mark.parametrize(
    ("unwilling", "outcome", "said"),
    [
        ("missing", Outcome.REFUSED, "offers no way"),
        ("disabled", Outcome.REFUSED, "offers no way"),
        ("submit", Outcome.GUARDED, "the control is disabled"),
        ("after", Outcome.REFUSED, "cannot be cancelled any more"),
    ],
)
def test_what_is_being_prepared_is_told_in_a_clean_word(
    boutique: Open, unwilling: str, outcome: Outcome, said: str
) -> None:
    shop = boutique(f"unwilling={unwilling}")
    order = shop.place(MUG, state=State.PREPARING)

    run = shop.follow(order=order.number)

    assert run.outcome is outcome, run.reason
    assert said in run.reason
    assert (order.state, order.executions) == (State.PREPARING, 0)


def test_a_row_without_a_control_is_a_refusal_not_a_time_out(boutique: Open) -> None:
    shop = opened(boutique, "place=row")
    order = shop.place(MUG, state=State.PREPARING)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.REFUSED, run.reason
    assert "offers no way to cancel it" in run.reason
    assert order.submits == 0


@pytest.mark.parametrize("answer", ["status", "toast"])
def test_a_request_waits_for_the_store(boutique: Open, answer: str) -> None:
    shop = opened(boutique, f"answer={answer}")
    order = shop.place(MUG)
    shop.store.quirks.add(Quirk.PENDING, how="undecided")

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.REQUESTED, run.reason
    assert (order.state, order.submits) == (State.REQUESTED, 1)


@pytest.mark.parametrize("answer", ["status", "toast", "error"])
def test_a_mixed_batch_is_partly_cancelled(boutique: Open, answer: str) -> None:
    """The store says how many it could not cancel; the order, read again, says which."""
    shop = opened(boutique, f"answer={answer}")
    order = shop.place(MUG, THROW)
    shop.store.quirks.add(Quirk.PARTLY)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.PARTLY_CANCELLED, run.reason
    assert order.states() == {MUG: State.CANCELLED, THROW: State.ORDERED}


@pytest.mark.parametrize("confirm", SHAPES["confirm"])
def test_the_store_refuses_after_the_click(boutique: Open, confirm: str) -> None:
    shop = opened(boutique, f"confirm={confirm}")
    order = shop.place(MUG)
    shop.store.quirks.add(Quirk.REFUSES)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.REFUSED, run.reason
    assert (order.state, order.submits) == (State.ORDERED, 1)


def test_a_question_in_other_words_is_answered_no(boutique: Open) -> None:
    """The browser asks, and the profile expects another question: nothing reaches the store."""
    other = {"pages": {"cancel": {"commit": {"asks": "Delete your account?"}}}}
    shop = boutique("confirm=native", recipe="confirm-native", over=other)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.NOT_CANCELLED, run.reason
    assert (order.state, order.submits) == (State.ORDERED, 0)


@pytest.mark.parametrize("state", [State.SHIPPED, State.DELIVERED])
def test_a_shipped_order_is_too_late(boutique: Open, state: State) -> None:
    shop = boutique()
    order = shop.place(MUG, state=state)

    run = shop.follow("cancel-order", order=order.number)

    assert run.outcome is Outcome.TOO_LATE, run.reason
    assert order.submits == 0


def test_the_one_flow_for_all_goes_the_way_that_is_offered(boutique: Open) -> None:
    shop = boutique()
    order = shop.place(MUG)

    run = shop.follow("cancel-order", order=order.number)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert is_cancelled_once(order)


def test_every_recipe_is_of_a_shape_and_tried() -> None:
    recipes = {path.stem for path in (ADAPTER / "shapes").glob("*.yaml")}
    shapes = {f"{part}-{shape}" for part, known in SHAPES.items() for shape in known}

    assert recipes <= shapes
