"""Carrying out a cancellation, or not, as the store's mode and quirks have it. No Flask."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mock_store.quirks import Quirk
from mock_store.rules import Kind, Mode, State, may_be_cancelled
from mock_store.store import Store
from mock_store.tables import Answer, Form, Item, Order


class StaleForm(Exception):  # noqa: N818 (it is what the shopper is told)
    """The form's token was never given out for this order."""


@dataclass(frozen=True)
class Effect:
    """What a submission led to, and how the store breaks its answer, if it does."""

    answer: str  # guid
    break_with: Quirk | None


_NOT_DONE = (
    Quirk.ERROR_ON_COMMIT_NOT_DONE,
    Quirk.DROPS_ON_COMMIT_NOT_DONE,
    Quirk.SAYS_NOTHING_NOT_DONE,
)
_DONE = (
    Quirk.ERROR_ON_COMMIT_DONE,
    Quirk.DROPS_ON_COMMIT_DONE,
    Quirk.SAYS_NOTHING_DONE,
    Quirk.NEVER_ANSWERS,
    Quirk.SLOW_COMMIT,
)


def new_form(session: Session, order: Order) -> str:
    """A one-time token for a form of this order."""
    token = secrets.token_urlsafe(24)
    session.add(Form(token=token, order_id=order.id))
    return token


def submit(store: Store, session: Session, order: Order, tokens: list[str], form: str) -> Effect:
    """Receive one submission. It is counted whatever becomes of it."""
    order.submits += 1
    account = order.account.key

    def happens(quirk: Quirk) -> bool:
        return store.quirks.happens(quirk, order=order.number, account=account)

    shown = session.get(Form, form) if form else None
    if store.mode is not Mode.LEGACY:
        if shown is None or shown.order_id != order.id:
            session.commit()  # the count stands even so
            raise StaleForm
        if store.mode is Mode.STRICT and shown.answer:
            return Effect(shown.answer, None)
    if happens(Quirk.SHIPS_MEANWHILE):
        _all(store, session, order, State.SHIPPED, "a quirk: ships meanwhile")
    if happens(Quirk.CANCELLED_MEANWHILE):
        _all(store, session, order, State.CANCELLED, "a quirk: somebody else")
    broken = next((quirk for quirk in _NOT_DONE if happens(quirk)), None)
    if broken:
        return Effect("", broken)
    answer = _carry_out(store, session, order, tokens, happens)
    if shown is not None:
        shown.answer = answer.guid
    return Effect(answer.guid, next((quirk for quirk in _DONE if happens(quirk)), None))


def _carry_out(
    store: Store,
    session: Session,
    order: Order,
    tokens: list[str],
    happens: Callable[[Quirk], bool],
) -> Answer:
    chosen = [item for item in order.items if item.token in tokens]
    if happens(Quirk.REFUSES):
        return _answer(session, order, Kind.REFUSED, [], chosen)
    if happens(Quirk.BUNDLE) and len(chosen) < len(order.items):
        return _answer(session, order, Kind.REFUSED, [], chosen, reason="answer_bundle")
    if happens(Quirk.PENDING):
        for item in chosen:
            store.change(session, order, item, State.REQUESTED, "a quirk: pending")
        return _answer(session, order, Kind.PENDING, [], chosen)
    if happens(Quirk.SAYS_CANCELLED_BUT_IS_NOT):
        return _answer(session, order, Kind.SUCCESS, chosen, [])
    able = [item for item in chosen if _able(store, item)]
    if happens(Quirk.PARTLY):
        able = able[:-1]
    kept = [item for item in chosen if item not in able]
    if able:
        order.executions += 1
    for item in able:
        store.change(session, order, item, State.CANCELLED, "the shopper")
    kind = Kind.REFUSED if not able else Kind.PARTLY if kept else Kind.SUCCESS
    return _answer(session, order, kind, able, kept)


def _able(store: Store, item: Item) -> bool:
    if store.mode is Mode.STRICT:
        return may_be_cancelled(State(item.state))
    return item.state != State.CANCELLED or store.mode is Mode.LEGACY


def _answer(  # noqa: PLR0917 (an answer has these parts)
    session: Session,
    order: Order,
    kind: Kind,
    cancelled: list[Item],
    kept: list[Item],
    reason: str = "",
) -> Answer:
    answer = Answer(
        guid=secrets.token_urlsafe(12),
        order_id=order.id,
        kind=kind,
        reason=reason,
        cancelled=" ".join(item.token for item in cancelled),
        kept=" ".join(item.token for item in kept),
    )
    session.add(answer)
    return answer


def _all(store: Store, session: Session, order: Order, state: State, cause: str) -> None:
    for item in order.items:
        store.change(session, order, item, state, cause)
