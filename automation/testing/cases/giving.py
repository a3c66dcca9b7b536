"""Reading `given`: what the mock store holds before the flow is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from automation.source import Mapping, Node, Scalar, Sequence, SourceError
from automation.source.nodes import mapping, scalar, sequence, unknown
from automation.testing.cases.filling import AT_RUN_TIME
from automation.testing.cases.model import Given, OrderGiven, QuirkGiven, SubscriptionGiven
from mock_store.clock import duration
from mock_store.errors import StoreError
from mock_store.people import PEOPLE
from mock_store.placing import lines_of
from mock_store.quirks import Quirk
from mock_store.rules import Note, Plan, State

T = TypeVar("T")
_KEYS = ("order", "others", "subscription", "quirks", "clock")
_ORDER_KEYS = ("items", "state", "account", "placed", "number", "note", "seller", "quantities",
               "prices", "shipments", "digital", "ships_after")  # fmt: skip
_ITEM_KEYS = ("title", "quantity", "price", "seller", "shipment", "state", "digital", "ships_after")
_ACCOUNTS = tuple(person.key for person in PEOPLE)


def read_given(node: Node | None) -> Given:
    """What a case is given; nothing, if it does not say."""
    if node is None:
        return Given()
    told = mapping(node, "`given`")
    told.only(_KEYS, "`given`")
    others, quirks = told.get("others"), told.get("quirks")
    subscription, order = told.get("subscription"), told.get("order")
    now, advance = _clock(told.get("clock"))
    return Given(
        order=None if order is None else _order(order),
        others=tuple(_order(each) for each in sequence(others, "`others`").items) if others else (),
        subscription=None if subscription is None else _subscription(subscription),
        quirks=tuple(_quirk(each) for each in sequence(quirks, "`quirks`").items) if quirks else (),
        now=now,
        advance=advance,
    )


def _order(node: Node) -> OrderGiven:
    told = mapping(node, "an order")
    told.only(_ORDER_KEYS, "an order")
    items = sequence(told.required("items", "this order"), "`items`")
    for item in items.items:
        if isinstance(item, Mapping):
            item.only(_ITEM_KEYS, "an item")
            _named(item, "state", State, State.ORDERED)
    try:
        lines = tuple(lines_of(_plain(told)))
    except StoreError as problem:
        raise SourceError(problem.message, items.place, hint=problem.hint) from None
    number = told.get("number")
    return OrderGiven(
        lines=lines,
        state=_named(told, "state", State, State.ORDERED),
        account=_account(told) or "robin",
        placed=_ago(told.get("placed")),
        number=scalar(number, "`number`").string("`number`") if number else None,
        note=_named(told, "note", Note, Note.NONE),
    )


def _subscription(node: Node) -> SubscriptionGiven:
    told = mapping(node, "a subscription")
    told.only(("name", "plan", "account"), "a subscription")
    name = scalar(told.required("name", "this subscription"), "`name`").string("`name`")
    plan = _named(told, "plan", Plan, Plan.RENEWING)
    return SubscriptionGiven(name, plan, _account(told) or "robin")


def _quirk(node: Node) -> QuirkGiven:
    if isinstance(node, Scalar):
        return QuirkGiven(_quirk_named(node))
    told = mapping(node, "a quirk")
    told.only(("name", "times", "seconds", "account", "order"), "a quirk")
    name = _quirk_named(scalar(told.required("name", "this quirk"), "`name`"))
    times, seconds, order = told.get("times"), told.get("seconds"), told.get("order")
    if order is not None and scalar(order, "`order`").text != f"${AT_RUN_TIME}":
        raise SourceError("a quirk is for `$order`, or for every order", order.place)
    return QuirkGiven(
        name=name,
        times=None if times is None else scalar(times, "`times`").integer("`times`"),
        seconds=None if seconds is None else scalar(seconds, "`seconds`").number("`seconds`"),
        account=_account(told),
        this_order=order is not None,
    )


def _quirk_named(name: Scalar) -> str:
    word, equals, how = name.text.partition("=")
    if word not in {quirk.value for quirk in Quirk}:
        raise unknown(f"no quirk is called `{word}`", name, [quirk.value for quirk in Quirk])
    hows = Quirk.named(word).hows
    if equals and how not in hows:
        raise unknown(f"`{word}` is never `{how}`", name, hows)
    return name.text


def _account(told: Mapping) -> str | None:
    node = told.get("account")
    if node is None:
        return None
    name = scalar(node, "`account`")
    if name.text not in _ACCOUNTS:
        raise unknown(f"no account is called `{name.text}`", name, _ACCOUNTS)
    return name.text


def _named(told: Mapping, key: str, kinds: Callable[[str], T] | Iterable[T], default: T) -> T:
    node = told.get(key)
    if node is None:
        return default
    name = scalar(node, f"`{key}`")
    known = {str(kind): kind for kind in kinds if str(kind)}  # type: ignore[union-attr]
    if name.text not in known:
        raise unknown(f"no {key} is called `{name.text}`", name, known)
    return known[name.text]


def _ago(node: Node | None) -> timedelta:
    if node is None:
        return timedelta()
    text = scalar(node, "`placed`").string("`placed`")
    try:
        return duration(text.removesuffix(" ago"))
    except StoreError:
        raise SourceError(f"`{text}` is not how long ago an order was placed", node.place,
                          hint="write it like `5h ago` or `3d ago`") from None  # fmt: skip


def _clock(node: Node | None) -> tuple[datetime | None, str | None]:
    if node is None:
        return None, None
    told = mapping(node, "`clock`")
    told.only(("now", "advance"), "`clock`")
    now, advance = told.get("now"), told.get("advance")
    return (
        None if now is None else _moment(scalar(now, "`now`")),
        None if advance is None else _duration(scalar(advance, "`advance`")),
    )


def _moment(node: Scalar) -> datetime:
    try:
        moment = datetime.fromisoformat(node.text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise SourceError(f"`{node.text}` is not a moment with a time zone", node.place,
                          hint="write it like 2026-11-24T10:00Z")  # fmt: skip
    return moment


def _duration(node: Scalar) -> str:
    try:
        duration(node.text)
    except StoreError as problem:
        raise SourceError(problem.message, node.place, hint=problem.hint) from None
    return node.text


def _plain(node: Node) -> Any:
    """The node as the store's own reader of orders takes it."""
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.pairs()}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    if node.is_null:
        return None
    if node.plain and node.text in ("true", "false"):
        return node.text == "true"
    return node.text
