"""Settling what an earlier run left open: by reading the order again, never by clicking again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from automation.errors import TryLater
from automation.run.evidence import Evidence
from automation.run.facts import read_last, states
from automation.run.intents import Intent, open_intents
from automation.run.journal import Journal
from automation.run.order_keys import with_its_key_again
from automation.run.places import private_folder
from automation.run.readback import Clock, Done, settle_found
from automation.run.reader import OrderReader
from automation.run.record import Look, Moment, Run
from automation.run.visit import Visit


def settle_intent(intent: Intent, visit: Visit, journal: Journal, clock: Clock) -> Run:
    """What became of one open intent. The caller holds the lock of its order.

    `TryLater` where the order is opened by a key that cannot be read now: then it stays open.
    """
    order = intent.subject.order
    storefront = with_its_key_again(visit.storefront, order, intent.store)
    folder = private_folder(journal.path.parent / intent.run)
    visit.masker.about(order, storefront)
    evidence = Evidence(folder, visit.masker)
    reader = OrderReader(visit, order, evidence, intent.wanted.effect, storefront)
    patience = visit.storefront.patience.settle
    done = settle_found(intent, reader.read_back, journal, clock, patience=patience)
    return _as_run(intent, visit, done, folder, reader)


def settle_all(
    visit: Visit,
    journal: Journal,
    clock: Clock,
    *,
    storefront: str,
    account: str,
    held: str = "",
    settling: Callable[[Intent], None] = lambda _intent: None,
) -> list[Run]:
    """Settle what is open for one account. *held* is the subject whose lock is held already.

    *settling* hears of each before its order is read.
    """
    settled = []
    for intent in open_intents(journal):
        if (intent.subject.storefront, intent.subject.account) != (storefront, account):
            continue
        settling(intent)
        own = str(intent.subject) == held
        try:
            with nullcontext() if own else journal.locked(str(intent.subject)):
                settled.append(settle_intent(intent, visit, journal, clock))
        except TryLater:
            continue  # the run that armed it is still at work, or its key cannot be read
    return settled


def _as_run(intent: Intent, visit: Visit, done: Done, folder: Path, reader: OrderReader) -> Run:
    """The run that armed the intent, with what is known of it now."""
    now = datetime.now(UTC)
    try:
        run = Run.read(folder)
    except (OSError, ValueError, KeyError, TypeError):
        run = _interrupted(intent, visit, done, folder)
    moments = list(run.moments)
    if reader.seen:
        seen = reader.seen
        moments.append(Moment(Look.VERIFIED, seen.picture, seen.outline, seen.url))
    return replace(
        run,
        outcome=done.verdict.outcome,
        reason=done.verdict.reason,
        hint=None,
        items=states(read_last(run.before, done.after)) or run.items,
        after=done.after or run.after,
        fee=(done.after and done.after.fee) or run.fee,
        refund=(done.after and done.after.refund) or run.refund,
        ended=now,
        moments=tuple(moments),
        folder=folder,
    ).masked(visit.masker.text)


def _interrupted(intent: Intent, visit: Visit, done: Done, folder: Path) -> Run:
    return Run(
        id=intent.run,
        flow=intent.flow,
        summary="",
        storefront=visit.storefront.name,
        store_title=visit.storefront.title,
        base_url=intent.store.base_url,
        language=intent.store.language,
        account=intent.subject.account,
        order=intent.subject.order,
        asked=intent.wanted.asked,
        committed=True,
        outcome=done.verdict.outcome,
        reason=done.verdict.reason,
        hint=None,
        said=intent.answer.heard,
        items=states(intent.before),
        started=intent.at,
        ended=intent.at,
        before=intent.before,
        notes=("the run that clicked was interrupted; its steps were not kept",),
        folder=folder,
    )
