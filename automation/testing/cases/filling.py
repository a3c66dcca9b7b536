"""Multiplying a case by its `for`, and filling in the values of one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from automation.source import Mapping as MappingNode
from automation.source import Node, Scalar, Sequence, SourceError
from automation.source.nodes import mapping, scalar, unknown
from mock_store.rules import Mode
from mock_store.store import LAYOUTS
from mock_store.wording import LANGUAGES

SETTINGS: Mapping[str, tuple[str, ...]] = {
    "layout": LAYOUTS,
    "language": LANGUAGES,
    "mode": tuple(Mode),
}
# Filled in when the order has been placed.
AT_RUN_TIME = "order"


@dataclass(frozen=True)
class Choice:
    """One value of what a case is multiplied by: of its own name, or of several at once."""

    id: str
    values: Mapping[str, Scalar]


@dataclass
class Row:
    """The values of one cell, and which of them were used so far."""

    id: str
    values: Mapping[str, Scalar]
    used: set[str] = field(default_factory=set)

    def texts(self) -> dict[str, str]:
        return {name: value.text for name, value in self.values.items()}

    def fill(self, node: Node) -> Node:
        """*node* with each `$name` in the place of which this row has a value."""
        if isinstance(node, Scalar):
            return self._filled(node)
        if isinstance(node, Sequence):
            return Sequence(tuple(self.fill(item) for item in node.items), node.place)
        keys = tuple(self._filled(key) for key in node.keys)
        return MappingNode(keys, tuple(self.fill(value) for value in node.values), node.place)

    def _filled(self, node: Scalar) -> Scalar:
        if not node.text.startswith("$") or node.text == f"${AT_RUN_TIME}":
            return node
        if node.text.startswith("$$"):
            return Scalar(node.text[1:], plain=False, place=node.place)
        name = node.text[1:]
        if name not in self.values:
            hint = None if self.values else f"give it some: `for: {{{name}: […]}}`"
            problem = unknown(f"`for` has no values for `{name}`",
                              Scalar(name, plain=True, place=node.place), self.values)  # fmt: skip
            raise SourceError(problem.message, node.place, hint=hint or problem.hint)
        self.used.add(name)
        return replace(self.values[name], place=node.place)


def rows_of(node: Node | None) -> list[Row]:
    """Every combination of the values that `for` names."""
    if node is None:
        return [Row("", {})]
    told = mapping(node, "`for`")
    if not told.keys:
        raise SourceError("`for` names nothing", told.place)
    return [_row(chosen) for chosen in product(*(_choices(*pair) for pair in told.pairs()))]


def see_that_all_are_used(rows: list[Row]) -> None:
    """An error for a value of `for` that no part of the case takes."""
    for row in rows:
        for name, value in row.values.items():
            if name not in SETTINGS and not any(name in other.used for other in rows):
                raise SourceError(
                    f"nothing in this case takes `${name}`",
                    value.place,
                    hint="the store takes " + ", ".join(f"`{known}`" for known in SETTINGS)
                    + "; write anything else where it belongs, with a `$`",
                )  # fmt: skip


def _row(chosen: tuple[Choice, ...]) -> Row:
    values: dict[str, Scalar] = {}
    for choice in chosen:
        for name, value in choice.values.items():
            if name in values:
                raise SourceError(f"`{name}` has a value already", value.place)
            values[name] = value
    return Row("-".join(choice.id for choice in chosen), values)


def _choices(name: Scalar, node: Node) -> list[Choice]:
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items:
        raise SourceError(f"`{name.text}` has no values", node.place)
    told = [_values(name, item) for item in items]
    first = [next(iter(values.values())).text for values in told]
    # What tells the values of one name apart: the first of each, or all that each sets.
    if len(set(first)) == len(first):
        return [Choice(own, values) for own, values in zip(first, told, strict=True)]
    return [Choice("-".join(v.text for v in values.values()), values) for values in told]


def _values(name: Scalar, node: Node) -> dict[str, Scalar]:
    if isinstance(node, MappingNode):
        if not node.keys:
            raise SourceError(f"this value of `{name.text}` sets nothing", node.place)
        own = {key.text: scalar(value, f"`{key.text}`") for key, value in node.pairs()}
    else:
        own = {name.text: scalar(node, f"each value of `{name.text}`")}
    for each, value in own.items():
        if each == AT_RUN_TIME:
            raise SourceError("`$order` is the number of the case's order", value.place)
        if each in SETTINGS and value.text not in SETTINGS[each]:
            raise unknown(f"no {each} is called `{value.text}`", value, SETTINGS[each])
    return own
