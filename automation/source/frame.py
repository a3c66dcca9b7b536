"""Where something stands in a file, and an error that shows the lines around it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from automation.errors import InputError

_AROUND = 1  # lines shown before and after
_TAB = 4
_WIDEST = 100  # columns; of a longer line the stretch around the place is shown
_LEAD = 30  # columns shown before the place where a line is cut
_LONGEST_QUOTE = 60
# Control and format characters, surrogates, and separators of lines; but not what joins letters.
_ACTING = ("Cc", "Cf", "Cs", "Zl", "Zp")
_SHOWN = "\n\N{SOFT HYPHEN}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


@dataclass(frozen=True)
class Document:
    """The text of one file, by the name under which the reader knows it."""

    name: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, name: str, text: str) -> Document:
        return cls(name, tuple(line.removesuffix("\r") for line in text.split("\n")))


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
        if last > self.line and not self.document.lines[last - 1]:
            last -= 1
        width = len(str(last)) + 2
        start = _columns(self._text[: self.column - 1])
        under = max(1, _columns(self._text[self.column - 1 : self.end - 1]))
        cut = start - _LEAD if start + under > _WIDEST and start > _LEAD else 0
        shown = []
        for number in range(first, last + 1):
            mark = ">" if number == self.line else " "
            line = _window(self.document.lines[number - 1], cut)
            shown.append(f"{mark} {number:>{width}} | {line}".rstrip())
            if number == self.line:
                carets = "^" * min(under, cut + _WIDEST - start)
                shown.append(f"  {'':>{width}}   {' ' * (start - cut)}{carets}")
        return "\n".join(shown)

    @property
    def _text(self) -> str:
        return self.document.lines[self.line - 1]


class SourceError(InputError):
    """Something in a file cannot be followed, and here is where."""

    def __init__(self, message: str, place: Place, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.place = place

    def __str__(self) -> str:
        told = f"{self.place}: {self.message}\n\n{self.place.frame()}"
        return told if self.hint is None else f"{told}\n\nhint: {self.hint}"


def quoted(text: str) -> str:
    """What the reader wrote, in backticks, on one line and not endless."""
    line = " ".join(printable(text).split())
    if len(line) > _LONGEST_QUOTE:
        line = line[: _LONGEST_QUOTE - 1] + "…"
    return f"`{line}`"


def _window(line: str, cut: int) -> str:
    """The part of *line* that begins at column *cut*, no wider than is shown."""
    shown: list[str] = []
    at = 0
    for char in line:
        width = _columns(char)
        if at + width > cut + _WIDEST:
            shown.append("…")
            break
        if at >= cut:
            shown.append(printable(char))
        elif at + width > cut:
            shown.append(" " * (at + width - cut))  # a wide character is cut in two
        at += width
    if cut and shown:
        shown[0] = "…" + " " * (_columns(shown[0]) - 1)
    return "".join(shown)


def printable(text: str) -> str:
    """*text* with a mark in place of each character that acts instead of being seen."""
    # By kinds of characters, not one by one: a report's pictures are a million of them.
    marks = {ord(char): "\N{REPLACEMENT CHARACTER}" for char in set(text) if not is_shown(char)}
    if "\t" in text:
        marks[ord("\t")] = " " * _TAB
    return text.translate(marks) if marks else text


def is_shown(char: str) -> bool:
    """Whether a terminal or a page merely shows it."""
    # Marks that turn the direction of text could make a line read as something else.
    return char in _SHOWN or unicodedata.category(char) not in _ACTING


def _columns(text: str) -> int:
    return sum(map(_width, text))


def _width(char: str) -> int:
    if char == "\t":
        return _TAB
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
