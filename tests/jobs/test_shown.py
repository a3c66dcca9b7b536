"""What a store says, in the tables and lines of the commands about many orders."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from orders import order
from plans import NOW, ROBIN, a_plan, number, planned

from automation.cli.applying import tell_summary
from automation.cli.planning import tell_plan
from automation.jobs.plan import Held
from automation.jobs.results import Result, Summary
from automation.jobs.writing import Written
from automation.outcome import Outcome
from automation.pages.readings import State

EVIL = "Desk lamp\x1b]0;owned\x07\x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}"
ACTS = ("\x1b]", "\x1b[2J", "\x07", "\N{RIGHT-TO-LEFT OVERRIDE}")


def test_a_plans_table_only_shows_what_titles_hold() -> None:
    one = replace(planned(1), titles=(EVIL,), why=(f"rule: {EVIL}",), order=number(1))
    plan = replace(a_plan(one), held=(Held(ROBIN, 5, EVIL, EVIL),), notes=(EVIL,))
    told = io.StringIO()

    tell_plan(plan, told)

    assert "Desk lamp\N{REPLACEMENT CHARACTER}" in told.getvalue()
    assert not [act for act in ACTS if act in told.getvalue()]


def test_a_summary_only_shows_what_reasons_hold() -> None:
    facts = order((EVIL, State.ORDERED), number=number(1))
    one = replace(planned(1, facts=facts), titles=(EVIL,))
    result = Result(one, Outcome.REFUSED, f"the store said: {EVIL}", 4)
    held = (Held(ROBIN, 5, EVIL, EVIL),)
    summary = Summary("plan", "rules", True, NOW, NOW, (result,), held)
    told = io.StringIO()

    tell_summary(summary, Written(Path("s.json"), Path("s.csv"), Path("s.html")), told)

    assert "the store said: Desk lamp\N{REPLACEMENT CHARACTER}" in told.getvalue()
    assert not [act for act in ACTS if act in told.getvalue()]


@pytest.mark.parametrize("rehearsed", [True, False])
def test_who_rehearsed_something_is_told_how_to_do_it(*, rehearsed: bool) -> None:
    result = Result(planned(1), Outcome.REHEARSED, "all but the last click", 0)
    summary = Summary("plan", "rules", False, NOW, NOW, (result,) if rehearsed else (), ())
    told = io.StringIO()

    tell_summary(summary, Written(Path("s.json"), Path("s.csv"), Path("s.html")), told)

    assert ("add --commit to do it" in told.getvalue()) is rehearsed
