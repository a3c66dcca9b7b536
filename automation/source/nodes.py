"""What a file holds: scalars as they were written, mappings and sequences, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from automation.source.frame import Place, SourceError, quoted
from automation.source.problems import Problems

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
# Names become parts of file names, and of lines that are split at spaces.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_MOST_NAMED = 12


@dataclass(frozen=True)
class Scalar:
    """One value as it was written. Only plain `null`, `true`, `false` and integers are special."""

    text: str
    plain: bool
    place: Place

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in ("", "null", "~")

    def string(self, what: str) -> str:
        """The text; an error where nothing is written."""
        if self.is_null:
            raise SourceError(f"{what} is missing", self.place)
        return self.text

    def name(self, what: str) -> str:
        """The text, where it names something."""
        if not _NAME.fullmatch(self.string(what)):
            raise SourceError(
                f"{what} cannot be {quoted(self.text)}",
                self.place,
                hint="a name is of letters, digits and `-`, `_`, `.`, `@`, at most 64 of them; "
                "it begins with a letter or a digit",
            )
        return self.text

    def boolean(self, what: str) -> bool:
        if not (self.plain and self.text in ("true", "false")):
            raise SourceError(
                f"{what} must be `true` or `false`, not {quoted(self.text)}", self.place
            )
        return self.text == "true"

    def integer(self, what: str) -> int:
        if not (self.plain and _INTEGER.fullmatch(self.text)):
            raise SourceError(f"{what} must be a whole number, not {quoted(self.text)}", self.place)
        return int(self.text)

    def number(self, what: str) -> float:
        if not (self.plain and _NUMBER.fullmatch(self.text)):
            raise SourceError(f"{what} must be a number, not {quoted(self.text)}", self.place)
        return float(self.text)


@dataclass(frozen=True)
class Sequence:
    items: tuple[Node, ...]
    place: Place

    def strings(self, what: str) -> tuple[str, ...]:
        """Every item as text."""
        return tuple(
            scalar(item, f"each of {what}").string(f"one of {what}") for item in self.items
        )


@dataclass(frozen=True)
class Mapping:
    """Keys in the order in which they stand, each with its own place."""

    keys: tuple[Scalar, ...]
    values: tuple[Node, ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value of *key*; `None` if the key is not there."""
        for name, value in zip(self.keys, self.values, strict=True):
            if name.text == key:
                return value
        return None

    def key(self, name: str) -> Scalar:
        return next(key for key in self.keys if key.text == name)

    def pairs(self) -> list[tuple[Scalar, Node]]:
        return list(zip(self.keys, self.values, strict=True))

    def without(self, *names: str) -> Mapping:
        """The same, but for the keys of these names."""
        left = [pair for pair in self.pairs() if pair[0].text not in names]
        return Mapping(tuple(key for key, _ in left), tuple(value for _, value in left), self.place)

    def only(self, known: Iterable[str], what: str) -> None:
        """An error for each key that is not among *known*."""
        names = list(known)
        problems = Problems()
        for key in self.keys:
            if key.text not in names:
                problems.note(unknown(f"unknown key {quoted(key.text)} in {what}", key, names))
        problems.done()

    def required(self, key: str, what: str) -> Node:
        value = self.get(key)
        if value is None:
            raise SourceError(f"{what} lacks `{key}`", self.place)
        return value


Node = Scalar | Sequence | Mapping


def scalar(node: Node, what: str) -> Scalar:
    if not isinstance(node, Scalar):
        raise SourceError(f"{what} must be a single value, not {_kind(node)}", node.place)
    return node


def sequence(node: Node, what: str) -> Sequence:
    if not isinstance(node, Sequence):
        raise SourceError(f"{what} must be a list, not {_kind(node)}", node.place)
    return node


def mapping(node: Node, what: str) -> Mapping:
    if not isinstance(node, Mapping):
        raise SourceError(
            f"{what} must be a mapping of keys to values, not {_kind(node)}", node.place
        )
    return node


def unknown(message: str, node: Scalar, names: Iterable[str]) -> SourceError:
    """An error about a word that is none of *names*, with the nearest of them as the hint."""
    return SourceError(message, node.place, hint=nearest(node.text, names))


def nearest(text: str, names: Iterable[str]) -> str | None:
    """A hint for a word that is none of *names*: which was meant, or which there are."""
    known = {name.casefold(): name for name in sorted(names)}
    close = get_close_matches(text.casefold(), known, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{known[close[0]]}`?"
    if not known:
        return None
    named = [f"`{name}`" for name in known.values()]
    more = len(named) - _MOST_NAMED
    return "there are " + ", ".join(named[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.is_null else quoted(node.text)
    return "a list" if isinstance(node, Sequence) else "a mapping"
