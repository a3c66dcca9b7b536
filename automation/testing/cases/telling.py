"""Telling of a case that failed, so that one can act on it without opening another file."""

from __future__ import annotations

from collections.abc import Iterator

from automation.testing.cases.model import Case
from automation.testing.cases.running import Checked, Compared
from automation.testing.kept import Kept
from automation.testing.telling import run_told

_WIDEST = 44


def failure_told(case: Case, checked: Checked | None, problem: BaseException, kept: Kept) -> str:
    """The case with what was filled in, expected and actual side by side, and the run."""
    parts = [_headline(case, checked, problem), _lines(case, checked), _filled(case, checked)]
    if checked is None:
        return "\n\n".join([*parts, str(problem)])
    parts.append(_side_by_side(checked))
    if checked.false_word:
        parts.append(f"  The run's word is false: {checked.false_word}.")
    return "\n\n".join([*parts, run_told(checked.run, kept)])


def _headline(case: Case, checked: Checked | None, problem: BaseException) -> str:
    """What is wrong in one line, which pytest's summary shows too."""
    wrong = [each for each in checked.compared if not each.met] if checked else []
    line, told = case.place.line, str(problem).partition("\n")[0]
    if wrong:
        first = wrong[0]
        line = first.expected.place.line
        told = f"{first.expected.what} is {first.actual}, not {' or '.join(first.expected.any_of)}"
    elif checked and checked.false_word:
        told = checked.false_word
    return f"{case.place.document.name}:{line}: {told}"


def _lines(case: Case, checked: Checked | None) -> str:
    """The case as it stands in its file; a line that holds what is not so is pointed at."""
    wrong = [each.expected.place for each in checked.compared if not each.met] if checked else []
    width = len(str(case.last_line)) + 2
    shown = []
    for number in range(case.place.line, case.last_line + 1):
        own = [place for place in wrong if place.line == number]
        line = case.place.document.lines[number - 1]
        shown.append(f"{'>' if own else ' '} {number:>{width}} | {line}".rstrip())
        if own:
            under = "".join(
                "^" if any(place.column <= at < place.end for place in own) else " "
                for at in range(1, len(line) + 1)
            )
            shown.append(f"  {'':>{width}}   {under}".rstrip())
    return "\n".join(shown)


def _filled(case: Case, checked: Checked | None) -> str:
    cell = case.cell
    values = {"layout": cell.layout, "language": cell.language, "mode": cell.mode, **cell.values}
    if checked and checked.order:
        values["order"] = checked.order
    inputs = {name: ", ".join(texts) for name, texts in case.follow.inputs.items()
              if texts != ("$order",)}  # fmt: skip
    told = [f"{name} {text}" for name, text in (values | inputs).items()]
    return "  filled in: " + " · ".join(told)


def _side_by_side(checked: Checked) -> str:
    rows = [("", "", "expected", "is"), *_rows(checked.compared)]
    first, second = (min(max(len(row[at]) for row in rows), _WIDEST) for at in (1, 2))
    return "\n".join(
        f"{mark or ' '} {what:<{first}}   {expected:<{second}}   {actual}".rstrip()
        for mark, what, expected, actual in rows
    )


def _rows(compared: tuple[Compared, ...]) -> Iterator[tuple[str, str, str, str]]:
    for each in compared:
        mark = "" if each.met else "✗"
        expected = " or ".join(each.expected.any_of)
        yield mark, each.expected.what, expected, each.actual
