"""What a summary says, and to whom."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from plans import NOW, ROBIN, a_plan, planned

from automation.jobs.money import Part, together, worth
from automation.jobs.pages import write_plan_page
from automation.jobs.plan import Held
from automation.jobs.results import Result, Summary
from automation.jobs.writing import write_summary
from automation.outcome import Outcome
from automation.pages.readings import Item, Order, State


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


def bought(total: str, *items: tuple[str, str, int], over: str = "") -> Order:
    """An order of titles, prices and quantities."""
    lines = tuple(
        Item(title, State.CANCELLED if title == over else State.ORDERED, "", quantity, price, "")
        for title, price, quantity in items
    )
    return Order("112-1", "3 November 2026", total, lines, "")


LAMP, CABLES, LONG = ("Desk lamp", "€49.00", 1), ("USB-C cable", "€12.00", 2), ("Mug", "€15.00", 1)
LINE = ("USB-C cable", "€24.00", 2)


@pytest.mark.parametrize(
    ("order", "titles", "expected"),
    [
        pytest.param(bought("€88.00", LAMP, CABLES, LONG), ("Mug",), "€15.00", id="one"),
        pytest.param(bought("€88.00", LAMP, CABLES), ("USB-C cable",), "", id="not told which"),
        pytest.param(bought("€73.00", LAMP, CABLES), ("USB-C cable",), "€24.00", id="by piece"),
        pytest.param(bought("€73.00", LAMP, LINE), ("USB-C cable",), "€24.00", id="by line"),
        pytest.param(bought("€39.00", LAMP, CABLES, LONG, over="Desk lamp"), ("USB-C cable",),
                     "€24.00", id="a total of what is left"),
        pytest.param(bought("€80.00", LAMP, LONG), ("Desk lamp", "Mug"), "€80.00", id="whole"),
        pytest.param(bought("€80.00", LAMP, LONG), (), "€80.00", id="no titles"),
        pytest.param(bought("€80.00", LAMP, LONG, over="Mug"), (), "€49.00", id="what is left"),
        pytest.param(bought("€80.00", LAMP, LONG, over="Mug"), ("Mug",), "€15.00", id="over"),
        pytest.param(bought("€80.00", ("Gift", "free", 1), LONG), ("Gift",), "", id="no price"),
        pytest.param(bought("?", LAMP, LONG), ("Desk lamp", "Mug"), "€64.00", id="no total"),
        pytest.param(bought("€80.00", LAMP, ("Mug", "$5.00", 1), LONG), ("Desk lamp", "Mug"),
                     "€80.00", id="whole in two currencies"),
        pytest.param(bought("€80.00"), ("112-1",), "€80.00", id="no lines shown"),
    ],
)  # fmt: skip
def test_a_part_of_an_order_is_worth_its_items(
    order: Order, titles: tuple[str, ...], expected: str
) -> None:
    assert Part(order, titles).worth == expected


@pytest.mark.parametrize(
    ("order", "titles", "total"),
    [
        (bought("€64.00", LAMP, LONG), ("Mug",), "€64.00"),
        (bought("€64.00", LAMP, LONG), (), ""),
        (bought("€15.00", LAMP, LONG, over="Desk lamp"), ("Desk lamp",), ""),
        (bought("€80.00", ("Gift", "free", 1), LONG), ("Gift",), "€80.00"),
        (bought("?", LAMP, LONG), ("Mug",), ""),
    ],
)
def test_a_part_is_of_a_total_that_is_more(
    order: Order, titles: tuple[str, ...], total: str
) -> None:
    assert Part(order, titles).of == total


def test_worth_is_told_as_far_as_it_is_known() -> None:
    known = Part(bought("€80.00", LAMP, LONG), ("Desk lamp",))
    gift = Part(bought("€80.00", ("Gift", "free", 1), LONG), ("Gift",))
    other = Part(replace(gift.order, number="112-2"), ("Gift",))

    assert worth([known, known]) == "worth €98.00"
    assert worth([gift, gift]) == "of an order of €80.00"
    assert worth([known, gift, other]) == "worth €49.00, and more of orders of €160.00"
    assert worth([]) == ""


def test_pages_tell_what_the_items_are_worth_and_of_which_total(tmp_path: Path) -> None:
    facts = bought("€88.00", LAMP, LONG, ("Kettle", "€24.00", 1))
    part = replace(planned(1, facts=facts), titles=("Kettle",), whole=False)
    result = Result(part, Outcome.CANCELLED, "as it was read", 0)

    write_plan_page(a_plan(part), tmp_path / "plan.html")
    written = write_summary(replace(summary(), results=(result,)), tmp_path)

    told = '<td class="num money">€24.00<br><small>of €88.00</small></td>'
    for page, sentence in (
        (tmp_path / "plan.html", "What is chosen is worth €24.00."),
        (written.page, "What was cancelled is worth €24.00."),
    ):
        assert sentence in page.read_text()
        assert told in page.read_text()


def test_a_summary_does_not_name_the_guard(tmp_path: Path) -> None:
    guarded = Result(planned(1), Outcome.GUARDED, "keep_list: `Desk lamp` is kept", 3)

    page = write_summary(replace(summary(), results=(guarded,)), tmp_path).page.read_text()

    assert "<p><strong>Desk lamp</strong> is kept</p>" in page
    assert "keep_list" not in page
