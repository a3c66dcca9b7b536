"""Reading `expect`: what must be so when the flow has been followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from automation.outcome import Outcome
from automation.source import Node, Scalar, Sequence, SourceError
from automation.source.nodes import mapping, scalar, unknown
from automation.testing.cases.model import Expectation, Given, OrderGiven
from mock_store.rules import Plan, State

# What may be expected, and of which words; an empty list is any text, `None` a number.
WHATS: Mapping[str, tuple[str, ...] | None] = {
    "outcome": tuple(outcome.label for outcome in Outcome),
    "items": tuple(State),
    "state": (*State, "partly cancelled"),
    "subscription": tuple(Plan),
    "submits": None,
    "executions": None,
    "messages": None,
    "reason": (),
    "said": (),
}
_OF_AN_ORDER = ("items", "state", "executions", "messages")


def read_expected(node: Node, given: Given) -> tuple[Expectation, ...]:
    """Every expectation, in the order in which they stand."""
    told = mapping(node, "`expect`")
    told.only(WHATS, "`expect`")
    found: list[Expectation] = []
    for key, value in told.pairs():
        if key.text in _OF_AN_ORDER and given.order is None:
            raise SourceError(f"`{key.text}` is of an order, and none is given", key.place)
        if key.text == "subscription" and given.subscription is None:
            raise SourceError("no subscription is given", key.place)
        if key.text == "items":
            assert given.order is not None
            found += _items(value, given.order)
        else:
            found.append(Expectation(key.text, False, _any_of(key.text, value), value.place))
    return tuple(found)


def _items(node: Node, order: OrderGiven) -> list[Expectation]:
    titles = named_titles(line.title for line in order.lines)
    expected = []
    for key, value in mapping(node, "`items`").pairs():
        if key.text not in titles:
            raise unknown(f"the order has no item `{key.text}`", key, titles)
        expected.append(Expectation(key.text, True, _any_of("items", value), value.place))
    if not expected:
        raise SourceError("`items` names no item", node.place)
    return expected


def named_titles(titles: Iterable[str]) -> list[str]:
    """Titles as they are told apart: a second item of one title is `TITLE #2`."""
    named: list[str] = []
    met: dict[str, int] = {}
    for title in titles:
        met[title] = met.get(title, 0) + 1
        named.append(title if met[title] == 1 else f"{title} #{met[title]}")
    return named


def _any_of(what: str, node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items:
        raise SourceError(f"`{what}` expects nothing", node.place)
    return tuple(_one(what, scalar(item, f"`{what}`")) for item in items)


def _one(what: str, node: Scalar) -> str:
    known = WHATS[what]
    if known is None:
        return str(node.integer(f"`{what}`"))
    text = node.string(f"`{what}`")
    if known and text not in known:
        kind = "state" if what in ("items", "state") else what
        raise unknown(f"no {kind} is called `{text}`", node, known)
    return text
