"""From a file of cases to cases, one for each cell. Whatever is wrong is told with its place."""

from __future__ import annotations

from pathlib import Path

from automation.flow.library import Library
from automation.source import Mapping, Node, Problems, Scalar, Sequence, SourceError, read_file
from automation.source.nodes import mapping, scalar, sequence
from automation.testing.cases.expecting import read_expected
from automation.testing.cases.filling import Row, rows_of, see_that_all_are_used
from automation.testing.cases.following import read_followed
from automation.testing.cases.giving import read_given
from automation.testing.cases.model import Case, Cell

_KEYS = ("it", "given", "follow", "expect", "for", "marks")


def read_cases(path: Path, library: Library, *, name: str) -> list[Case]:
    """The cases of a file, in their order; `SourceError` for one that cannot be followed."""
    top = mapping(read_file(path, name=name), "a file of cases")
    top.only(("cases",), "a file of cases")
    listed = sequence(top.required("cases", "a file of cases"), "`cases`")
    if not listed.items:
        raise SourceError("this file has no cases", listed.place)
    problems = Problems()
    cases: list[Case] = []
    taken: dict[str, int] = {}
    for node in listed.items:
        with problems.noting():
            for case in _cells(node, library):
                first = taken.setdefault(case.name, case.place.line)
                if first != case.place.line:
                    raise SourceError(
                        f"two cases are called `{case.it}`",
                        case.place,
                        hint=f"the other one stands in line {first}; give each a name: `it: …`",
                    )
                cases.append(case)
    problems.done()
    return cases


def _cells(node: Node, library: Library) -> list[Case]:
    told = mapping(node, "a case")
    told.only(_KEYS, "a case")
    told.required("follow", "this case")
    expect = told.required("expect", "this case")
    if isinstance(expect, Scalar) or (isinstance(expect, Mapping) and not expect.keys):
        raise SourceError(
            "this case expects nothing, so it cannot fail",
            expect.place,
            hint="say at least how it ends: `expect: {outcome: cancelled}`",
        )
    rows = rows_of(told.get("for"))
    cases = [_cell(told, row, library) for row in rows]
    see_that_all_are_used(rows)
    return cases


def _cell(told: Mapping, row: Row, library: Library) -> Case:
    cell = Cell(row.id, row.texts())
    given = read_given(told.get("given") and row.fill(told.required("given", "a case")))
    follow = read_followed(
        row.fill(told.required("follow", "a case")), given, library, language=cell.language
    )
    expect = read_expected(row.fill(told.required("expect", "a case")), given)
    ends = next((each.any_of[0] for each in expect if each.what == "outcome"), "as expected")
    return Case(
        it=_name(told.get("it")) or f"{follow.flow} ends {ends}",
        cell=cell,
        given=given,
        follow=follow,
        expect=expect,
        marks=_marks(told.get("marks")),
        place=told.place,
        last_line=_last_line(told),
    )


def _name(node: Node | None) -> str:
    if node is None:
        return ""
    name = scalar(node, "`it`").string("`it`")
    if "::" in name or "[" in name:
        raise SourceError("a name has no `::` and no `[`: pytest tells tests apart by them",
                          node.place)  # fmt: skip
    return name


def _marks(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    return sequence(node, "`marks`").strings("`marks`")


def _last_line(node: Node) -> int:
    if isinstance(node, Scalar):
        return node.place.line
    inner = node.items if isinstance(node, Sequence) else (*node.keys, *node.values)
    return max([node.place.line, *map(_last_line, inner)])
