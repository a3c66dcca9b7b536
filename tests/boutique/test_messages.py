"""What a beginner's mistake in a profile is answered by: the key, and what is there instead."""

from __future__ import annotations

import re
from typing import Any

import pytest
from altered import altogether, doing, replacing, with_scripts_of_others
from boutiques import Open

from automation.outcome import Outcome
from automation.run.record import Run
from mock_store.rules import State

MUG = "Stoneware mug"
LIST = "/account/orders"
# Words of the browser's driver, patterns, and a flow that comes with unorder.
FOREIGN = re.compile(
    r"Locator\.|Page\.|Timeout \d|waiting for|strict mode|re\.compile|\\d|\\s|\(\?|flows/"
)


def said(run: Run) -> str:
    """Everything that a person is shown of it, but for the page's own outline."""
    problems = [step.problem.partition("\n")[0] for step in run.steps if step.problem]
    return "\n".join([run.reason, run.hint or "", *problems, *run.notes])


@pytest.mark.parametrize(
    ("shapes", "over", "told"),
    [
        ((), {"sign_in": {"email": {"label": "E-mial"}}},
         ["`sign_in.email` (label `E-mial`)", "the labels there are `E-mail`, `Password`"]),
        ((), {"sign_in": {"submit": {"role": "button", "name": "Log on"}}},
         ["`sign_in.submit` (button `Log on`)", "the buttons there are `Log in`"]),
        (("sign_in=two_buttons",), {"sign_in": {"submit": {"role": "button", "name": "Log in"}}},
         ["2 match `sign_in.submit` (button `Log in`)", "add `in:`"]),
        ((), {"home": {"signed_in": {"role": "button", "name": "Sign out"}, "account": None}},
         ["`home.signed_in` (button `Sign out`)", "the buttons there are `Log out`"]),
        ((), {"orders": {"here": {"role": "heading", "name": "My orders"}}},
         ["`orders.here` (heading `My orders`)", "the headings there are `Your orders`"]),
        ((), {"orders": {"link": {"role": "link", "name": "Show"}}},
         ["no `orders.link` (link `Show`) in the row of order 22", "`View order 22`"]),
        (("link=tab",), {"orders": {"new_tab": False}},
         ["`order.here` (css `.details`)", "a new tab opened: say `new_tab: true`"]),
        ((), {"orders": {"link": {"css": "td"}}}, ["5 match `orders.link` (css `td`)"]),
        ((), {"cancel": {"opens": [{"role": "button", "name": "Cancel the order"}]}},
         ["`cancel.opens` (button `Cancel the order`)", "the buttons there are `Cancel order`"]),
        ((), {"cancel": {"here": {"css": ".ask-me"}}},
         ["`cancel.here` (css `.ask-me`)"]),
        ((), {"cancel": {"commit": {"name": "Yes"}}},
         ["0 controls match", "the buttons there are `Keep it`, `Yes, cancel it`"]),
    ],
)  # fmt: skip
def test_a_mistake_is_led_to_by_its_message(
    boutique: Open, shapes: tuple[str, ...], over: dict[str, Any], told: list[str]
) -> None:
    shop = boutique(*shapes, over={"pages": over})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    for part in told:
        assert part in said(run)
    assert not FOREIGN.search(said(run)), said(run)
    assert (order.submits, order.state) == (0, State.ORDERED)


def test_a_label_with_a_mark_in_it_is_found_by_its_name(boutique: Open) -> None:
    marked = replacing(
        "/account/login",
        ("<label>E-mail ", '<label>E-mail<i class="label-required">required</i> '),
        (r"<label>Password\s+", '<label>Password<i class="label-required">required</i> '),
    )
    shop = boutique(alter=marked)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.CANCELLED, said(run)
    assert order.submits == 1


def test_a_host_that_was_blocked_is_named_where_a_step_then_fails(boutique: Open) -> None:
    """The dialog is opened by a script of a host that the profile does not name."""
    broken = altogether(
        replacing(r"/account/orders/\d+", ("data-opens", "data-opened-by-another")),
        doing(r"/account/orders/\d+", """
            const script = document.createElement("script");
            script.src = "http://cdn.example/dialog.js";
            document.head.append(script);
            new Image().src = "http://pixel.example/1.gif";
        """),
        with_scripts_of_others(),
    )  # fmt: skip
    shop = boutique(alter=broken)
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert run.outcome is Outcome.BROKEN, run.reason
    assert "`cdn.example` was blocked: name it in `hosts`" in (run.hint or "")
    assert "pixel.example" not in said(run)
    assert order.submits == 0


def test_the_outline_of_a_step_that_broke_is_the_page_s_own_content(boutique: Open) -> None:
    shop = boutique(over={"pages": {"orders": {"link": {"role": "link", "name": "Show"}}}})
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    (problem,) = [step.problem for step in run.steps if step.problem]
    assert "Your orders" in problem
    assert "Linden & Ochre" not in problem
    assert "navigation" not in problem


def test_steps_that_a_store_does_not_have_are_not_counted(boutique: Open) -> None:
    shop = boutique()
    order = shop.place(MUG)

    run = shop.follow(order=order.number)

    assert [(step.number, step.of, step.word) for step in run.steps] == [
        (1, 4, "orders.open"),
        (2, 4, "orders.open_order"),
        (3, 4, "order.cancel_items"),
        (4, 4, "cancel_items.submit"),
    ]
