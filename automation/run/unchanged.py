"""Whether an order is still as it was when somebody decided about it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from automation.pages.readings import Order, State
from automation.pages.values import Items, folded
from automation.run.facts import order_as_data

_OF_AN_ITEM = ("title", "state", "quantity", "price", "seller", "way")


def digest_of(order: Order) -> str:
    """One short word for the facts that must not change: any difference gives another."""
    told = json.dumps(_decisive(order), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def difference(then: Order, now: Order) -> str | None:
    """The first fact that has changed, in plain words; `None` if all are as they were."""
    if digest_of(then) == digest_of(now):
        return None
    if then.number != now.number:
        return f"it was order {then.number} and is now {now.number or 'none'}"
    lines, lines_now = (Counter(item.title for item in order.items) for order in (then, now))
    for title in lines_now - lines:
        return f"`{title}` was not in the order before"
    for title in lines - lines_now:
        return f"`{title}` is no longer in the order"
    before, after = _decisive(then)["items"], _decisive(now)["items"]
    for old, new in zip(before, after, strict=True):
        for fact in _OF_AN_ITEM:
            if old[fact] != new[fact]:
                return f"the {fact} of `{old['title']}` was {old[fact]} and is now {new[fact]}"
    facts = (
        ("total", then.total, now.total),
        ("fee", then.fee, now.fee),
        ("state of the order", *(each.whole and each.whole.words for each in (then, now))),
    )
    what, was, is_now = next((each for each in facts if each[1] != each[2]), facts[0])
    return f"the {what} was {was or 'not shown'} and is now {is_now or 'not shown'}"


def cancelled_meanwhile(now: Order, items: Items) -> bool:
    """Whether somebody else did what was decided: all of it is cancelled."""
    if not now.items:
        return now.whole is State.CANCELLED
    asked = None if items.titles is None else set(map(folded, items.titles))
    meant = [item for item in now.items if asked is None or item.title in asked]
    return bool(meant) and all(item.state is State.CANCELLED for item in meant)


def _decisive(order: Order) -> dict[str, Any]:
    """The facts that must not change. Not the store's words for a state: they name days."""
    data = order_as_data(order)
    return {
        "number": data["number"],
        "total": data["total"],
        "whole": data["whole"],
        # Only where it is shown: a plan of a store that shows none stays as it is.
        **({"fee": data["fee"]} if data["fee"] is not None else {}),
        "items": [{fact: item[fact] for fact in _OF_AN_ITEM} for item in data["items"]],
    }
