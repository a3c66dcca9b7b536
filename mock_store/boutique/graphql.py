"""One address for all that scripts want: they read an order there, and cancel it there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, jsonify, request
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from mock_store import visitors
from mock_store.boutique.account import shapes
from mock_store.boutique.cancelling import cancel_as
from mock_store.boutique.shapes.cancelling import Confirm
from mock_store.boutique.showing import order_shown
from mock_store.tables import Order
from mock_store.visitors import protect, the_store

graphql = Blueprint("graphql", __name__)


@graphql.post("/graphql")
def answered() -> Any:
    """What the operation says: `order` reads, `cancelOrder` cancels."""
    if shapes().confirm is not Confirm.GRAPHQL:
        abort(404)
    told = request.get_json(silent=True)
    if not isinstance(told, dict) or not isinstance(told.get("variables"), dict):
        abort(400)
    operation, variables = told.get("operationName"), told["variables"]
    order = _own(str(variables.get("number", "")))
    if operation == "order":
        with the_store().database.session() as session:
            shown = order_shown(the_store(), session.merge(order), shapes())
        return jsonify(data={"order": {"number": shown.number, "state": shown.said}})
    if operation != "cancelOrder":
        abort(400)
    protect(str(variables.get("csrf", "")))
    answer = cancel_as(order.number, MultiDict(variables))
    leads = getattr(answer, "location", None)
    return jsonify(data={"cancelOrder": {"url": leads}}) if leads else answer


def _own(number: str) -> Order:
    who = visitors.account()
    if who is None:
        abort(401)
    with the_store().database.session() as session:
        the_store().catch_up(session)
        own = select(Order).where(Order.number == number, Order.account_id == who.id)
        order = session.scalar(own)
    if order is None:
        abort(404)
    return order
