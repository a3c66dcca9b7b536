"""Subscriptions and memberships: placing them, ending them, and the truth about them. No Flask."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from mock_store.errors import StoreError
from mock_store.rules import Plan
from mock_store.store import Store
from mock_store.tables import Subscription

MEMBERSHIP = "Varnholt Plus"


@dataclass(frozen=True)
class PlacedSubscription:
    """A subscription as the store knows it."""

    store: Store
    token: str

    @property
    def plan(self) -> Plan:
        return Plan(self._read().kind)

    @property
    def until(self) -> datetime:
        return self._read().until

    @property
    def submits(self) -> int:
        """How often its end was asked for."""
        return self._read().submits

    def _read(self) -> Subscription:
        with self.store.database.session() as session:
            found = session.scalar(select(Subscription).where(Subscription.token == self.token))
            assert found is not None
            return found


def subscription_of(store: Store, token: str) -> PlacedSubscription:
    """The subscription of this id; `StoreError` if there is none."""
    with store.database.session() as session:
        if session.scalar(select(Subscription.id).where(Subscription.token == token)) is None:
            raise StoreError(f"no order or subscription has the id `{token}`")
    return PlacedSubscription(store, token)


def subscribe(
    store: Store, name: str, plan: Plan | str = Plan.RENEWING, *, account: str = "robin",
    cents: int = 799,
) -> PlacedSubscription:  # fmt: skip
    """Give an account a subscription. `Varnholt Plus` is the store's own membership."""
    with store.database.session() as session:
        owner = store.owner(session, account)
        made = Subscription(
            token=secrets.token_hex(8), account_id=owner.id, name=name, kind=Plan(plan).value,
            cents=cents, until=store.clock.now() + timedelta(days=21),
        )  # fmt: skip
        session.add(made)
        return PlacedSubscription(store, made.token)


def end(store: Store, found: Subscription, *, now: bool) -> bool:
    """End it at once, or on the day until which it is paid. Whether anything was changed."""
    if found.kind not in (Plan.RENEWING, Plan.TRIAL):
        return False
    found.executions += 1
    found.kind = Plan.ENDED.value if now else Plan.ENDING.value
    if now:
        found.until = store.clock.now()
    return True
