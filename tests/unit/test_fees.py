"""A fee is shown before the click and after it, and a cap on it errs towards keeping the order."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from orders import order
from plans import a_plan, number, planned

from automation.cli.planning import tell_plan
from automation.jobs.budget import Budget
from automation.jobs.pages import write_plan_page
from automation.jobs.planfile import read_plan, write_plan
from automation.outcome import Outcome
from automation.pages.readings import Order, Selection, State
from automation.run.facts import order_as_data, order_from_data
from automation.run.fees import Money, in_a_reason, is_kept, unseen, would_be_kept
from automation.run.guard import Facts, fee
from automation.run.journal import Journal
from automation.run.judgement import Wanted
from automation.run.rules import Caps, Rules
from automation.run.unchanged import difference, digest_of

LAMP = "Desk lamp"
SEEN = order((LAMP, State.PAID))
FREE = Rules(caps=Caps(fee_an_order=Decimal(0)))


def facts(rules: Rules, *, on_order: str | None = None, on_form: str | None = None) -> Facts:
    seen = replace(SEEN, fee=on_order)
    wanted = Wanted((LAMP,), (LAMP,))
    form = Selection(None, (), None, fee=on_form)
    return Facts(seen.number, "", wanted, seen, seen, form, None, rules, ())


@pytest.mark.parametrize("where", ["on_order", "on_form"])
@pytest.mark.parametrize(
    ("shown", "cap", "allowed"),
    [
        (None, 0, True),
        (None, None, True),
        ("€0.00", 0, True),
        ("€3.00", 0, False),
        ("€3.00", 3, True),
        ("€3.01", 3, False),
        ("Cancellation fee €3.00", 3, True),
        ("€3.00", None, True),
        ("", 100, False),
        ("", None, False),
        ("free of charge", 100, False),
        ("10 %", 100, False),
        ("€3.00 + €3.00", 100, False),
        ("€3.00 of €30.00", None, False),
    ],
)
def test_a_fee_above_the_cap_or_unreadable_is_a_no(
    where: str, shown: str | None, cap: int | None, allowed: bool
) -> None:
    rules = Rules(caps=Caps(fee_an_order=None if cap is None else Decimal(cap)))

    no = fee(facts(rules, **{where: shown}))

    assert (no is None) is allowed, no


def test_the_no_names_the_fee_and_the_cap() -> None:
    assert fee(facts(FREE, on_form="€3.00")) == (
        "the store keeps a fee of €3.00; 0 an order is the cap"
    )
    assert fee(facts(FREE, on_form="")) == (
        "where the store shows its fee stands nothing, which is not one sum of money"
    )


def test_of_two_caps_the_lower_holds() -> None:
    two = Rules(caps=Caps(fee_an_order=Decimal(5))).and_also(FREE)

    assert two.caps.fee_an_order == 0


def test_a_plan_is_bound_to_the_fee_where_there_is_one() -> None:
    before, after = replace(SEEN, fee="€3.00"), replace(SEEN, fee="€5.00")

    assert difference(before, after) == "the fee was €3.00 and is now €5.00"
    assert difference(SEEN, after) == "the fee was not shown and is now €5.00"
    # As an earlier version of unorder wrote it, whose plans are still applied.
    assert digest_of(order((LAMP, State.ORDERED))) == (
        "235ce7b770bf958295c0dd87b9c9163c6af6586bb019d2dcee6dbf1691aca35e"
    )


def test_an_order_of_an_earlier_version_is_still_read() -> None:
    data = order_as_data(SEEN)
    for key in ("fee", "refund", "offered"):
        del data[key]

    assert order_from_data(data).fee is None


@pytest.mark.parametrize(
    ("outcome", "named", "after", "kept"),
    [
        (Outcome.CANCELLED, "€3.00", None, "; the confirmation named a fee of €3.00"),
        (Outcome.CANCELLED, "€3.00", "€5.00", "; the store keeps a fee of €5.00"),
        (Outcome.CANCELLED, None, None, ""),
        (Outcome.REQUESTED, "€3.00", None, "; the confirmation named a fee of €3.00"),
        (Outcome.REFUSED, "€3.00", None, ""),
        (Outcome.NOT_CANCELLED, "€3.00", None, ""),
    ],
)
def test_afterwards_the_order_says_what_is_kept(
    outcome: Outcome, named: str | None, after: str | None, kept: str
) -> None:
    now: Order = replace(SEEN, fee=after)

    assert in_a_reason(is_kept(outcome, SEEN, now, named), now) == kept


def test_before_the_click_the_confirmation_comes_first() -> None:
    seen = replace(SEEN, fee="€1.00", refund="€27.00")

    assert would_be_kept(seen, Selection(None, (), None, fee="€3.00")) == Money("€3.00", "€27.00")
    assert would_be_kept(seen, Selection(None, (), None)) == Money("€1.00", "€27.00")


def test_a_plan_puts_off_what_costs_more_than_the_cap(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    budget = Budget(FREE, journal)

    dear = budget.take("mock robin 1", replace(SEEN, fee="€3.00"))
    free = budget.take("mock robin 2", SEEN)
    journal.close()

    assert (dear, free) == ("the store keeps a fee of €3.00; 0 an order is the cap", None)


def test_a_plan_shows_the_fee(tmp_path: Path) -> None:
    facts = replace(order((LAMP, State.ORDERED), number=number(1)), fee="€3.00")
    plan = a_plan(planned(1, facts=facts))
    table = io.StringIO()

    tell_plan(plan, table)
    write_plan_page(plan, tmp_path / "plan.html")
    write_plan(plan, tmp_path / "plan.json")

    assert "the store keeps a fee of €3.00" in table.getvalue()
    assert "a fee of <b>€3.00</b>" in (tmp_path / "plan.html").read_text()
    assert read_plan(tmp_path / "plan.json").orders[0].facts.fee == "€3.00"


def test_a_cap_that_guards_nothing_is_told() -> None:
    assert unseen(Rules(), None) is None
    assert "guards nothing here" in (unseen(FREE, None) or "")
