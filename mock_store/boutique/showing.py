"""What the boutique's templates show of an order."""

from __future__ import annotations

from dataclasses import dataclass

from mock_store.boutique.shapes import Result, Shapes, Unwilling
from mock_store.rules import State, may_be_cancelled, order_state
from mock_store.store import Store
from mock_store.tables import Item, Order

_SAID = {
    State.ORDERED: "Received",
    State.PREPARING: "In preparation",
    State.SHIPPED: "On its way",
    State.DELIVERED: "Delivered",
    State.REQUESTED: "Cancel Request",
    State.CANCELLED: "Cancelled",
    State.RETURNED: "Returned",
}
_CANCELLED = {
    Result.CANCELLED: "Cancelled",
    Result.CANCELED: "Canceled",
    Result.BY_CUSTOMER: "Cancelled by customer",
    Result.FEE: "Cancelled, a fee of €5.00 is kept",
}


@dataclass(frozen=True)
class LineShown:
    token: str
    title: str
    quantity: int
    price: str
    said: str
    open: bool  # whether it can still be cancelled


@dataclass(frozen=True)
class OrderShown:
    number: str
    placed: str
    total: str
    said: str
    lines: tuple[LineShown, ...]
    offered: bool  # whether there is a control that begins a cancellation
    disabled: bool  # ... which cannot be pressed
    unready: bool  # ... or leads to a last button which cannot

    @property
    def pieces(self) -> str:
        count = sum(line.quantity for line in self.lines)
        return f"{count} piece{'' if count == 1 else 's'}"


def order_shown(store: Store, order: Order, shapes: Shapes) -> OrderShown:
    state = order_state(State(item.state) for item in order.items)
    open_ = [item for item in order.items if may_be_cancelled(State(item.state))]
    prepared = any(item.state == State.PREPARING for item in open_)
    unwilling = shapes.unwilling if prepared else Unwilling.AFTER
    return OrderShown(
        number=order.number,
        placed=store.words.date(order.placed),
        total=store.words.money(sum(item.cents * item.quantity for item in order.items)),
        said=_whole(state, shapes),
        lines=tuple(_line(store, item, shapes) for item in order.items),
        offered=bool(open_) and unwilling is not Unwilling.MISSING,
        disabled=unwilling is Unwilling.DISABLED,
        unready=unwilling is Unwilling.SUBMIT,
    )


def _line(store: Store, item: Item, shapes: Shapes) -> LineShown:
    state = State(item.state)
    return LineShown(
        token=item.token,
        title=item.title,
        quantity=item.quantity,
        price=store.words.money(item.cents),
        said=_said(state, shapes),
        open=may_be_cancelled(state),
    )


def _whole(state: str, shapes: Shapes) -> str:
    return "Partly cancelled" if state == "partly cancelled" else _said(State(state), shapes)


def _said(state: State, shapes: Shapes) -> str:
    return _CANCELLED[shapes.result] if state is State.CANCELLED else _SAID[state]
