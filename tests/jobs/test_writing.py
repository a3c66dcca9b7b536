"""What a summary says, and to whom."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from plans import NOW, ROBIN, planned

from automation.jobs.money import together
from automation.jobs.plan import Held
from automation.jobs.results import Result, Summary
from automation.jobs.writing import write_summary
from automation.outcome import Outcome


def summary(*outcomes: Outcome | None, title: str = "Desk lamp") -> Summary:
    results = tuple(
        Result(replace(planned(n), titles=(title,)), outcome, "as it was read",
               outcome.exit_code if outcome else 75)
        for n, outcome in enumerate(outcomes, 1)
    )  # fmt: skip
    held = Held(ROBIN, 5, "the store asks for a captcha", ROBIN.sign_in)
    return Summary("p1", "nightly", True, NOW, NOW + timedelta(seconds=75), results, (held,))


def test_three_files_say_the_same(tmp_path: Path) -> None:
    written = write_summary(summary(Outcome.CANCELLED, Outcome.GUARDED, None), tmp_path)

    told = json.loads(written.json.read_text())
    rows = list(csv.DictReader(written.csv.read_text("utf-8-sig").splitlines()))
    page = written.page.read_text()
    assert told["outcomes"] == {"cancelled": 1, "guarded": 1, "not begun": 1}
    assert [row["outcome"] for row in rows] == ["cancelled", "guarded", "not begun"]
    assert "1 of 3 done" in page
    assert "unorder sign-in --store mock --account robin" in page
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_title_is_a_formula(tmp_path: Path, title: str) -> None:
    written = write_summary(summary(Outcome.CANCELLED, title=title), tmp_path)

    (row,) = csv.DictReader(written.csv.read_text("utf-8-sig").splitlines())
    assert row["items"] == f"'{title}"


def test_a_page_takes_no_title_for_markup(tmp_path: Path) -> None:
    written = write_summary(summary(Outcome.CANCELLED, title="<script>"), tmp_path)

    assert "<script>" not in written.page.read_text()


def test_the_closing_line_names_no_order() -> None:
    line = json.dumps(summary(Outcome.CANCELLED, Outcome.UNKNOWN).line())

    assert "112-" not in line
    assert json.loads(line)["exit"] == 6


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (["€49.00", "€12.00"], "€61.00"),
        (["12,00 €", "1.234,50 €"], "1,246.50 €"),
        (["$5.00", "€7.00", "$1.50"], "$6.50 and €7.00"),
        (["free"], ""),
        ([], ""),
    ],
)
def test_sums_keep_currencies_apart(shown: list[str], expected: str) -> None:
    assert together(shown) == expected
