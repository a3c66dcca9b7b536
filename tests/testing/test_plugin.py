"""The plugin as its users have it: pytest in a folder of their own."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from golden import compare

GOLDEN = Path(__file__).parent / "golden"
PATIENT = "-ounorder_patience=step=60 action=30 answer=20 settle=30"
CANCEL = """
def test_cancels(store, follow):
    order = store.place("Desk lamp")
    assert follow("cancel-order", order=order.number).outcome.label == "cancelled"
"""
CASES = """\
cases:
  - given: {order: {items: [Desk lamp]}}
    follow: {flow: cancel-order}
    expect: {outcome: cancelled}
"""
WRONG = """\
cases:
  - it: cancels one of two items
    given:
      order: {items: [Desk lamp, USB-C cable], number: 112-0000001-0000001}
      clock: {now: 2026-11-24T10:00Z}
    follow: {flow: cancel-items, items: [USB-C cable]}
    expect: {outcome: cancelled, items: {Desk lamp: cancelled}, submits: 1}
    for: {layout: [current], language: [en]}
"""
MANY = """\
cases:
  - it: cancels
    given: {order: {items: [Desk lamp]}}
    follow: {flow: cancel-order}
    expect: {outcome: cancelled}
    for: {layout: [documented, mobile], language: [en, nl]}
    marks: [smoke]
  - it: asks
    given: {order: {items: [Stoneware mug], placed: 5h ago}}
    follow: {flow: request-cancellation}
    expect: {outcome: requested}
"""


@pytest.fixture(autouse=True)
def own_folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside the project: no configuration of ours."""
    monkeypatch.chdir(pytester.path)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)


def file(pytester: pytest.Pytester, name: str, text: str) -> None:
    (pytester.path / name).write_text(text)


def test_a_test_and_a_case_need_nothing_else(pytester: pytest.Pytester) -> None:
    file(pytester, "test_cancel.py", CANCEL)
    file(pytester, "shop.cases.yaml", CASES)

    ended = pytester.runpytest_subprocess("-n", "2", "--junitxml=junit.xml", PATIENT)

    ended.assert_outcomes(passed=2)
    junit = ET.parse("junit.xml")  # noqa: S314 (pytest wrote it)
    named = {case.get("name") for case in junit.iter("testcase")}
    assert named == {"test_cancels[chromium]", "cancel-order ends cancelled"}
    assert not Path("test-results").exists()


def test_a_wrong_expectation_is_told_so_that_one_can_act(pytester: pytest.Pytester) -> None:
    file(pytester, "shop.cases.yaml", WRONG)

    ended = pytester.runpytest_subprocess("-p", "no:randomly", PATIENT)

    ended.assert_outcomes(failed=1)
    said = ended.stdout.str()
    told = said.partition("____\n")[2].partition("\n=====")[0]
    told = re.sub(r"\d{4}-\d\d-\d\dT\d+Z-cancel-items-\w+", "RUN", told)
    compare(GOLDEN / "failure.txt", f"{told}\n")
    for link in re.findall(r"^  (?:screenshot|trace|report) +(\S+)$", said, re.MULTILINE):
        assert Path(link).is_file()


@pytest.mark.thorough
def test_cells_are_chosen_as_any_test_is(pytester: pytest.Pytester) -> None:
    file(pytester, "shop.cases.yaml", MANY)
    file(pytester, "pytest.ini", "[pytest]\nmarkers = smoke: quick\n")

    def chosen(*words: str) -> set[str]:
        said = pytester.runpytest_subprocess("--co", "-q", "-p", "no:randomly", *words).outlines
        return {line.partition("::")[2] for line in said if "::" in line}

    every = chosen()
    assert every == {
        "cancels (documented-en)", "cancels (documented-nl)", "cancels (mobile-en)",
        "cancels (mobile-nl)", "asks",
    }  # fmt: skip
    assert chosen("-k", "mobile and nl") == {"cancels (mobile-nl)"}
    assert chosen("-m", "smoke") == every - {"asks"}
    assert chosen("shop.cases.yaml::asks") == {"asks"}


def test_what_cannot_be_followed_is_an_error_with_its_place(pytester: pytest.Pytester) -> None:
    file(pytester, "shop.cases.yaml", CASES.replace("cancelled", "canceled"))

    ended = pytester.runpytest_subprocess()

    assert ended.ret == pytest.ExitCode.INTERRUPTED
    ended.stdout.fnmatch_lines(
        ["shop.cases.yaml:4:23: no outcome is called `canceled`",
         "*>*4 |*expect: {outcome: canceled}", "hint: did you mean `cancelled`?"]
    )  # fmt: skip


def test_an_unregistered_mark_is_an_error(pytester: pytest.Pytester) -> None:
    file(pytester, "shop.cases.yaml", MANY)

    ended = pytester.runpytest_subprocess("--strict-markers")

    assert ended.ret == pytest.ExitCode.INTERRUPTED
    ended.stdout.fnmatch_lines(["*no mark is called `smoke`"])


@pytest.mark.thorough
def test_only_what_failed_is_followed_again(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(pytester, "shop.cases.yaml", MANY)
    monkeypatch.setenv("UNORDER_BROWSER", str(pytester.path / "none"))
    pytester.runpytest_subprocess("-k", "mobile and nl").assert_outcomes(errors=1)

    ended = pytester.runpytest_subprocess("--co", "-q", "--last-failed")

    chosen = [line for line in ended.outlines if "::" in line]
    assert chosen == ["shop.cases.yaml::cancels (mobile-nl)"]


def test_a_project_without_stores_does_not_pay_for_them(pytester: pytest.Pytester) -> None:
    file(pytester, "test_own.py", "def test_own():\n    pass\n")
    file(
        pytester,
        "conftest.py",
        "import sys\n\ndef pytest_unconfigure():\n"
        "    print('loaded:', *sorted({name.partition('.')[0] + '.' + name.split('.')[1]"
        " for name in sys.modules if name.startswith(('automation.', 'mock_store.'))}))\n",
    )

    ended = pytester.runpytest_subprocess("-s")

    ended.assert_outcomes(passed=1)
    (line,) = (line for line in ended.outlines if line.startswith("loaded:"))
    assert line.split()[1:] == ["automation.testing"]


def test_a_patience_that_cannot_be_read_is_told(pytester: pytest.Pytester) -> None:
    file(pytester, "test_cancel.py", CANCEL)

    ended = pytester.runpytest_subprocess("-ounorder_patience=steps=9")

    ended.assert_outcomes(errors=1)
    ended.stdout.fnmatch_lines(["*hint: write it like step=10 action=5; there are step, action*"])


def test_a_python_test_that_fails_tells_what_its_run_saw(pytester: pytest.Pytester) -> None:
    file(pytester, "test_cancel.py", CANCEL.replace('== "cancelled"', '== "refused"'))

    ended = pytester.runpytest_subprocess(PATIENT)

    ended.assert_outcomes(failed=1)
    ended.stdout.fnmatch_lines(
        ["*what the runs saw*", "cancel-order, as robin*", "*it ended cancelled: *", "*report*"]
    )
    assert list(Path("test-results").rglob("report.html"))
