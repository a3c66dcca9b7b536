"""The run's word against the store's knowledge; what many trials come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from automation.cli.matrix import _tell_what_is_missing
from automation.outcome import Outcome
from automation.run.record import Run
from automation.testing.matrix.page import write_page
from automation.testing.matrix.tally import groups_of, line_of, percent, table
from automation.testing.matrix.trials import Trial
from automation.testing.truth import Truth, false_word
from mock_store.rules import Plan, State

LAMP, CABLE = "Desk lamp", "USB-C cable"
ORDERED, CANCELLED = State.ORDERED, State.CANCELLED
BEFORE = Truth({LAMP: ORDERED, CABLE: ORDERED})
NONE = Truth({LAMP: ORDERED, CABLE: ORDERED})
DONE = Truth({LAMP: ORDERED, CABLE: CANCELLED}, submits=1, executions=1)


def run(outcome: Outcome, *asked: str) -> Run:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    return Run(
        id="r", flow="cancel-items", summary="", storefront="mock", store_title="", base_url="",
        language="en", account="robin", order="112-0000001-0000001", asked=asked or None,
        committed=True, outcome=outcome, reason="", hint=None, said=None, items={}, started=now,
        ended=now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "truth"),
    [
        (Outcome.CANCELLED, DONE),
        (Outcome.UNKNOWN, DONE),
        (Outcome.UNKNOWN, NONE),
        (Outcome.NOT_CANCELLED, replace(NONE, submits=1)),
        (Outcome.REFUSED, replace(NONE, submits=1)),
        (Outcome.REQUESTED, replace(NONE, submits=1)),
        (Outcome.SELLER_CONTACTED, replace(NONE, submits=1, messages=1)),
        (Outcome.RETURN_STARTED, Truth({LAMP: State.DELIVERED, CABLE: State.RETURNED}, submits=1)),
        (Outcome.SUBSCRIPTION_ENDED, Truth(submits=1, plan=Plan.ENDING)),
        (Outcome.ALREADY_CANCELLED, Truth(plan=Plan.ENDED)),
        (Outcome.GUARDED, NONE),
    ],
)
def test_a_word_that_the_store_bears_out_is_true(outcome: Outcome, truth: Truth) -> None:
    assert false_word(run(outcome, CABLE), BEFORE, truth) is None


@pytest.mark.parametrize(
    ("outcome", "truth", "why"),
    [
        (Outcome.CANCELLED, NONE, "it says `cancelled`, but Desk lamp is ordered"),
        (Outcome.ALREADY_CANCELLED, NONE, "it says `already_cancelled`"),
        (Outcome.NOT_CANCELLED, DONE, "it says `not_cancelled`, but `USB-C cable` is cancelled"),
        (Outcome.BROKEN, DONE, "it says `broken`, but the store received a click"),
        (Outcome.GUARDED, replace(NONE, submits=1), "it says `guarded`, but the store received"),
        (Outcome.REQUESTED, NONE, "it says `requested`"),
        (Outcome.SELLER_CONTACTED, NONE, "it says `seller_contacted`"),
        (Outcome.RETURN_STARTED, NONE, "it says `return_started`"),
        (Outcome.SUBSCRIPTION_ENDED, Truth(plan=Plan.RENEWING), "but renewing"),
        (Outcome.CANCELLED, replace(DONE, executions=2), "carried out 2 times"),
        (Outcome.CANCELLED, replace(DONE, items={LAMP: CANCELLED, CABLE: CANCELLED}),
         "`Desk lamp` was cancelled, and nobody asked for that"),
    ],
)  # fmt: skip
def test_a_word_that_the_store_does_not_bear_out_is_false(
    outcome: Outcome, truth: Truth, why: str
) -> None:
    assert why in (false_word(run(outcome, CABLE), BEFORE, truth) or "")


def test_partly_is_some_and_not_all() -> None:
    some = Truth({LAMP: ORDERED, CABLE: CANCELLED}, submits=1, executions=1)
    every = Truth({LAMP: CANCELLED, CABLE: CANCELLED}, submits=1, executions=1)

    assert false_word(run(Outcome.PARTLY_CANCELLED), BEFORE, some) is None
    assert false_word(run(Outcome.PARTLY_CANCELLED), BEFORE, every) is not None
    assert false_word(run(Outcome.PARTLY_CANCELLED), BEFORE, NONE) is not None


def trial(
    case: str, *, passed: bool = True, quirk: str = "none", false: str = "", layout: str = "mobile",
    report: Path | None = None,
) -> Trial:  # fmt: skip
    return Trial(
        it="cancels", case=case, flow="cancel-order", layout=layout, language="en", mode="strict",
        quirk=quirk, passed=passed, outcome="cancelled", false_word=false,
        told="" if passed else "shop.cases.yaml:4: outcome is unknown, not cancelled",
        seconds=1.0, report=report,
    )  # fmt: skip


def test_a_quirk_that_is_asked_for_in_a_manner_of_its_own_is_not_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _tell_what_is_missing([trial("a", quirk="says_nothing=done + slow")])

    missing = capsys.readouterr().out
    assert "says_nothing" not in missing
    assert "slow," not in missing
    assert "slow_commit" in missing


def test_pass_k_is_the_share_of_cells_of_which_every_trial_passed() -> None:
    trials = [trial("a"), trial("a"), trial("b"), trial("b", passed=False, false="it lies")]

    line = line_of("all", trials)

    assert (line.cells, line.runs, line.passed, line.pass_k) == (2, 4, 3, 0.5)
    assert line.false_words == 1


def test_the_table_has_a_line_for_each_value() -> None:
    trials = [trial("a"), trial("b", quirk="refuses", layout="current", passed=False)]

    assert [(group.name, [line.name for line in group.lines]) for group in groups_of(trials)] == [
        ("flow", ["cancel-order"]),
        ("layout", ["current", "mobile"]),
        ("language", ["en"]),
        ("quirk", ["none", "refuses"]),
    ]
    assert table(trials, 1).splitlines()[-1].split() == ["all", "2", "2", "1", "50.0", "%", "0"]


@pytest.mark.parametrize(
    ("share", "said"), [(1, "100 %"), (0, "0 %"), (0.99999, "99.9 %"), (1e-6, "0.1 %")]
)
def test_a_share_is_never_rounded_to_all_or_none(share: float, said: str) -> None:
    assert percent(share) == said


def test_the_page_links_to_the_runs_that_are_kept(tmp_path: Path) -> None:
    report = tmp_path / "runs" / "one" / "report.html"
    report.parent.mkdir(parents=True)
    report.touch()
    trials = [
        trial("a", report=tmp_path / "gone" / "report.html"),
        trial("a", report=report, passed=False),
    ]

    write_page(tmp_path / "page.html", trials, times=2, command="unorder matrix --times 2")

    html = (tmp_path / "page.html").read_text()
    assert html.count('href="runs/one/report.html"') == 2  # the dot, and what is told of it
    assert "gone" not in html
    assert "outcome is unknown, not cancelled" in html
    assert "unorder matrix --times 2" in html
