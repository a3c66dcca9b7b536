"""From the bytes of a file to nodes. What a file of ours never needs is refused, not ignored."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from automation.errors import InputError
from automation.source.frame import Document, Place, SourceError, quoted
from automation.source.nodes import Mapping, Node, Scalar, Sequence
from automation.source.problems import Problems
from automation.source.syntax import not_yaml

LARGEST = 256 * 1024  # bytes
DEEPEST = 32
MOST_NODES = 5_000
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Beside control characters: other line breaks of YAML 1.1, and marks that turn the direction of
# text, with which a line could read as something else.
_CONTROL = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
)
_REFUSED = re.compile(rf"[{_CONTROL}]|\r(?!\n)")


def read_file(path: Path, *, name: str | None = None) -> Node:
    """What the file at *path* holds. `InputError` if it cannot be read or is refused."""
    name = name or str(path)
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"`{name}` is not a file")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as problem:
        raise InputError(
            f"cannot read `{name}`: {problem.strerror}", hint="see that the path is right"
        ) from problem
    if len(content) > LARGEST:
        raise InputError(
            f"`{name}` is larger than {LARGEST // 1024} KiB",
            hint="a file of this kind is written by hand and stays small",
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise InputError(
            f"{name}:{line}: this is not UTF-8 text", hint="save it as UTF-8"
        ) from None
    return read_text(text, name)


def read_text(text: str, name: str) -> Node:
    """What *text* holds; *name* stands in errors. `InputError` and `SourceError` as above."""
    document = Document.of(name, text)
    refused = _REFUSED.search(text)
    if refused:
        raise _control_character(document, text, refused)
    events = _Events(document, text)
    try:
        return events.document_node()
    except yaml.YAMLError as problem:
        raise not_yaml(document, problem) from None


def _control_character(document: Document, text: str, found: re.Match[str]) -> SourceError:
    line = text.count("\n", 0, found.start())
    column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    place = Place(document, line + 1, column + 1, column + 2)
    if found[0] == "\ufeff" and found.start() == 0:
        return SourceError(
            "the file begins with a byte order mark", place, hint="save it as UTF-8 without a BOM"
        )
    return SourceError(f"a control character (U+{ord(found[0]):04X}) stands here", place)


class _Events:
    """Builds nodes from the parser's events, so that nothing is built that will be refused."""

    def __init__(self, document: Document, text: str) -> None:
        self._document = document
        self._events = yaml.parse(text, Loader=_PARSER)
        self._problems = Problems()
        self._nodes = 0

    def document_node(self) -> Node:
        next(self._events)  # the stream begins
        begin = next(self._events)
        if isinstance(begin, yaml.StreamEndEvent):
            raise InputError(f"`{self._document.name}` is empty")
        assert isinstance(begin, yaml.DocumentStartEvent)
        if begin.version or begin.tags:
            raise SourceError("YAML directives are refused", self._at(begin))
        node = self._node(next(self._events), 1)
        next(self._events)  # the document ends
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            raise SourceError("a second document begins here; a file holds one", self._at(after))
        self._problems.done()
        if isinstance(node, Scalar) and node.is_null:
            raise InputError(f"`{self._document.name}` is empty")
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._at(event)
        self._nodes += 1
        if depth > DEEPEST:
            raise SourceError(f"this is nested deeper than {DEEPEST} levels", place)
        if self._nodes > MOST_NODES:
            raise SourceError(f"this file holds more than {MOST_NODES} values", place)
        if isinstance(event, yaml.AliasEvent):
            raise SourceError("aliases are refused", place, hint="write the value out")
        if getattr(event, "anchor", None):
            raise SourceError("anchors are refused", place, hint="write the value out")
        if getattr(event, "tag", None):
            raise SourceError("tags are refused", place, hint="write the value plainly")
        if isinstance(event, yaml.ScalarEvent):
            if _REFUSED.search(event.value):
                raise SourceError("this stands for a control character", place)
            return Scalar(event.value, not event.style, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, depth)
        return self._mapping(place, depth)

    def _sequence(self, place: Place, depth: int) -> Sequence:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), place)

    def _mapping(self, place: Place, depth: int) -> Mapping:
        keys: dict[str, Scalar] = {}
        values = []
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise SourceError("a key must be a single word", key.place)
            value = self._node(next(self._events), depth + 1)
            if key.text in keys:
                self._note_second(key, keys[key.text])
                continue
            keys[key.text] = key
            values.append(value)
        return Mapping(tuple(keys.values()), tuple(values), place)

    def _note_second(self, key: Scalar, first: Scalar) -> None:
        self._problems.note(
            SourceError(
                f"{quoted(key.text)} stands here a second time",
                key.place,
                hint=f"it stands first in line {first.place.line}; keep one of them",
            )
        )

    def _at(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        line = min(start.line, len(self._document.lines) - 1)
        # Nodes that go over lines are shown by their first.
        until = end.column if end.line == line else len(self._document.lines[line].rstrip())
        column = start.column
        return Place(self._document, line + 1, column + 1, max(until, column + 1) + 1)
