"""What happened, from both sides: the rows of journals, and what the store knows.

Plain records, and a reader of journal files that shares nothing with the code that writes them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

_ROWS = "SELECT seq, at, run, kind, subject, attempt, body FROM entries ORDER BY seq"


@dataclass(frozen=True)
class Row:
    """One entry of a journal. *at* is in seconds, on the clock that the store's record uses."""

    journal: str
    seq: int
    at: float
    run: str
    kind: str
    order: str
    attempt: int
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Receipt:
    """A submission that the store received. What a browser sent again is of the same *click*."""

    at: float
    order: str
    items: tuple[str, ...]
    click: str
    run: str  # whose click it is; "" where the store cannot know
    account: str
    answer: str  # yes, no, pending, or silence
    excused: str = ""  # why no client could have prevented that it came so late


@dataclass(frozen=True)
class Change:
    """The store changed one fact of an item: its state, or its quantity."""

    at: float
    order: str
    item: str
    before: str
    after: str
    click: str = ""  # of the submission that caused it; "" for all other causes


@dataclass(frozen=True)
class Told:
    """What a run said when it ended: an outcome, or "" and its exit code."""

    at: float
    run: str
    order: str
    outcome: str
    code: int = 0


@dataclass(frozen=True)
class Line:
    """An item of an order as it was when everything began."""

    item: str
    state: str
    quantity: int = 1


@dataclass
class Truth:
    """What the store knows, and what was asked for."""

    asked: dict[str, tuple[str, ...]]  # the items to cancel, by order
    lines: dict[str, tuple[Line, ...]]
    account: str
    kept: set[str] = field(default_factory=set)  # orders that must never be cancelled
    lied: set[str] = field(default_factory=set)  # orders of which the store said what was not so
    lost: set[str] = field(default_factory=set)  # journals that were destroyed on purpose
    verified: bool = True  # at the end the store was well, and everything was read again
    receipts: list[Receipt] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class History:
    """Both sides of everything that happened."""

    rows: tuple[Row, ...]
    truth: Truth
    told: tuple[Told, ...] = ()


def rows_of(path: Path, *, name: str = "", moments: Mapping[int, float] | None = None) -> list[Row]:
    """The rows of a journal file, in order; *moments* says when each was written, if known better.

    `sqlite3.Error` and `ValueError` say that it cannot be read.
    """
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        found = connection.execute(_ROWS).fetchall()
    finally:
        connection.close()
    return _read(found, name or str(path), moments)


def rows_in(database: str) -> list[Row]:
    """The rows of a journal that several machines share."""
    import psycopg  # noqa: PLC0415 (an extra)

    with psycopg.connect(database) as connection:
        return _read(connection.execute(_ROWS).fetchall(), database, None)


def _read(
    found: Iterable[tuple[Any, ...]], name: str, moments: Mapping[int, float] | None
) -> list[Row]:
    rows: list[Row] = []
    for seq, at, run, kind, subject, attempt, body in found:
        moment = moments[seq] if moments else datetime.fromisoformat(at).timestamp()
        order = subject.rpartition(" ")[2]
        rows.append(Row(name, seq, moment, run, kind, order, attempt, json.loads(body)))
    return rows
