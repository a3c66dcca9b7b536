"""From the bytes of a file to nodes. What a file of ours never needs is refused, not ignored."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from automation.errors import InputError
from automation.source.frame import Document, Place, SourceError
from automation.source.nodes import Mapping, Node, Scalar, Sequence

LARGEST = 256 * 1024  # bytes
DEEPEST = 32
MOST_NODES = 5_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0085\u2028\u2029\ufeff]")


def read_file(path: Path, *, name: str | None = None) -> Node:
    """What the file at *path* holds. `InputError` if it cannot be read or is refused."""
    name = name or str(path)
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(
                f"`{name}` is larger than {LARGEST // 1024} KiB",
                hint="a file of this kind is written by hand and stays small",
            )
        content = path.read_bytes()
    except OSError as problem:
        raise InputError(f"cannot read `{name}`: {problem.strerror}") from problem
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise InputError(
            f"`{name}` is not UTF-8 text (byte {problem.start})", hint="save it as UTF-8"
        ) from problem
    return read_text(text, name)


def read_text(text: str, name: str) -> Node:
    """What *text* holds; *name* stands in errors. `InputError` and `SourceError` as above."""
    document = Document(name, tuple(text.split("\n")))
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start())
        column = control.start() - (text.rfind("\n", 0, control.start()) + 1)
        raise SourceError(
            f"a control character (U+{ord(control[0]):04X}) stands here",
            Place(document, line + 1, column + 1, column + 2),
        )
    try:
        events = _Events(document, text)
        node = events.document_node()
    except yaml.MarkedYAMLError as problem:
        raise _syntax(document, problem) from None
    return node


class _Events:
    """Builds nodes from the parser's events, so that nothing is built that will be refused."""

    def __init__(self, document: Document, text: str) -> None:
        self._document = document
        self._events = yaml.parse(text, Loader=yaml.CSafeLoader if _HAS_C else yaml.SafeLoader)
        self._nodes = 0

    def document_node(self) -> Node:
        next(self._events)  # the stream begins
        begin = next(self._events)
        if isinstance(begin, yaml.StreamEndEvent):
            raise InputError(f"`{self._document.name}` is empty")
        node = self._node(next(self._events), 1)
        next(self._events)  # the document ends
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            raise SourceError("a second document begins here; a file holds one", self._at(after))
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
        if getattr(event, "tag", None) not in (None, "!"):
            raise SourceError("tags are refused", place, hint="write the value plainly")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, event.style in (None, ""), place)
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
            if key.text in keys:
                first = keys[key.text].place.line
                raise SourceError(
                    f"`{key.text}` stands here a second time",
                    key.place,
                    hint=f"it stands first in line {first}; keep one of them",
                )
            keys[key.text] = key
            values.append(self._node(next(self._events), depth + 1))
        return Mapping(tuple(keys.values()), tuple(values), place)

    def _at(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        if end.line == start.line and end.column > start.column:
            until = end.column
        else:
            until = len(self._document.lines[start.line].rstrip()) if end.line > start.line else 0
        return Place(
            self._document, start.line + 1, start.column + 1, max(until, start.column + 1) + 1
        )


_HAS_C = hasattr(yaml, "CSafeLoader")


def _syntax(document: Document, problem: yaml.MarkedYAMLError) -> InputError:
    what = problem.problem or problem.context or "this cannot be read"
    mark = problem.problem_mark or problem.context_mark
    if mark is None:
        return InputError(f"`{document.name}` is not YAML: {what}")
    line = min(mark.line, len(document.lines) - 1)
    column = min(mark.column, len(document.lines[line]))
    hint = "indent with spaces" if "\t" in document.lines[line] else None
    place = Place(document, line + 1, column + 1, column + 2)
    return SourceError(f"this is not YAML: {what}", place, hint=hint)
