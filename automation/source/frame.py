"""Where something stands in a file, and an error that shows the lines around it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from automation.errors import InputError

_AROUND = 1  # lines shown before and after
_TAB = 4
_LONGEST = 120  # columns; a longer line is cut


@dataclass(frozen=True)
class Document:
    """The text of one file, by the name under which the reader knows it."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A stretch of one line: 1-based line and column, and the column after its end."""

    document: Document
    line: int
    column: int
    end: int

    def __str__(self) -> str:
        return f"{self.document.name}:{self.line}:{self.column}"

    def frame(self) -> str:
        """The line with its neighbours, and carets under the stretch."""
        first = max(1, self.line - _AROUND)
        last = min(len(self.document.lines), self.line + _AROUND)
        width = len(str(last)) + 3
        shown = []
        for number in range(first, last + 1):
            line = self.document.lines[number - 1]
            mark = ">" if number == self.line else " "
            shown.append(f"{mark} {number:>{width}} | {_printable(line)[:_LONGEST]}".rstrip())
            if number == self.line:
                before = _columns(line[: self.column - 1])
                under = max(1, _columns(line[self.column - 1 : self.end - 1]))
                if before < _LONGEST:
                    carets = "^" * min(under, _LONGEST - before)
                    shown.append(f"  {'':>{width}}   {' ' * before}{carets}")
        return "\n".join(shown)


class SourceError(InputError):
    """Something in a file cannot be followed, and here is where."""

    def __init__(self, message: str, place: Place, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.place = place

    def __str__(self) -> str:
        told = f"{self.place}: {self.message}\n\n{self.place.frame()}"
        return told if self.hint is None else f"{told}\n\nhint: {self.hint}"


def _printable(line: str) -> str:
    return "".join(
        " " * _TAB if char == "\t" else char if _is_shown(char) else "\N{REPLACEMENT CHARACTER}"
        for char in line
    )


def _is_shown(char: str) -> bool:
    # Marks that turn the direction of text could make a line read as something else.
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def _columns(text: str) -> int:
    wide = {"W": 2, "F": 2}
    return sum(
        _TAB
        if char == "\t"
        else 0
        if unicodedata.combining(char)
        else wide.get(unicodedata.east_asian_width(char), 1)
        for char in text
    )
