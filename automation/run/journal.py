"""What is about to happen and what did, durable before the next step.

One table, append-only. Each row carries the hash of the row before it, over every column, since
SQLite itself notices only some of the damage that a disk can do.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from automation.errors import JournalFault
from automation.run.lock import locked
from automation.run.places import private_folder
from automation.run.witness import Noted, Witness

NAME = "journal.sqlite"
ELSEWHERE = "UNORDER_DATABASE"  # names the database of a journal that several machines share
VERSION = 1
_ROOM = 64 * 2**20  # bytes
_APPLICATION = 0x756E6F72  # "unor": tells this file from any other SQLite database
_SCHEMA = (
    """
    CREATE TABLE entries (
      seq INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      run TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      body TEXT NOT NULL,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    "CREATE UNIQUE INDEX one_intent ON entries (subject, attempt) WHERE kind = 'intent'",
    "CREATE INDEX by_run ON entries (run, seq)",
    "CREATE INDEX by_subject ON entries (subject, seq) WHERE subject <> ''",
    """
    CREATE TRIGGER never_changed BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'append-only'); END
    """,
    """
    CREATE TRIGGER never_removed BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'append-only'); END
    """,
    f"PRAGMA application_id={_APPLICATION}",
    f"PRAGMA user_version={VERSION}",
)
COLUMNS = "seq, at, run, kind, subject, attempt, body, previous, hash"
# Damage shows as SQLite's own errors, or as text that is no longer UTF-8 or JSON.
_DAMAGE = (sqlite3.Error, OSError, ValueError)
_CLOCK_TOLERANCE = timedelta(minutes=5)


class AlreadyArmed(Exception):  # noqa: N818 (a fact, not a fault)
    """Somebody else wrote the intent of this attempt first."""


@dataclass(frozen=True)
class Entry:
    """One row. *subject* is what an intent is about, "" for all else."""

    seq: int
    at: str
    run: str
    kind: str
    subject: str
    attempt: int
    body: Mapping[str, Any]
    previous: str
    hash: str


class Journal:
    """The journal of one folder of runs."""

    def __init__(self, connection: Any, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.witness = Witness()

    @property
    def name(self) -> str:
        """What messages and notes know it by."""
        return str(self.path)

    @classmethod
    def open(cls, folder: Path) -> Journal:
        """Open the journal of *folder*, or begin it. `JournalFault` if it cannot be trusted.

        `UNORDER_DATABASE` moves it into a database; what runs leave behind stays in the folder.
        """
        if url := os.environ.get(ELSEWHERE):
            from automation.run.shared import SharedJournal  # noqa: PLC0415 (an extra)

            return SharedJournal.reach(url, folder)
        path = private_folder(folder) / NAME
        try:
            path.touch(mode=0o600)
            connection = sqlite3.connect(path, timeout=10, isolation_level=None)
            connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
            journal = cls(connection, path)
            journal._begin_or_recognise()
        except _DAMAGE as problem:
            raise _fault(path, problem) from problem
        return journal

    def close(self) -> None:
        self._connection.close()

    def write(
        self, run: str, kind: str, body: Mapping[str, Any], *, subject: str = "", attempt: int = 0
    ) -> Entry:
        """Append one entry; when this returns it is on the disk.

        Raises `AlreadyArmed` when it is an intent whose subject and attempt stand already.
        """
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        with self._told(), self._alone():
            last = self._newest()
            row = (last[0] + 1, self._now(), run, kind, subject, attempt, text, last[1])
            entry = (*row, _hash(row))
            self._insert(entry)
        return _entry(entry)

    def locked(self, subject: str) -> AbstractContextManager[None]:
        """Hold the lock of *subject* against all who share this journal; `TryLater` if it is held.

        Every machine has its own locks; a journal that is shared adds one that all of them see.
        """
        return locked(subject)

    def entries(self, *, run: str | None = None, subject: str | None = None) -> list[Entry]:
        """Every entry, oldest first; of one run, or of one subject."""
        where, given = "", tuple(each for each in (run, subject) if each is not None)
        if run is not None:
            where = "WHERE run = ?"
        elif subject is not None:
            # The index holds no entry without a subject; it is used where the question says so too.
            where = "WHERE subject = ? AND subject <> ''"
        with self._told():
            return [_entry(row) for row in self._rows(where, given)]

    def of_kind(self, *kinds: str, since: str = "") -> list[Entry]:
        """Every entry of these kinds, oldest first; none that was written before *since*."""
        where = f"WHERE kind IN ({','.join('?' * len(kinds))}) AND at >= ?"
        with self._told():
            return [_entry(row) for row in self._rows(where, (*kinds, since))]

    def see_that_it_is_ready(self) -> None:
        """`JournalFault` if nothing may be committed: no room, a wrong clock, or as `prove`."""
        free = shutil.disk_usage(self.path.parent).free
        if free < _ROOM:
            raise JournalFault(
                f"the disk of `{self.path.parent}` has only {free // 2**20} MiB free",
                hint=f"nothing was clicked; a run that commits wants {_ROOM // 2**20} MiB",
            )
        self.prove()
        with self._told():
            newest = self._newest_time()
        now = datetime.now(UTC)
        if newest and now < datetime.fromisoformat(newest) - _CLOCK_TOLERANCE:
            raise JournalFault(
                f"the clock says {now:%Y-%m-%d %H:%M} UTC, but the journal's newest entry is of "
                f"{newest[:16].replace('T', ' ')}",
                hint="nothing was clicked; set the clock right",
            )

    def prove(self) -> None:
        """Follow the chain from the first row to the last; `JournalFault` where it breaks.

        Also where SQLite finds damage, as in an index that would hide a row, and where an intent
        is missing that is noted elsewhere.
        """
        previous, expected = self._proved
        reached = self.witness.reached(self.name)
        met = reached is None or reached[0] < expected
        with self._told():
            for row in self._rows("WHERE seq >= ?", (expected,)):
                if row[0] != expected or row[7] != previous or row[8] != _hash(row[:8]):
                    raise self._damaged(f"at entry {expected}")
                previous, expected = row[8], expected + 1
                met = met or (row[0], row[8]) == reached
            self._see_what_holds_it()
        self._keep_what_is_proved(previous, expected)
        # One without any entry is not an old copy: it was deleted, and nothing in it was open.
        if expected > 1 and not met:
            raise self._damaged("or an old copy: it lacks an outcome that was written down")
        for noted in self.witness.all():
            if noted.journal == self.name and not self.holds(noted):
                raise JournalFault(
                    f"the journal `{self.name}` has lost what the run `{noted.run}` did",
                    hint="nothing was clicked; bring the journal back, or look at the order "
                    f"yourself and then remove `{self.witness.place(noted.subject)}`",
                )

    def holds(self, noted: Noted) -> bool:
        """Whether the intent that was noted elsewhere stands here."""
        entries = self.entries(subject=noted.subject)
        return any(entry.kind == "intent" and entry.run == noted.run for entry in entries)

    # How SQLite keeps it. A journal that lies elsewhere has its own of these.

    _proved: tuple[str, int] = ("", 1)  # a file is followed from its first row each time

    def _rows(self, where: str, given: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        asked = f"SELECT {COLUMNS} FROM entries {where} ORDER BY seq"  # noqa: S608 (constants)
        yield from self._connection.execute(asked, tuple(given))

    def _keep_what_is_proved(self, previous: str, expected: int) -> None:
        """Nothing: a disk may damage a file after it was read."""

    def _newest(self) -> tuple[int, str]:
        found = self._connection.execute(
            "SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return found or (0, "")

    def _newest_time(self) -> str | None:
        newest: str | None = self._connection.execute("SELECT max(at) FROM entries").fetchone()[0]
        return newest

    def _insert(self, entry: tuple[Any, ...]) -> None:
        self._connection.execute(
            f"INSERT INTO entries ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)",  # noqa: S608
            entry,
        )

    def _now(self) -> str:
        return _now()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A transaction in which nobody else writes."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _see_what_holds_it(self) -> None:
        (found,) = self._connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise self._damaged(f"({found})")
        if self._schema() != _WRITTEN:
            raise self._damaged("in its schema")

    def _schema(self) -> set[str]:
        written = self._connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {_words(row[0]) for row in written}

    def _damaged(self, where: str) -> JournalFault:
        return JournalFault(
            f"the journal `{self.name}` is damaged {where}",
            hint="nothing was clicked; keep the file, move it away, and look at the "
            "orders themselves before you begin a new one",
        )

    def _begin_or_recognise(self) -> None:
        if not self._pragma("user_version"):
            self._begin()
        if self._pragma("application_id") != _APPLICATION:
            raise JournalFault(
                f"`{self.path}` is a database, but not a journal of unorder",
                hint="name another folder: --runs DIR",
            )
        if (version := self._pragma("user_version")) != VERSION:
            raise JournalFault(
                f"`{self.path}` is a journal of version {version}; this unorder writes {VERSION}",
                hint="use the unorder that wrote it, or another folder: --runs DIR",
            )

    def _begin(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        # Another process may have begun it while this one waited for the lock.
        empty = not self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        for statement in _SCHEMA if empty else ():
            self._connection.execute(statement)
        self._connection.execute("COMMIT")

    def _pragma(self, name: str) -> int:
        value: int = self._connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError as problem:
            if "entries.subject" in str(problem):
                raise AlreadyArmed from problem
            raise _fault(self.path, problem) from problem
        except _DAMAGE as problem:
            raise _fault(self.path, problem) from problem


def _words(statement: str) -> str:
    return " ".join(statement.split())


# What SQLite keeps of the statements above, and must still say.
_WRITTEN = {_words(statement) for statement in _SCHEMA if statement.strip().startswith("CREATE")}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _entry(row: tuple[Any, ...]) -> Entry:
    seq, at, run, kind, subject, attempt, body, previous, own = row
    return Entry(seq, at, run, kind, subject, attempt, json.loads(body), previous, own)


def _hash(row: tuple[Any, ...]) -> str:
    # Damage may turn a text into bytes, which JSON does not know; what then comes out is wrong too.
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, default=repr).encode()).hexdigest()


def _fault(path: Path, problem: Exception) -> JournalFault:
    return JournalFault(
        f"the journal `{path}` cannot be used: {problem}",
        hint="`unorder doctor` looks at the disk and at the journal",
    )
