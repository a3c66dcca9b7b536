"""What an order is placed with, and what the store makes of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from mock_store.catalogue import price_of, seller_of
from mock_store.rules import State
from mock_store.tables import Item


@dataclass(frozen=True)
class Line:
    """One line of an order that is to be placed. What is not said is taken from the catalogue."""

    title: str
    quantity: int = 1
    cents: int | None = None
    seller: str | None = None
    shipment: int = 1
    state: State | None = None
    digital: bool = False
    ships_after: timedelta | None = None  # on the store's clock, from when it was placed


def item_of(line: Line, state: State, moment: datetime) -> Item:
    """The item that this line becomes in an order placed at *moment*, in *state* unless it says."""
    own = line.state or state
    return Item(
        token=secrets.token_hex(8),
        title=line.title,
        quantity=line.quantity,
        cents=line.cents if line.cents is not None else price_of(line.title),
        seller=line.seller or seller_of(line.title),
        shipment=line.shipment,
        digital=line.digital,
        ships=None if line.ships_after is None else moment + line.ships_after,
        state=own,
        since=moment + timedelta(days=3) if own is State.DELIVERED else moment,
    )


def new_number() -> str:
    """An order's number, as the store writes them."""
    digits = f"{secrets.randbelow(10**14):014d}"
    return f"112-{digits[:7]}-{digits[7:]}"
