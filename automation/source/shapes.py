"""What a file may hold, said once: what is read, what an editor offers, what is documented."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from automation.source.frame import SourceError, quoted
from automation.source.nodes import Mapping as MappingNode
from automation.source.nodes import Node, mapping, scalar, sequence, unknown
from automation.source.problems import Problems

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Kind:
    """One kind of value: how it is read, and its JSON Schema. *read* is given what to call it."""

    read: Callable[[Node, str], Any]
    schema: Mapping[str, Any]


@dataclass(frozen=True)
class Key:
    """One key of a mapping. *field* is what its dataclass calls it, if not the same."""

    name: str
    kind: Kind
    means: str
    required: bool = False
    field: str = ""

    @property
    def attribute(self) -> str:
        return self.field or self.name


@dataclass(frozen=True)
class Shape:
    """A mapping that becomes a dataclass. What a key leaves out has the dataclass's default."""

    of: Callable[..., Any]
    called: str
    keys: tuple[Key, ...]
    see: Callable[[MappingNode, Any], None] = field(default=lambda _node, _made: None)

    def read(self, node: Node, what: str = "") -> Any:
        """What *node* says; every problem of it at once. *see* may find more in what was made."""
        called = what or self.called
        told = mapping(node, called)
        problems = Problems()
        with problems.noting():
            told.only([key.name for key in self.keys], called)
        values = {}
        for key in self.keys:
            value = told.get(key.name)
            with problems.noting():
                if value is None and key.required:
                    told.required(key.name, called)
                if value is not None:
                    values[key.attribute] = key.kind.read(value, f"`{key.name}`")
        problems.done()
        made = self.of(**values)
        self.see(told, made)
        return made

    @property
    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "required": [key.name for key in self.keys if key.required],
            "additionalProperties": False,
            "properties": {
                key.name: {"description": key.means, **key.kind.schema} for key in self.keys
            },
        }

    @property
    def kind(self) -> Kind:
        return Kind(self.read, self.schema)


def many(kind: Kind, *, least: int = 1) -> Kind:
    """A list of at least so many of these."""

    def read(node: Node, what: str) -> tuple[Any, ...]:
        listed = sequence(node, what)
        if len(listed.items) < least:
            raise SourceError(f"{what} is an empty list", listed.place, hint="leave it out")
        problems = Problems()
        values = []
        for item in listed.items:
            with problems.noting():
                values.append(kind.read(item, f"one of {what}"))
        problems.done()
        return tuple(values)

    return Kind(read, {"type": "array", "minItems": least, "items": dict(kind.schema)})


def one_of(*names: str) -> Kind:
    """One of these words."""

    def read(node: Node, what: str) -> str:
        word = scalar(node, what)
        if word.text not in names:
            raise unknown(f"{what} cannot be {quoted(word.text)}", word, names)
        return word.text

    return Kind(read, {"enum": list(names)})


def _duration(node: Node, what: str) -> timedelta:
    told = scalar(node, what)
    found = re.fullmatch(r"([1-9]\d{0,4})([mhd])", told.text)
    if not found:
        raise SourceError(
            f"{what} must be a length of time, not {quoted(told.text)}",
            told.place,
            hint="write it like 90m, 36h or 7d",
        )
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _amount(node: Node, what: str) -> Decimal:
    told = scalar(node, what)
    try:
        amount = Decimal(told.string(what))
    except InvalidOperation:
        raise SourceError(
            f"{what} must be an amount, not {quoted(told.text)}", told.place
        ) from None
    if not amount.is_finite() or amount < 0:
        raise SourceError(f"{what} must be an amount, not {quoted(told.text)}", told.place)
    return amount


def _count(node: Node, what: str) -> int:
    told = scalar(node, what)
    count = told.integer(what)
    if count < 0:
        raise SourceError(f"{what} cannot be less than 0", told.place)
    return count


def _date(node: Node, what: str) -> date:
    told = scalar(node, what)
    try:
        return date.fromisoformat(told.text)
    except ValueError:
        raise SourceError(
            f"{what} must be a date, not {quoted(told.text)}",
            told.place,
            hint="write it like 2026-12-24",
        ) from None


def _clock(node: Node, what: str) -> time:
    told = scalar(node, what)
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", told.text):
        raise SourceError(
            f"{what} must be a time of day, not {quoted(told.text)}",
            told.place,
            hint='write it like "22:30"',
        )
    return time.fromisoformat(told.text)


def _zone(node: Node, what: str) -> ZoneInfo:
    told = scalar(node, what)
    try:
        return ZoneInfo(told.text)
    except (OSError, ValueError, KeyError):  # unknown, or not a name at all
        raise SourceError(
            f"{what} must name a time zone, not {quoted(told.text)}",
            told.place,
            hint="write it like Europe/Amsterdam",
        ) from None


TEXT = Kind(lambda node, what: scalar(node, what).string(what), {"type": "string"})
TEXTS = many(TEXT, least=0)
BOOLEAN = Kind(lambda node, what: scalar(node, what).boolean(what), {"type": "boolean"})
COUNT = Kind(_count, {"type": "integer", "minimum": 0})
AMOUNT = Kind(_amount, {"type": ["number", "string"]})
DURATION = Kind(_duration, {"type": "string", "pattern": "^[1-9][0-9]{0,4}[mhd]$"})
DATE = Kind(_date, {"type": "string", "format": "date"})
CLOCK = Kind(_clock, {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
ZONE = Kind(_zone, {"type": "string"})
