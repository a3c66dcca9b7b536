"""The control API: placing orders and asking for the truth, from another process.

It exists only in a store that was started with a token, and answers nothing without it.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from mock_store.errors import StoreError
from mock_store.placing import lines_of
from mock_store.rules import Note, Payment, Plan, State
from mock_store.subscribing import subscribe, subscription_of
from mock_store.visitors import the_store
from mock_store.wishes import KEYS

control = Blueprint("control", __name__, url_prefix="/_control")
T = TypeVar("T")
_ORDER_KEYS = {
    "items", "state", "account", "number", "placed", "seller", "shipments", "quantities", "prices",
    "digital", "note", "ships_after", "payment", "says",
}  # fmt: skip


@control.before_request
def authorised() -> ResponseReturnValue | None:
    expected = f"Bearer {the_store().control_token}"
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        return {"error": "the control token is missing or wrong"}, 401
    if "Origin" in request.headers:
        return {"error": "a page may not drive the store"}, 403
    return None


@control.errorhandler(StoreError)
def wrong(problem: StoreError) -> ResponseReturnValue:
    status = 404 if problem.message.startswith("no order") else 400
    return {"error": problem.message, "hint": problem.hint}, status


@control.post("/orders")
def place() -> ResponseReturnValue:
    body = _body(_ORDER_KEYS)
    placed = _optional(body, "placed", datetime.fromisoformat)
    order = the_store().place(
        *lines_of(body),
        account=body.get("account", "robin"),
        state=_state(body.get("state", "ordered")),
        placed=placed,
        number=body.get("number"),
        note=_optional(body, "note", Note) or Note.NONE,
        payment=_optional(body, "payment", Payment) or Payment.UNSAID,
        says=_text(body, "says") if "says" in body else "",
    )
    return jsonify(number=order.number, secret=order.secret), 201


@control.get("/orders/<number>")
def truth(number: str) -> ResponseReturnValue:
    order = the_store().order(number)
    return jsonify(
        number=number,
        state=order.state,
        items=[{"title": title, "state": state} for title, state in order.lines()],
        submits=order.submits,
        executions=order.executions,
    )


@control.post("/orders/<number>/decide")
def decide(number: str) -> ResponseReturnValue:
    """The seller answers a request."""
    body = _body({"decision"})
    order = the_store().order(number)
    decisions = {"approve": order.approve, "deny": order.deny}
    if body.get("decision") not in decisions:
        raise StoreError("`decision` is `approve` or `deny`")
    decisions[body["decision"]]()
    return truth(number)


@control.post("/orders/<number>/say")
def say(number: str) -> ResponseReturnValue:
    """The boutique says this of the order's state until it changes."""
    the_store().order(number).says(_text(_body({"text"}), "text"))
    return truth(number)


@control.post("/orders/<number>/answer")
def answer(number: str) -> ResponseReturnValue:
    """A seller answers what the shopper wrote."""
    body = _body({"text"})
    if not isinstance(body.get("text"), str):
        raise StoreError("`text` is missing", hint="say what the seller answers")
    the_store().order(number).answer(body["text"])
    return truth(number)


@control.post("/subscriptions")
def give() -> ResponseReturnValue:
    body = _body({"name", "plan", "account"})
    if not isinstance(body.get("name"), str):
        raise StoreError("`name` is missing", hint="name the subscription")
    placed = subscribe(
        the_store(),
        body["name"],
        _optional(body, "plan", Plan) or Plan.RENEWING,
        account=body.get("account", "robin"),
    )
    return jsonify(id=placed.token), 201


@control.get("/subscriptions/<token>")
def subscription(token: str) -> ResponseReturnValue:
    placed = subscription_of(the_store(), token)
    return jsonify(
        id=token, plan=placed.plan, until=placed.until.isoformat(), submits=placed.submits
    )


@control.post("/quirks")
def ask() -> ResponseReturnValue:
    the_store().quirks.add_told(_body(KEYS))
    return jsonify(ok=True)


@control.get("/quirks")
def standing() -> ResponseReturnValue:
    """What is still to happen."""
    return jsonify([wish.as_told() for wish in the_store().quirks.standing()])


@control.delete("/quirks")
def calm() -> ResponseReturnValue:
    the_store().quirks.clear()
    return jsonify(ok=True)


@control.post("/clock")
def clock() -> ResponseReturnValue:
    body = _body({"now", "advance"})
    store = the_store()
    now = _optional(body, "now", datetime.fromisoformat)
    if now is not None:
        if now.tzinfo is None:
            raise StoreError("`now` needs a time zone", hint="write it like 2026-11-24T10:00Z")
        store.clock.set(now)
    if "advance" in body:
        store.clock.advance(str(body["advance"]))
    return jsonify(now=store.clock.now().isoformat())


@control.get("/received")
def received() -> ResponseReturnValue:
    """How often each request came; the control API's own are not counted."""
    counts = the_store().received.counts()
    return jsonify([
        {"method": method, "path": path, "count": count} for (method, path), count in counts.items()
    ])  # fmt: skip


@control.post("/reset")
def reset() -> ResponseReturnValue:
    the_store().reset()
    return jsonify(ok=True)


def _body(known: set[str]) -> dict[str, Any]:
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise StoreError("the body is not a JSON object")
    unknown = sorted(set(body) - known)
    if unknown:
        raise StoreError(
            f"unknown key `{unknown[0]}`", hint="known are " + ", ".join(sorted(known))
        )
    return body


def _optional(body: dict[str, Any], key: str, read: Callable[[Any], T]) -> T | None:
    if body.get(key) is None:
        return None
    try:
        return read(body[key])
    except (TypeError, ValueError) as problem:
        raise StoreError(f"`{key}` cannot be `{body[key]}`") from problem


def _text(body: dict[str, Any], key: str) -> str:
    if not isinstance(body.get(key), str):
        raise StoreError(f"`{key}` is not a text")
    found: str = body[key]
    return found


def _state(name: object) -> State:
    try:
        return State(str(name))
    except ValueError:
        raise StoreError(f"no state is called `{name}`", hint=", ".join(State)) from None
