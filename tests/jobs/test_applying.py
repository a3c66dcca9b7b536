"""Applying a plan, with hands that only pretend."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from plans import ROBIN, SAM, a_plan, number, planned, rules_of

from automation.jobs.applying import Applying, committed_before
from automation.jobs.budget import Budget
from automation.jobs.crew import Crew, WorkFailed
from automation.jobs.plan import Plan, Planned
from automation.jobs.reading import Post
from automation.jobs.results import Result, Summary
from automation.jobs.standing import Standing
from automation.outcome import Outcome, gravest
from automation.pages.opened import OpenedAs
from automation.run import intents
from automation.run.facts import Subject
from automation.run.journal import Journal
from automation.run.judgement import Wanted
from automation.run.rules import Caps, Rules
from automation.run.stopping import Stopping

PLAN = a_plan(*(planned(n, ROBIN if n % 2 else SAM) for n in range(1, 7)))


@dataclass
class FakeHands:
    """Does nothing, and says that it did, or what *ends* tell it to say."""

    ends: dict[str, Outcome | WorkFailed] = field(default_factory=dict)
    after: Any = lambda _order: None
    reason: str = "as told"
    asked: list[str] = field(default_factory=list)
    hired: list[str] = field(default_factory=list)

    @contextmanager
    def lend(self, post: Post) -> Iterator[FakeHands]:
        self.hired.append(post.account.name)
        yield self

    def apply(self, order: Planned) -> Result:
        self.asked.append(order.order)
        end = self.ends.get(order.order, Outcome.CANCELLED)
        self.after(order)
        if isinstance(end, WorkFailed):
            raise end
        return Result(order, end, self.reason, end.exit_code, run=f"run-{order.order}")


@pytest.fixture
def hands() -> FakeHands:
    return FakeHands()


@pytest.fixture
def stopping() -> Stopping:
    return Stopping()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "runs")
    yield opened
    opened.close()


@pytest.fixture
def apply(hands: FakeHands, stopping: Stopping, journal: Journal, tmp_path: Path) -> Any:
    def apply(
        plan: Plan = PLAN,
        *,
        caps: Caps | None = None,
        known: dict[str, Standing] | None = None,
        more: str = "",
        commit: bool = True,
    ) -> Summary:
        known = known or {}
        limits = Rules(caps=caps or Caps())
        return Applying(
            plan=plan,
            rules=rules_of(tmp_path / "rules.yaml", "robin", "sam", more=more),
            known=known,
            budget=Budget(limits, journal, committed_before(plan, known)),
            stopping=stopping,
            lend=hands.lend,
            told=lambda _result: None,
            commit=commit,
        ).go(Crew(tmp_path, stopping, workers=2))

    return apply


def words(summary: Summary) -> list[str]:
    return [result.word for result in summary.results]


def failed(code: int, *, holds: bool = False) -> WorkFailed:
    return WorkFailed({"exit": code, "message": "no", "hint": None, "holds": holds})


def test_exactly_the_orders_of_the_plan_each_account_in_its_order(
    apply: Any, hands: FakeHands
) -> None:
    summary = apply()

    assert words(summary) == ["cancelled"] * 6
    assert [n for n in hands.asked if int(n[-1]) % 2] == [number(1), number(3), number(5)]
    assert [n for n in hands.asked if not int(n[-1]) % 2] == [number(2), number(4), number(6)]
    assert sorted(hands.hired) == ["robin", "sam"]
    assert summary.exit_code == 0


@pytest.mark.parametrize("trouble", [Outcome.BROKEN, Outcome.UNKNOWN, failed(1), failed(2)])
def test_a_failure_of_one_is_its_own(
    apply: Any, hands: FakeHands, trouble: Outcome | WorkFailed
) -> None:
    hands.ends[number(1)] = trouble

    summary = apply()

    assert words(summary)[1:] == ["cancelled"] * 5
    assert summary.exit_code == trouble.exit_code
    assert not summary.held


def test_a_store_that_wants_a_person_holds_that_account_only(apply: Any, hands: FakeHands) -> None:
    hands.ends[number(3)] = Outcome.NEEDS_PERSON

    summary = apply()

    assert words(summary) == ["cancelled", "cancelled", "needs_person", "cancelled", "not begun",
                              "cancelled"]  # fmt: skip
    assert summary.exit_code == 5
    assert [(held.where, held.hint) for held in summary.held] == [
        (ROBIN, "unorder sign-in --store mock --account robin")
    ]


@pytest.mark.parametrize(
    ("reason", "held"),
    [("same_account: the store asks which account to go on as", 1), ("keep_list: it is kept", 0)],
)
def test_a_store_that_greets_another_account_holds_that_account_too(
    apply: Any, hands: FakeHands, reason: str, held: int
) -> None:
    hands.ends[number(1)] = Outcome.GUARDED
    hands.reason = reason

    summary = apply()

    assert words(summary).count("not begun") == 2 * held
    assert [each.hint for each in summary.held] == [ROBIN.sign_in] * held


def test_a_store_that_is_down_is_not_asked_for_ever(apply: Any, hands: FakeHands) -> None:
    plan = a_plan(*map(planned, range(1, 9)))
    hands.ends = {number(n): failed(75) for n in range(1, 9)}

    summary = apply(plan)

    assert len(hands.asked) == 3
    assert words(summary) == ["not begun"] * 8
    assert summary.exit_code == 75


def test_a_journal_that_cannot_be_trusted_stops_everything(apply: Any, hands: FakeHands) -> None:
    hands.ends = {number(n): failed(7) for n in range(1, 7)}

    summary = apply()

    assert len(hands.asked) <= 2  # one of each account may be on its way
    assert summary.exit_code == 7


@pytest.mark.parametrize(
    ("caps", "most"),
    [(Caps(orders_a_run=2), 2), (Caps(orders_a_day=3), 3), (Caps(money_a_run=Decimal(65)), 2)],
)
def test_caps_hold_over_accounts_that_are_side_by_side(
    apply: Any, hands: FakeHands, caps: Caps, most: int
) -> None:
    summary = apply(caps=caps)

    assert len(hands.asked) == most
    assert summary.count("guarded") == 6 - most
    assert summary.exit_code == 3


def test_what_was_not_clicked_leaves_room_under_a_cap(apply: Any, hands: FakeHands) -> None:
    plan = a_plan(*map(planned, range(1, 5)))
    hands.ends = {number(1): Outcome.GUARDED, number(2): Outcome.TOO_LATE}

    assert words(apply(plan, caps=Caps(orders_a_run=1))) == [
        "guarded", "too_late", "cancelled", "guarded",
    ]  # fmt: skip


def test_a_stop_file_stops_before_the_next_order(
    apply: Any, hands: FakeHands, tmp_path: Path
) -> None:
    plan = a_plan(*map(planned, range(1, 4)))
    hands.after = lambda _order: (tmp_path / "stop").touch()

    summary = apply(plan, more=f"stop_file: {tmp_path / 'stop'}\n")

    assert words(summary) == ["cancelled", "not begun", "not begun"]
    assert "stop file" in summary.results[1].reason
    assert summary.exit_code == 75


def test_who_was_not_let_begin_is_not_held(apply: Any, hands: FakeHands, tmp_path: Path) -> None:
    hands.after = lambda _order: (tmp_path / "stop").touch()

    summary = apply(a_plan(*map(planned, range(1, 7))), more=f"stop_file: {tmp_path / 'stop'}\n")

    assert words(summary)[1:] == ["not begun"] * 5
    assert summary.held == ()


def test_outside_its_hours_nothing_is_begun_but_a_rehearsal(apply: Any, hands: FakeHands) -> None:
    now = datetime.now(UTC)
    opens, closes = now + timedelta(hours=1), now + timedelta(hours=2)
    more = f'hours: {{from: "{opens:%H:%M}", until: "{closes:%H:%M}"}}\nzone: UTC\n'

    summary = apply(more=more)
    assert words(summary) == ["not begun"] * 6
    assert hands.asked == []

    assert words(apply(more=more, commit=False)) == ["cancelled"] * 6  # the hands say so


def test_goes_on_where_it_was(apply: Any, hands: FakeHands) -> None:
    """Of what was begun only that is asked for again which was interrupted or never clicked."""
    plan = a_plan(*map(planned, range(1, 7)))
    ends = (Outcome.CANCELLED, Outcome.UNKNOWN, Outcome.NOT_CANCELLED, Outcome.BROKEN, None)
    known = {
        plan.to_do[at].subject: Standing(f"run-{at}", outcome, "earlier")
        for at, outcome in enumerate(ends)
    }

    summary = apply(plan, known=known)

    assert hands.asked == [number(4), number(5), number(6)]
    assert words(summary) == ["cancelled", "unknown", "not_cancelled", "cancelled", "cancelled",
                              "cancelled"]  # fmt: skip
    assert [result.before for result in summary.results] == [True] * 3 + [False] * 3


def test_what_an_earlier_start_clicked_counts_against_the_cap(apply: Any, hands: FakeHands) -> None:
    plan = a_plan(*map(planned, range(1, 4)))
    known = {plan.to_do[0].subject: Standing("r", Outcome.CANCELLED, "")}

    summary = apply(plan, known=known, caps=Caps(orders_a_run=2))

    assert hands.asked == [number(2)]
    assert words(summary) == ["cancelled", "cancelled", "guarded"]


def test_what_an_interrupted_start_has_armed_is_read_whatever_the_cap(
    apply: Any, hands: FakeHands, journal: Journal
) -> None:
    plan = a_plan(*map(planned, range(1, 3)))
    order = plan.to_do[0]
    intents.arm(
        journal, run="r1", subject=Subject.parse(order.subject), flow="cancel-items",
        store=OpenedAs("mock", None, "en"), wanted=Wanted(order.titles, order.titles),
        before=order.facts, attempt=1, now=1000.0,
    )  # fmt: skip

    summary = apply(plan, caps=Caps(orders_a_day=1))

    assert hands.asked == [order.order]
    assert words(summary) == ["cancelled", "guarded"]


@pytest.mark.parametrize("codes", [[143], [143, 0], [0, 143, 75]])
def test_a_signals_code_is_no_bug(codes: list[int]) -> None:
    assert gravest(codes) in (75, 143)


def test_asked_to_stop_it_begins_nothing_more(
    apply: Any, hands: FakeHands, stopping: Stopping
) -> None:
    plan = a_plan(*map(planned, range(1, 4)))
    hands.after = lambda _order: setattr(stopping, "signal", signal.SIGTERM)

    summary = apply(plan)

    assert words(summary) == ["cancelled", "not begun", "not begun"]
    assert summary.exit_code == 143


def test_a_signal_does_not_hide_what_is_graver(
    apply: Any, hands: FakeHands, stopping: Stopping
) -> None:
    hands.ends[number(1)] = Outcome.UNKNOWN
    hands.after = lambda _order: setattr(stopping, "signal", signal.SIGTERM)

    assert apply(a_plan(*map(planned, range(1, 4)))).exit_code == 6
