"""What the practice store and the proxy know of a case, as the checker reads it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC
from pathlib import Path
from urllib.parse import parse_qs

from faults.history import Change, Line, Receipt, Row, Truth, rows_of
from faults.proxy import Seen
from mock_store.store import PlacedOrder
from mock_store.tables import Audit

JOURNAL = "journal.sqlite"
_OPEN = {"unknown", "requested"}


def rows_in(runs: Path) -> list[Row]:
    """The rows of the journal in this folder; none if it was not begun."""
    path = runs / JOURNAL
    return rows_of(path, name="runs") if path.exists() and _is_begun(path) else []


def _is_begun(path: Path) -> bool:
    """Whether its schema stands: a run may be stopped right after it made the file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version > 0


def is_open(rows: Iterable[Row]) -> bool:
    """Whether an intent waits for its outcome."""
    last = {(row.order, row.attempt): "" for row in rows if row.kind == "intent"}
    last |= {(row.order, row.attempt): row.body["outcome"] for row in rows if row.kind == "record"}
    return any(outcome in {"", *_OPEN} for outcome in last.values())


def window_of(rows: list[Row], truth: Truth) -> str:
    """How far a run had come when it was struck."""
    kinds = {row.kind for row in rows}
    if "record" in kinds:
        return "after the record"
    if "intent" in kinds:
        return "W6 clicked" if "clicked" in kinds or truth.receipts else "W5 armed"
    if "facts" in kinds:
        return "W3 select, W4 last look"
    return "W2 read" if "asked" in kinds else "W1 sign-in"


def truth_of(
    asked: tuple[str, ...], quirk: str, order: PlacedOrder, rows: list[Row], posts: list[Seen]
) -> Truth:
    """Everything that the store's side knows of one order."""
    lines = order.lines()
    truth = Truth({order.number: asked}, {}, "robin")
    if quirk == "says_cancelled_but_is_not":
        truth.lied.add(order.number)
    audit = [one for one in order.store.audit() if one.order_number == order.number]
    first = {title: state.value for title, state in lines}
    first |= {one.item: one.before for one in reversed(audit)}
    truth.lines = {order.number: tuple(Line(title, first[title]) for title, _ in lines)}
    truth.receipts = list(_receipts(order.number, rows, posts))
    truth.changes = [_change(order.number, one, truth.receipts) for one in audit]
    return truth


def _receipts(order: str, rows: list[Row], posts: list[Seen]) -> Iterable[Receipt]:
    """Each POST. One that is sent again because nothing came back is of the same click."""
    clicks: dict[str, int] = {}
    unanswered: set[str] = set()
    for post in posts:
        form = parse_qs(post.body.decode())
        token = form.get("form_token", [""])[0]
        if token not in clicks or token not in unanswered:
            clicks[token] = clicks.get(token, 0) + 1
        if not post.answered or post.rule.startswith("duplicate"):
            unanswered.add(token)
        else:
            unanswered.discard(token)
        intents = [row.run for row in rows if row.kind == "intent" and row.at <= post.at]
        yield Receipt(
            at=post.at,
            order=order,
            items=(),
            click=f"{token[:6]} {clicks[token]}",
            run=intents[-1] if intents else "",
            account="robin",
            answer="",
        )


def _change(order: str, one: Audit, receipts: list[Receipt]) -> Change:
    at = one.at.replace(tzinfo=one.at.tzinfo or UTC).timestamp()
    ours = [r.click for r in receipts if r.at <= at + 0.5] if one.cause == "the shopper" else []
    return Change(at, order, one.item, one.before, one.after, ours[-1] if ours else "")
