"""What the store's database holds."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The store's tables."""


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]
    address: Mapped[str]
    payment: Mapped[str]


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (Index("newest", "account_id", "placed", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    placed: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")  # one of `rules.Note`
    payment: Mapped[str] = mapped_column(default="")  # one of `rules.Payment`
    # What the boutique's pages say of its state, until the next change; "" follows from its items.
    says: Mapped[str] = mapped_column(default="")
    # Opens the order to anyone, where the boutique's addresses hold it.
    secret: Mapped[str] = mapped_column(default=lambda: secrets.token_hex(8))
    submits: Mapped[int] = mapped_column(default=0)
    executions: Mapped[int] = mapped_column(default=0)
    account: Mapped[Account] = relationship(lazy="joined")
    items: Mapped[list[Item]] = relationship(
        order_by="Item.id", lazy="selectin", back_populates="order"
    )
    messages: Mapped[list[Message]] = relationship(order_by="Message.id", lazy="selectin")
    refunds: Mapped[list[Refund]] = relationship(order_by="Refund.id", lazy="selectin")


class Item(Base):
    __tablename__ = "items"
    # By what the clock brings: looked for before each page.
    __table_args__ = (
        Index("leaving", "ships"),
        Index("settling", "settles"),
        Index("waiting", "state", "since"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    order: Mapped[Order] = relationship(back_populates="items")
    token: Mapped[str]
    title: Mapped[str]
    quantity: Mapped[int]
    cents: Mapped[int]
    seller: Mapped[str]
    shipment: Mapped[int]
    digital: Mapped[bool]
    state: Mapped[str]
    since: Mapped[datetime]
    ships: Mapped[datetime | None]  # when it enters the shipping process by itself
    # What an attempt to cancel it will come to, and when; "" when there is none.
    attempt: Mapped[str] = mapped_column(default="")
    settles: Mapped[datetime | None]


class Subscription(Base):
    """A membership or a subscription of an account."""

    __tablename__ = "subscriptions"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    kind: Mapped[str]
    cents: Mapped[int]
    until: Mapped[datetime]
    submits: Mapped[int] = mapped_column(default=0)
    executions: Mapped[int] = mapped_column(default=0)


class Message(Base):
    """What a shopper wrote to a seller about an order, or a seller to the shopper."""

    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    at: Mapped[datetime]
    seller: Mapped[str]
    by_seller: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str]


class Refund(Base):
    """Money that was promised back; on the store's clock it is paid when it is due."""

    __tablename__ = "refunds"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    cents: Mapped[int]
    promised: Mapped[datetime]
    due: Mapped[datetime]


class Visitor(Base):
    """A browser: signed in as somebody, or not yet.

    While it is *held* by a challenge, it is signed in as nobody. Those that it has *passed* are
    kept as one text, by space.
    """

    __tablename__ = "visitors"
    token: Mapped[str] = mapped_column(primary_key=True)
    csrf: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    held: Mapped[str] = mapped_column(default="")
    passed: Mapped[str] = mapped_column(default="")

    @classmethod
    def new(cls, account_id: int | None = None, passed: str = "") -> Visitor:
        return cls(
            token=secrets.token_urlsafe(32),
            csrf=secrets.token_urlsafe(24),
            account_id=account_id,
            held="",
            passed=passed,
        )


class Form(Base):
    """A cancellation form that was shown, and the answer that it was given."""

    __tablename__ = "forms"
    token: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    answer: Mapped[str | None]


class Answer(Base):
    """What the store answered to a cancellation. Tokens are kept as one text, by space."""

    __tablename__ = "answers"
    guid: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[str]
    reason: Mapped[str]
    cancelled: Mapped[str]
    kept: Mapped[str]


class Audit(Base):
    """Every change of an item's state, and what caused it."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    order_number: Mapped[str] = mapped_column(index=True)
    item: Mapped[str]
    cause: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
