"""What is wrong with a text that is not YAML, in the same words whichever parser found it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from automation.errors import InputError
from automation.source.frame import Document, Place, SourceError


@dataclass(frozen=True)
class _Saying:
    """How a parser's complaint is told; *opening*: at the place where the trouble began."""

    pattern: re.Pattern[str]
    told: str
    hint: str | None = None
    opening: bool = False


_INDENTED = "lines that belong together begin in the same column"
_SAYINGS = (
    _Saying(re.compile(r"tab character|'\\t'"), "a tab stands here", "indent with spaces"),
    _Saying(re.compile(r"',' or '\]'"), "this `[` is never closed", opening=True),
    _Saying(re.compile(r"',' or '\}'"), "this `{` is never closed", opening=True),
    _Saying(re.compile(r"quoted scalar"), "this quote is never closed", opening=True),
    _Saying(
        re.compile(r"mapping values are not allowed"),
        "a `:` does not belong here",
        "put quotes around a text that holds `: `, and begin lists with `- `",
    ),
    _Saying(
        re.compile(r"cannot start any token"),
        "a value cannot begin with this",
        "put quotes around it",
    ),
    _Saying(re.compile(r"expected ':'"), "a `:` is missing after this", opening=True),
    _Saying(
        re.compile(r"block end|expected key|expected '-' indicator"),
        "this line does not belong to what stands before it",
        _INDENTED,
    ),
)


def not_yaml(document: Document, problem: yaml.YAMLError) -> InputError:
    """The parser's complaint as an error of ours, with its place."""
    if not isinstance(problem, yaml.MarkedYAMLError):
        return InputError(f"`{document.name}` holds a character that YAML does not know")
    said = f"{problem.context or ''}; {problem.problem or ''}"
    saying = next((each for each in _SAYINGS if each.pattern.search(said)), None)
    mark = problem.problem_mark or problem.context_mark
    if saying and saying.opening:
        mark = problem.context_mark or mark
    if mark is None:
        return InputError(f"`{document.name}` is not YAML: {problem.problem}")
    place = _near(document, mark.line, mark.column)
    if saying is None:
        return SourceError(f"this is not YAML: {problem.problem}", place)
    hint = saying.hint
    if document.lines[place.line - 1].startswith("\t"):
        return SourceError(_SAYINGS[0].told, place, hint=_SAYINGS[0].hint)
    return SourceError(saying.told, place, hint=hint)


def _near(document: Document, line: int, column: int) -> Place:
    """The place itself, or the end of the last line with text where the parser is beyond it."""
    while line and (line >= len(document.lines) or not document.lines[line].strip()):
        line -= 1
        column = len(document.lines[line]) if line < len(document.lines) else 0
    return Place(document, line + 1, column + 1, column + 2)
