"""A store: the handle that tests hold, and that the web application serves."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from mock_store.clock import Clock
from mock_store.database import Database
from mock_store.errors import StoreError
from mock_store.lines import Line, item_of, new_number
from mock_store.people import PEOPLE, Person, hashed
from mock_store.quirks import Quirk
from mock_store.received import Received
from mock_store.rules import (
    ANSWER_WINDOW,
    Mode,
    Note,
    Payment,
    State,
    may_be_cancelled,
    order_state,
)
from mock_store.tables import Account, Audit, Item, Message, Order, Visitor
from mock_store.wishes import Quirks
from mock_store.wording import Wording

LAYOUTS = ("documented", "current", "mobile")


class Store:
    """One store, with its own data, clock and quirks. Many may live in one process."""

    def __init__(
        self,
        *,
        layout: str = "documented",
        language: str = "en",
        mode: Mode | str = Mode.STRICT,
        database: Path | None = None,
        control_token: str | None = None,
        seed: int = 0,
        people: tuple[Person, ...] = PEOPLE,
    ) -> None:
        if layout not in LAYOUTS:
            raise StoreError(
                f"no layout is called `{layout}`", hint="there are " + ", ".join(LAYOUTS)
            )
        self.layout = layout
        self.words = Wording(language)
        self.mode = Mode(mode)
        self.control_token = control_token
        self.people = people
        self.clock = Clock()
        self.quirks = Quirks([person.key for person in people], seed=seed)
        self.steps: set[tuple[str, ...]] = set()  # by the visitor's token; see `steps`
        self.reasons: list[tuple[str, str]] = []  # an order's number, and why it was cancelled
        self.received = Received()
        self.closing = threading.Event()
        self.database = Database(database)
        self._people()

    def place(
        self,
        *lines: str | Line,
        account: str = "robin",
        state: State | str = State.ORDERED,
        placed: datetime | None = None,
        number: str | None = None,
        note: Note | str = Note.NONE,
        payment: Payment | str = Payment.UNSAID,
        says: str = "",
    ) -> PlacedOrder:
        """Place an order of these items in *state*; every item may have a state of its own.

        *says* is the text that the boutique shows as its state until the state changes.
        """
        if not lines:
            raise StoreError("an order needs at least one item")
        if not isinstance(account, str) or not isinstance(number, str | None):
            raise StoreError("an account and an order's number are texts")
        told = [Line(line) if isinstance(line, str) else line for line in lines]
        number = number or new_number()
        if self.quirks.happens(Quirk.SAME_TITLES, order=number, account=account):
            told += [told[0], replace(told[0], title=f"{told[0].title} (2 m)")]
        moment = placed or self.clock.now()
        with self.database.session() as session:
            owner = self.owner(session, account)
            if session.scalar(select(Order.id).where(Order.number == number)) is not None:
                raise StoreError(f"there is an order {number} already")
            order = Order(number=number, account_id=owner.id, placed=moment, note=Note(note).value,
                          payment=Payment(payment).value, says=says)  # fmt: skip
            order.items = [item_of(line, State(state), moment) for line in told]
            session.add(order)
            session.flush()
            return PlacedOrder(self, order.number)

    def let_in(self, account: str) -> str:
        """Begin a session in which this account is signed in: the token that its cookie holds."""
        with self.database.session() as session:
            who = Visitor.new(self.owner(session, account).id)
            session.add(who)
            return who.token

    def order(self, number: str) -> PlacedOrder:
        """The order of this number; `StoreError` if there is none."""
        with self.database.session() as session:
            find_order(session, number)
        return PlacedOrder(self, number)

    def has_orders(self) -> bool:
        with self.database.session() as session:
            return session.scalar(select(Order.id).limit(1)) is not None

    def reset(self) -> None:
        """No orders, no quirks, nobody signed in; the accounts as at first."""
        self.database.empty()
        self.quirks.clear()
        self.reasons.clear()
        self.received.clear()
        self.steps.clear()
        self.clock = Clock()
        self._people()

    def audit(self) -> list[Audit]:
        """Every change of a state, oldest first."""
        with self.database.session() as session:
            return list(session.scalars(select(Audit).order_by(Audit.id)))

    def change(self, session: Session, order: Order, item: Item, state: State, cause: str) -> None:
        """Change one item's state, and note who or what did it."""
        now = self.clock.now()
        session.add(Audit(at=now, order_number=order.number, item=item.title, cause=cause,
                          before=item.state, after=state))  # fmt: skip
        order.says = ""
        item.state = state
        item.since = now
        item.attempt, item.settles = "", None

    def catch_up(self, session: Session) -> None:
        """Let happen what the clock has brought since: parcels leave, requests lapse."""
        now = self.clock.now()
        leaves, settles = Item.ships <= now, Item.settles <= now
        lapses = and_(Item.state == State.REQUESTED, Item.since <= now - ANSWER_WINDOW)
        # Not sorted by the database, which would read every item for that.
        found = session.execute(
            select(Item, leaves, settles, lapses).where(or_(leaves, settles, lapses))
        )
        due = sorted(found, key=lambda row: row[0].id)
        for item, is_due, _, _ in due:
            if is_due:
                item.ships = None
                if may_be_cancelled(State(item.state)):
                    self._by_itself(session, item, State.SHIPPED, "the clock: it has shipped")
        for item, _, is_due, _ in due:
            if is_due and item.settles:
                after = State.CANCELLED if item.attempt == "cancelled" else State.ORDERED
                self._by_itself(session, item, after, f"the clock: {item.attempt}")
        for item, _, _, is_due in due:
            if is_due and item.state == State.REQUESTED:
                self._by_itself(session, item, State.ORDERED, "the clock: the request lapsed")

    def _by_itself(self, session: Session, item: Item, state: State, cause: str) -> None:
        order = session.get_one(Order, item.order_id)
        self.change(session, order, item, state, cause)

    def close(self) -> None:
        self.closing.set()
        self.database.close()

    def owner(self, session: Session, key: str) -> Account:
        """The account of this name; `StoreError` if there is none."""
        owner = session.scalar(select(Account).where(Account.key == key))
        if owner is None:
            there_are = "there are " + ", ".join(person.key for person in self.people)
            raise StoreError(f"no account is called `{key}`", hint=there_are)
        return owner

    def _people(self) -> None:
        with self.database.session() as session:
            if session.scalar(select(Account.id).limit(1)) is None:
                session.add_all(
                    Account(key=person.key, name=person.name, email=person.email,
                            password=hashed(person.password), address=person.address,
                            payment=person.payment)
                    for person in self.people
                )  # fmt: skip


@dataclass(frozen=True)
class PlacedOrder:
    """An order as the store knows it: the truth that tests ask for."""

    store: Store
    number: str

    @property
    def state(self) -> str:
        return order_state(State(item.state) for item in self._read().items)

    def lines(self) -> list[tuple[str, State]]:
        """Each item's title and state, in the order in which they were placed."""
        return [(item.title, State(item.state)) for item in self._read().items]

    def states(self) -> Mapping[str, State]:
        """Each item's state by its title. `StoreError` where two items share one."""
        lines = self.lines()
        twice = [title for title, count in Counter(t for t, _ in lines).items() if count > 1]
        if twice:
            raise StoreError(f"two items are called `{twice[0]}`", hint="ask for lines()")
        return dict(lines)

    @property
    def submits(self) -> int:
        """How often a cancellation of this order was received."""
        return self._read().submits

    @property
    def executions(self) -> int:
        """How often a cancellation of this order was carried out."""
        return self._read().executions

    @property
    def secret(self) -> str:
        """What opens the order to anyone, where the boutique's addresses hold it."""
        return self._read().secret

    @property
    def messages(self) -> list[str]:
        """What the shopper wrote to sellers about this order."""
        return [message.text for message in self._read().messages if not message.by_seller]

    @property
    def refunds(self) -> list[tuple[int, datetime]]:
        """What was promised back, in cents, and when each is paid."""
        return [(refund.cents, refund.due) for refund in self._read().refunds]

    def answer(self, text: str) -> None:
        """The seller who was written to last answers with this message."""
        with self.store.database.session() as session:
            order = find_order(session, self.number)
            asked = [message for message in order.messages if not message.by_seller]
            if not asked:
                raise StoreError(f"nobody has written to a seller about order `{self.number}`")
            order.messages.append(_from_seller(self.store, asked[-1].seller, text))

    def says(self, text: str) -> None:
        """The boutique shows *text* as the order's state until the state changes."""
        with self.store.database.session() as session:
            find_order(session, self.number).says = text

    def approve(self) -> None:
        """The seller agrees to what was requested: it is cancelled."""
        self._decide(State.CANCELLED, "the seller agreed", "seller_agreed")

    def deny(self) -> None:
        """The seller does not agree to what was requested: it stays ordered."""
        self._decide(State.ORDERED, "the seller did not agree", "seller_declined")

    def ship(self) -> None:
        """Everything that is not cancelled enters the shipping process."""
        self.move(State.SHIPPED)

    def move(self, state: State, *, cause: str = "the store") -> None:
        """Give every item that is not cancelled this state."""
        with self.store.database.session() as session:
            order = find_order(session, self.number)
            for item in order.items:
                if item.state != State.CANCELLED:
                    self.store.change(session, order, item, state, cause)

    def _decide(self, state: State, cause: str, said: str) -> None:
        with self.store.database.session() as session:
            order = find_order(session, self.number)
            requested = [item for item in order.items if item.state == State.REQUESTED]
            for item in requested:
                self.store.change(session, order, item, state, cause)
            for seller in dict.fromkeys(item.seller for item in requested):
                order.messages.append(_from_seller(self.store, seller, self.store.words(said)))

    def _read(self) -> Order:
        with self.store.database.session() as session:
            self.store.catch_up(session)
            return find_order(session, self.number)


def find_order(session: Session, number: str) -> Order:
    order = session.scalar(select(Order).where(Order.number == number))
    if order is None:
        raise StoreError(f"no order has the number `{number}`")
    return order


def _from_seller(store: Store, seller: str, text: str) -> Message:
    return Message(at=store.clock.now(), seller=seller, by_seller=True, text=text)
