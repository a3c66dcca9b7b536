"""The checker is code of its own, and sees each thing that must never be."""

from __future__ import annotations

import ast
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import faults
from automation.run.journal import Journal
from faults.checker import Kind, Word, judge
from faults.history import Change, History, Line, Receipt, Row, Told, Truth
from faults.testimony import JOURNAL, rows_in

ORDER, OTHER = "1", "2"
LAMP, CABLE = "Desk lamp", "USB-C cable"
HERE = Path(faults.__file__).parent


def truth(**more: Any) -> Truth:
    lines = (Line(LAMP, "ordered"), Line(CABLE, "ordered"))
    told: dict[str, Any] = {"asked": {ORDER: (LAMP,)}, "lines": {ORDER: lines, OTHER: lines},
                            "account": "robin"}  # fmt: skip
    return Truth(**(told | more))


def receipt(at: float = 20.0, *, run: str = "a", click: str = "c1", **more: Any) -> Receipt:
    told: dict[str, Any] = {"order": ORDER, "items": (LAMP,), "account": "robin", "answer": "yes"}
    return Receipt(at=at, run=run, click=click, **(told | more))


def cancelled(at: float = 20.0, item: str = LAMP, click: str = "c1", order: str = ORDER) -> Change:
    return Change(at, order, item, "ordered", "cancelled", click)


def intent(at: float = 19.0, *, run: str = "a", attempt: int = 1, count: int = 1) -> Row:
    before = {"items": [{"title": LAMP, "quantity": count, "price": "€ 1.00"}]}
    body = {"wanted": [LAMP], "asked": [LAMP], "before": before}
    return Row("j", int(at * 10), at, run, "intent", ORDER, attempt, body)


def record(outcome: str = "cancelled", at: float = 30.0, *, attempt: int = 1) -> Row:
    body = {"outcome": outcome, "reason": "because"}
    return Row("j", int(at * 10), at, "a", "record", ORDER, attempt, body)


def kinds(rows: list[Row], world: Truth, *told: Told) -> set[Kind]:
    return {finding.kind for finding in judge(History(tuple(rows), world, told)).findings}


def right() -> tuple[list[Row], Truth]:
    return [intent(), record()], truth(receipts=[receipt()], changes=[cancelled()])


@pytest.mark.parametrize("module", ["checker", "history"])
def test_it_shares_no_module_with_the_runner(module: str) -> None:
    imported = set()
    for node in ast.walk(ast.parse((HERE / f"{module}.py").read_text())):
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module)
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}

    ours = {
        name
        for name in imported
        if name and name.partition(".")[0] in ("automation", "mock_store", "faults")
    }
    assert ours <= {"faults.history"}
    assert "sqlite3" in imported or module == "checker"


def test_a_history_that_is_right_is_right() -> None:
    rows, world = right()

    judged = judge(History(tuple(rows), world))

    assert judged.findings == ()
    assert judged.orders == {ORDER: Word.OK}


@pytest.mark.parametrize(
    ("outcome", "word"),
    [("cancelled", Word.OK), ("refused", Word.FAIL), ("unknown", Word.UNKNOWN)],
)
def test_an_order_is_told_in_three_words(outcome: str, word: Word) -> None:
    assert judge(History((intent(), record(outcome)), truth())).orders == {ORDER: word}


def test_an_item_that_nobody_asked_for() -> None:
    rows, world = right()
    world.changes.append(cancelled(item=CABLE))

    assert kinds(rows, world) == {Kind.WRONG_CANCEL}


def test_another_order() -> None:
    rows, world = right()
    world.changes.append(cancelled(order=OTHER))

    assert Kind.WRONG_CANCEL in kinds(rows, world)


def test_an_order_to_keep() -> None:
    rows, world = right()
    world.kept.add(ORDER)

    assert kinds(rows, world) == {Kind.WRONG_CANCEL}


def test_by_another_account() -> None:
    rows, world = right()
    world.receipts[:] = [receipt(account="sam")]

    assert kinds(rows, world) == {Kind.WRONG_CANCEL}


def test_what_had_shipped_long_before() -> None:
    rows, world = right()
    world.changes.insert(0, Change(20.0 - 50, ORDER, LAMP, "ordered", "shipped"))
    world.changes[1] = replace(cancelled(), before="shipped")

    assert kinds(rows, world) == {Kind.WRONG_CANCEL}


def test_what_shipped_as_the_click_was_made_is_nobodys_fault() -> None:
    rows, world = right()
    world.changes.insert(0, Change(19.5, ORDER, LAMP, "ordered", "shipped"))

    assert kinds(rows, world) == set()


def test_a_quantity_that_was_long_not_so() -> None:
    rows, world = right()

    assert kinds([intent(count=3), rows[1]], world) == {Kind.WRONG_CANCEL}


def test_a_click_long_after_its_intent() -> None:
    rows, world = right()
    world.receipts[:] = [receipt(at=29.0)]

    assert kinds([intent(at=-40.0), rows[1]], world) == {Kind.WRONG_CANCEL}


def test_a_second_click_while_the_first_is_open() -> None:
    rows, world = right()
    world.receipts.append(receipt(at=25.0, run="b", click="c2"))
    rows = [intent(), intent(at=24.0, run="b", attempt=2), record(), record(attempt=2)]

    assert kinds(rows, world) == {Kind.DOUBLE_SUBMIT}


def test_a_second_click_of_one_run() -> None:
    rows, world = right()
    world.receipts.append(receipt(at=25.0, click="c2"))

    assert kinds(rows, world) == {Kind.DOUBLE_SUBMIT}


def test_a_request_that_a_browser_sends_again_is_one_click() -> None:
    rows, world = right()
    world.receipts.append(receipt(at=20.1))

    assert kinds(rows, world) == set()


def test_a_second_click_after_the_first_was_settled() -> None:
    world = truth(
        receipts=[receipt(answer="silence"), receipt(at=41.0, run="b", click="c2")],
        changes=[cancelled(at=41.0, click="c2")],
    )
    rows = [intent(), record("not_cancelled"), intent(at=40.0, run="b", attempt=2),
            record(at=50.0, attempt=2)]  # fmt: skip

    assert kinds(rows, world) == set()


def test_a_click_without_an_intent() -> None:
    _, world = right()

    assert kinds([], world) == {Kind.LOST_RECORD}


def test_an_intent_that_was_written_after_its_click() -> None:
    rows, world = right()

    assert kinds([intent(at=21.0), rows[1]], world) == {Kind.LOST_RECORD}


def test_an_intent_without_an_outcome() -> None:
    rows, world = right()

    assert kinds(rows[:1], world) == {Kind.LOST_RECORD}


@pytest.mark.parametrize("outcome", ["not_cancelled", "refused", "too_late"])
def test_a_no_although_it_is_cancelled(outcome: str) -> None:
    _, world = right()

    assert kinds([intent(), record(outcome, at=90.0)], world) == {Kind.FALSE_RECORD}


def test_a_no_before_the_click_has_landed() -> None:
    world = truth(receipts=[receipt()], changes=[cancelled(at=60.0)])

    assert kinds([intent(), record("not_cancelled", at=30.0)], world) == {Kind.FALSE_RECORD}


@pytest.mark.parametrize("outcome", ["cancelled", "already_cancelled", "partly_cancelled"])
def test_a_yes_although_it_is_not_cancelled(outcome: str) -> None:
    world = truth(receipts=[receipt()])

    assert kinds([intent(), record(outcome)], world) == {Kind.FALSE_RECORD}


def test_an_outcome_that_is_none_of_a_click() -> None:
    rows, world = right()

    assert kinds([rows[0], record("broken")], world) == {Kind.FALSE_RECORD}


@pytest.mark.parametrize(
    "told", [Told(31.0, "a", ORDER, "broken"), Told(31.0, "a", ORDER, "", 7),
             Told(10.0, "a", ORDER, "cancelled")]
)  # fmt: skip
def test_what_a_run_says_is_a_record_too(told: Told) -> None:
    rows, world = right()

    assert kinds(rows, world, told) == {Kind.FALSE_RECORD}


def test_an_unknown_that_is_left() -> None:
    rows, world = right()

    assert kinds([rows[0], record("unknown")], world) == {Kind.UNKNOWN_LEFT}


def test_an_unknown_is_all_that_can_be_said_of_a_store_that_lies() -> None:
    world = truth(receipts=[receipt()], lied={ORDER})

    assert kinds([intent(), record("unknown")], world) == set()


def test_a_journal_that_was_only_just_opened_has_no_rows(tmp_path: Path) -> None:
    """A run may be stopped between making the file and beginning it."""
    with closing(sqlite3.connect(tmp_path / JOURNAL)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        assert (tmp_path / JOURNAL).stat().st_size
        assert rows_in(tmp_path) == []
    (tmp_path / JOURNAL).unlink()
    journal = Journal.open(tmp_path)
    journal.write("run", "note", {})

    assert [row.kind for row in rows_in(tmp_path)] == ["note"]
    journal.close()
