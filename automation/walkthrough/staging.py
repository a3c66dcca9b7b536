"""What a film of a flow needs placed in the practice store, and what is told round its steps.

It stands beside the flows, in `staging/NAME.yaml`; texts in the language of the film.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from automation.flow.model import LANGUAGES, Flow
from automation.outcome import Outcome
from automation.source import Mapping, Node, Scalar, Sequence, SourceError, read_file
from automation.source.nodes import mapping, scalar, sequence, unknown

_KEYS = ("staging", "title", "summary", "ends", "place", "given", "notes", "instead")
_PLACE = ("order", "subscription")
_ORDER = ("items", "age", "state", "digital")
_ITEM = ("title", "price", "quantity", "seller")
_SUBSCRIPTION = ("name", "plan")
_HISTORY = files("automation.walkthrough").joinpath("history.yaml")


@dataclass(frozen=True)
class Placed:
    """An order to place, as the store's control API takes it; *age* is how long ago."""

    items: tuple[Map[str, Any], ...]
    age: str
    state: str
    digital: bool = False


@dataclass(frozen=True)
class Subscribed:
    """A subscription to give."""

    name: str
    plan: str


@dataclass(frozen=True)
class Staging:
    """One flow, staged in one language."""

    title: str
    summary: str
    ends: str | None = None  # the outcome that is meant to be shown
    order: Placed | None = None
    subscription: Subscribed | None = None
    given: Map[str, tuple[str, ...]] | None = None
    notes: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


def staging_path(flow: Flow) -> Path:
    """Where the staging of a flow stands, if it has one."""
    return flow.path.parent / "staging" / f"{flow.path.stem}.yaml"


def staging_of(flow: Flow, language: str) -> Staging:
    """How a flow is staged. One that has no staging is told in its own words."""
    path = staging_path(flow)
    if not path.is_file():
        return Staging(title=_readable(flow.name), summary=flow.summary)
    top = mapping(read_file(path), "a staging")
    top.only(_KEYS, "a staging")
    named = scalar(top.required("staging", "this staging"), "`staging`")
    if named.text != flow.name:
        raise SourceError(f"this is the staging of `{named.text}`, not of `{flow.name}`",
                          named.place)  # fmt: skip
    reader = _Reader(language)
    place = top.get("place")
    told = mapping(place, "`place`") if place else None
    if told:
        told.only(_PLACE, "`place`")
    order = told.get("order") if told else None
    subscription = told.get("subscription") if told else None
    return Staging(
        title=reader.text(top.required("title", "this staging"), "`title`"),
        summary=reader.text(top.required("summary", "this staging"), "`summary`"),
        ends=_ends(top),
        order=reader.order(order) if order else None,
        subscription=reader.subscription(subscription) if subscription else None,
        given=reader.given(top.get("given"), flow),
        notes=reader.texts(top.get("notes"), "`notes`"),
        instead=reader.texts(top.get("instead"), "`instead`"),
    )


def history(language: str) -> tuple[Placed, ...]:
    """What the account ordered before: a list of one order looks like no store's."""
    reader = _Reader(language)
    top = sequence(read_file(Path(str(_HISTORY))), "the history")
    return tuple(reader.order(node) for node in top.items)


class _Reader:
    """Reads a staging in one language: a text is one for all, or one for each language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def text(self, node: Node, what: str) -> str:
        if isinstance(node, Scalar):
            return node.string(what)
        told = mapping(node, what)
        told.only(LANGUAGES, what)
        return scalar(told.required(self._language, what), what).string(what)

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        if node is None:
            return ()
        return tuple(self.text(each, f"one of {what}") for each in sequence(node, what).items)

    def given(self, node: Node | None, flow: Flow) -> dict[str, tuple[str, ...]]:
        if node is None:
            return {}
        values = {}
        for key, value in mapping(node, "`given`").pairs():
            if key.text not in flow.inputs:
                raise unknown(f"`{flow.name}` has no input called `{key.text}`", key, flow.inputs)
            listed = isinstance(value, Sequence)
            values[key.text] = (
                self.texts(value, "a value") if listed else (self.text(value, "a value"),)
            )
        return values

    def order(self, node: Node) -> Placed:
        told = mapping(node, "an order")
        told.only(_ORDER, "an order")
        items = sequence(told.required("items", "this order"), "`items`")
        digital = told.get("digital")
        return Placed(
            items=tuple(self._item(item) for item in items.items),
            age=_scalar(told, "age", "2h"),
            state=_scalar(told, "state", "ordered"),
            digital=scalar(digital, "`digital`").boolean("`digital`") if digital else False,
        )

    def subscription(self, node: Node) -> Subscribed:
        told = mapping(node, "a subscription")
        told.only(_SUBSCRIPTION, "a subscription")
        name = self.text(told.required("name", "this subscription"), "`name`")
        return Subscribed(name, _scalar(told, "plan", "renewing"))

    def _item(self, node: Node) -> dict[str, Any]:
        told: Mapping = mapping(node, "an item")
        told.only(_ITEM, "an item")
        item: dict[str, Any] = {"title": self.text(told.required("title", "this item"), "`title`")}
        for key, value in told.pairs():
            if key.text == "seller":
                item["seller"] = scalar(value, "`seller`").string("`seller`")
            elif key.text == "quantity":
                item["quantity"] = scalar(value, "`quantity`").integer("`quantity`")
            elif key.text == "price":
                item["price"] = scalar(value, "`price`").number("`price`")
        return item


def _ends(top: Mapping) -> str | None:
    node = top.get("ends")
    if node is None:
        return None
    named = scalar(node, "`ends`")
    labels = [outcome.label for outcome in Outcome]
    if named.text not in labels:
        raise unknown(f"no run ends in `{named.text}`", named, labels)
    return named.text


def _scalar(told: Mapping, key: str, default: str) -> str:
    node = told.get(key)
    return default if node is None else scalar(node, f"`{key}`").string(f"`{key}`")


def _readable(name: str) -> str:
    return name.replace("-", " ").capitalize()
