"""Carrying out a cancellation, or not, as the store's mode and quirks have it. No Flask."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from mock_store import breaking
from mock_store.quirks import Quirk
from mock_store.rules import Kind, Mode, State, may_be_cancelled
from mock_store.store import Store
from mock_store.tables import Answer, Form, Item, Order
from mock_store.wishes import Met


class StaleForm(Exception):  # noqa: N818 (it is what the shopper is told)
    """The form's token was never given out for this order."""


@dataclass(frozen=True)
class Effect:
    """What a submission led to, and how the store breaks its answer, if it does."""

    answer: str  # guid
    breaks: Met | None


def new_form(session: Session, order: Order) -> str:
    """A one-time token for a form of this order."""
    token = secrets.token_urlsafe(24)
    session.add(Form(token=token, order_id=order.id))
    return token


def submit(
    store: Store,
    session: Session,
    order: Order,
    tokens: list[str],
    form: str,
    *,
    asks: bool = False,
) -> Effect:
    """Receive one submission. It is counted whatever becomes of it.

    Where it only *asks*, somebody at the store decides later.
    """
    order.submits += 1
    return settle(store, session, order, tokens, form, asks=asks)


def settle(
    store: Store,
    session: Session,
    order: Order,
    tokens: list[str],
    form: str,
    *,
    asks: bool = False,
) -> Effect:
    """Carry out a submission that was counted, or not; the order's answer and how it breaks."""
    account = order.account.key

    def met(quirk: Quirk) -> Met | None:
        return store.quirks.met(quirk, order=order.number, account=account)

    mode = Mode.LEGACY if met(Quirk.DOUBLE_CLICK_COUNTS) else store.mode
    shown = session.get(Form, form) if form else None
    if store.mode is not Mode.LEGACY and (shown is None or shown.order_id != order.id):
        session.commit()  # the count stands even so
        raise StaleForm
    if mode is Mode.STRICT and shown and shown.answer:
        return Effect(shown.answer, None)
    if met(Quirk.SHIPS_MEANWHILE):
        _all(store, session, order, State.SHIPPED, "a quirk: ships meanwhile")
    if met(Quirk.CANCELLED_MEANWHILE):
        _all(store, session, order, State.CANCELLED, "a quirk: somebody else")
    broken = breaking.instead(store.quirks, order=order.number, account=account)
    if broken:
        return Effect("", broken)
    chosen = [item for item in order.items if item.token in tokens]
    answer = _unwilling(store, session, order, chosen, met)
    if answer is None and asks:
        answer = _requested(store, session, order, chosen)
    if answer is None:
        able = [item for item in chosen if _able(mode, item)]
        able = able[:-1] if met(Quirk.PARTLY) else able
        answer = _carry_out(store, session, order, chosen, able)
    if shown is not None:
        shown.answer = answer.guid
    late = breaking.afterwards(store.quirks, order=order.number, account=account)
    return Effect(answer.guid, late)


def _unwilling(
    store: Store,
    session: Session,
    order: Order,
    chosen: list[Item],
    met: Callable[[Quirk], Met | None],
) -> Answer | None:
    """What the store answers without cancelling anything, where it does not want to."""
    if met(Quirk.REFUSES):
        return _answer(session, order, Kind.REFUSED, [], chosen)
    if met(Quirk.BUNDLE) and len(chosen) < len(order.items):
        return _answer(session, order, Kind.REFUSED, [], chosen, reason="answer_bundle")
    if pending := met(Quirk.PENDING):
        answer = _requested(store, session, order, chosen, "a quirk: pending")
        for item in chosen:
            item.attempt = pending.how
            if pending.how != "undecided":
                item.settles = store.clock.now() + timedelta(seconds=pending.seconds)
        return answer
    if met(Quirk.SAYS_CANCELLED_BUT_IS_NOT):
        return _answer(session, order, Kind.SUCCESS, chosen, [])
    return None


def _requested(
    store: Store, session: Session, order: Order, chosen: list[Item], cause: str = "the shopper"
) -> Answer:
    for item in chosen:
        store.change(session, order, item, State.REQUESTED, cause)
        item.attempt = "undecided"
    return _answer(session, order, Kind.PENDING, [], chosen)


def _carry_out(
    store: Store, session: Session, order: Order, chosen: list[Item], able: list[Item]
) -> Answer:
    kept = [item for item in chosen if item not in able]
    if able:
        order.executions += 1
    for item in able:
        store.change(session, order, item, State.CANCELLED, "the shopper")
    kind = Kind.REFUSED if not able else Kind.PARTLY if kept else Kind.SUCCESS
    return _answer(session, order, kind, able, kept)


def _able(mode: Mode, item: Item) -> bool:
    if mode is Mode.STRICT:
        return may_be_cancelled(State(item.state))
    return item.state != State.CANCELLED or mode is Mode.LEGACY


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
