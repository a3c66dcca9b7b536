"""What the boutique's templates show of an order."""

from __future__ import annotations

from dataclasses import dataclass

from mock_store.boutique.addresses import OrderAddress, address_of
from mock_store.boutique.shapes import Shapes
from mock_store.boutique.shapes.cancelling import Paid, Unwilling
from mock_store.boutique.shapes.order import Fee, Requested, Result, Title
from mock_store.catalogue import GOODS
from mock_store.rules import Payment, State, may_be_cancelled, order_state
from mock_store.store import Store
from mock_store.tables import Item, Order

FEE = 500  # cents that are kept on a cancellation
_SAID = {
    State.ORDERED: "Received",
    State.PREPARING: "In preparation",
    State.SHIPPED: "On its way",
    State.DELIVERED: "Delivered",
    State.REQUESTED: "Cancel Request",
    State.CANCELLED: "Cancelled",
    State.RETURNED: "Returned",
}
_PAYMENT = {
    Payment.UNSAID: _SAID[State.ORDERED],
    Payment.PENDING: "Payment pending",
    Payment.PAID: "Paid",
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
    code: str
    product: str  # the address of its page; "" where the shop deleted it
    quantity: int
    price: str
    said: str
    open: bool  # whether it can still be cancelled


@dataclass(frozen=True)
class FeeShown:
    """The fee that is kept on a cancellation, and what is paid back."""

    kept: str
    paid_back: str
    before: bool  # shown before the click
    after: bool  # shown on the order: it was kept


@dataclass(frozen=True)
class OrderShown:
    number: str
    address: OrderAddress
    placed: str
    total: str
    said: str
    lines: tuple[LineShown, ...]
    offered: bool  # whether there is a control that begins a cancellation
    disabled: bool  # ... which cannot be pressed
    unready: bool  # ... or leads to a last button which cannot
    asks: bool  # whether cancelling it only asks for it, and says so
    alert: bool  # whether a request is told in an alert
    fee: FeeShown

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def pieces(self) -> str:
        return f"{self.count} piece{'' if self.count == 1 else 's'}"


def order_shown(store: Store, order: Order, shapes: Shapes) -> OrderShown:
    state = order_state(State(item.state) for item in order.items)
    open_ = [item for item in order.items if may_be_cancelled(State(item.state))]
    prepared = any(item.state == State.PREPARING for item in open_)
    unwilling = shapes.unwilling if prepared else Unwilling.AFTER
    paid = order.payment == Payment.PAID
    return OrderShown(
        number=order.number,
        address=address_of(order, shapes),
        placed=store.words.date(order.placed),
        total=store.words.money(_cents(order)),
        said=order.says or _whole(state, order, shapes),
        lines=tuple(_line(store, item, order, shapes) for item in order.items),
        offered=bool(open_) and unwilling is not Unwilling.MISSING,
        disabled=unwilling is Unwilling.DISABLED,
        unready=unwilling is Unwilling.SUBMIT,
        asks=paid and shapes.paid is Paid.ASKS,
        alert=state == State.REQUESTED and shapes.requested is Requested.ALERT,
        fee=_fee(store, order, state, shapes),
    )


def _line(store: Store, item: Item, order: Order, shapes: Shapes) -> LineShown:
    state = State(item.state)
    known = list(GOODS)
    at = known.index(item.title) + 1 if item.title in known else len(known) + len(item.title)
    return LineShown(
        token=item.token,
        title=item.title,
        code=f"{item.title[:3].upper()}{at:02}" if shapes.title is Title.CODE else "",
        product=f"/#piece-{at}" if item.title in known else "",
        quantity=item.quantity,
        price=store.words.money(item.cents),
        said=_said(state, order, shapes),
        open=may_be_cancelled(state),
    )


def _fee(store: Store, order: Order, state: str, shapes: Shapes) -> FeeShown:
    shown = shapes.fee is not Fee.NONE
    return FeeShown(
        kept=store.words.money(FEE),
        paid_back=store.words.money(max(0, _cents(order) - FEE)),
        before=shown and shapes.fee is not Fee.AFTER,
        after=shown and state == State.CANCELLED,
    )


def _cents(order: Order) -> int:
    return sum(item.cents * item.quantity for item in order.items)


def _whole(state: str, order: Order, shapes: Shapes) -> str:
    return "Partly cancelled" if state == "partly cancelled" else _said(State(state), order, shapes)


def _said(state: State, order: Order, shapes: Shapes) -> str:
    """A state in words. Some shops write it elsewhere, and here what they wrote before."""
    if (state is State.REQUESTED and shapes.requested is Requested.ALERT) or (
        state is State.CANCELLED and shapes.fee is Fee.UNSTATED
    ):
        state = State.ORDERED
    if state is State.ORDERED:
        return _PAYMENT[Payment(order.payment)]
    return _CANCELLED[shapes.result] if state is State.CANCELLED else _SAID[state]
