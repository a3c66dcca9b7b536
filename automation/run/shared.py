"""A journal that several machines share: the same rows, in PostgreSQL.

The session that holds the lock of an order is the one that writes its intent. Whoever loses the
connection loses both, and cannot click. What runs leave behind stays in the folder of each machine.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from automation.errors import InputError, JournalFault, TryLater
from automation.run.intents import CLOCKS_DIFFER
from automation.run.journal import COLUMNS, ELSEWHERE, AlreadyArmed, Journal
from automation.run.lock import locked
from automation.run.places import private_folder

if TYPE_CHECKING:
    import psycopg

_FOLDER = "shared"
_WRITES = 0x756E6F72  # the advisory lock of who appends
_AT_A_TIME = 2000  # rows
# A dead machine's session, and with it its locks, must not live for hours.
_SESSION = (
    "SET synchronous_commit = on",
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
    "SET idle_in_transaction_session_timeout = '60s'",
    "SET lock_timeout = '30s'",
)
_SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS entries (
      seq BIGINT PRIMARY KEY,
      at TEXT NOT NULL,
      run TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      body TEXT NOT NULL,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE
    )
    """,
    """
    CREATE UNIQUE INDEX IF NOT EXISTS one_intent ON entries (subject, attempt)
    WHERE kind = 'intent'
    """,
    "CREATE INDEX IF NOT EXISTS by_run ON entries (run, seq)",
    "CREATE INDEX IF NOT EXISTS by_kind ON entries (kind, seq)",
    "CREATE INDEX IF NOT EXISTS by_subject ON entries (subject, seq) WHERE subject <> ''",
    """
    CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'append-only'; END $$
    """,
    """
    CREATE OR REPLACE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION append_only()
    """,
)


class SharedJournal(Journal):
    """The journal of everybody who is given the same database."""

    def __init__(self, connection: psycopg.Connection[Any], folder: Path, name: str) -> None:
        super().__init__(connection, folder / _FOLDER)
        self._name = name
        self._proved = ("", 1)  # rows are many here, and are followed once a process

    @property
    def name(self) -> str:
        return self._name

    @classmethod
    def reach(cls, url: str, folder: Path) -> SharedJournal:
        """The journal in this database. `InputError` for an address that it cannot be."""
        import_psycopg()
        name = name_of(url)
        private_folder(folder)
        with _told(name):
            journal = cls(_connected(url), folder, name)
        try:
            with _told(name):
                journal._begin()
            journal._see_that_it_keeps()
        except BaseException:
            journal.close()
            raise
        return journal

    def locked(self, subject: str) -> AbstractContextManager[None]:
        return self._locked(subject)

    @contextmanager
    def _locked(self, subject: str) -> Iterator[None]:
        digest = hashlib.sha256(subject.encode()).digest()
        key = int.from_bytes(digest[:8], "big", signed=True)
        with locked(subject):  # a session may take the same lock twice; a machine may not
            with self._told():
                (mine,) = self._connection.execute(
                    "SELECT pg_try_advisory_lock(%s)", (key,)
                ).fetchone()
            if not mine:
                raise TryLater(
                    f"another machine holds {subject.rpartition(' ')[2]}",
                    hint="nothing was clicked; try again when that run has ended",
                )
            try:
                yield
            finally:
                # With the connection the lock has gone too.
                with suppress(Exception):
                    self._connection.execute("SELECT pg_advisory_unlock(%s)", (key,))

    def _keep_what_is_proved(self, previous: str, expected: int) -> None:
        self._proved = (previous, expected)

    def _rows(self, where: str, given: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        asked = f"SELECT {COLUMNS} FROM entries {where.replace('?', '%s')} ORDER BY seq"  # noqa: S608
        with self._connection.transaction(), self._connection.cursor(name="rows") as cursor:
            cursor.itersize = _AT_A_TIME
            cursor.execute(asked, tuple(given))
            yield from cursor

    def _insert(self, entry: tuple[Any, ...]) -> None:
        self._connection.execute(
            f"INSERT INTO entries ({COLUMNS}) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s)",  # noqa: S608
            entry,
        )

    def _now(self) -> str:
        """The database's clock: the only one that all machines have."""
        (now,) = self._connection.execute("SELECT clock_timestamp()").fetchone()
        return str(now.astimezone(UTC).isoformat(timespec="milliseconds"))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITES,))
            yield

    def _see_what_holds_it(self) -> None:
        (there,) = self._connection.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'never_changed' AND tgenabled = 'O' "
            "AND tgrelid = 'entries'::regclass"
        ).fetchone()
        if not there:
            raise self._damaged("in its schema: entries could be changed")

    def _begin(self) -> None:
        with self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITES,))
            (there,) = self._connection.execute(
                "SELECT to_regclass('entries') IS NOT NULL"
            ).fetchone()
            for statement in () if there else _SCHEMA:
                self._connection.execute(statement)

    def _see_that_it_keeps(self) -> None:
        """`JournalFault` for a database that would forget, or whose clock is another."""
        with self._told():
            before = datetime.now(UTC)
            now, fsync = self._connection.execute(
                "SELECT clock_timestamp(), current_setting('fsync')"
            ).fetchone()
            after = datetime.now(UTC)
        if fsync != "on":
            raise JournalFault(
                f"the database `{self.name}` runs with fsync off: it may forget a click",
                hint="nothing was clicked; set fsync = on",
            )
        early, late = (now - after).total_seconds(), (before - now).total_seconds()
        if max(early, late) > CLOCKS_DIFFER:
            raise JournalFault(
                f"the clocks of this machine and of `{self.name}` differ by more than "
                f"{CLOCKS_DIFFER:g} s",
                hint="nothing was clicked; let both follow a time server",
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        with _told(self.name):
            yield


def import_psycopg() -> None:
    """`InputError` where the extra is not installed."""
    try:
        import psycopg  # noqa: F401, PLC0415 (an extra)
    except ImportError:
        raise InputError(
            f"`{ELSEWHERE}` names a database, and what speaks to it is not installed",
            hint="pip install 'unorder[dbos]'",
        ) from None


def name_of(url: str) -> str:
    """A database's address without what is only a way to it. `InputError` if it holds a secret."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise InputError(
            f"`{ELSEWHERE}` does not name a PostgreSQL database",
            hint="write it like postgresql://unorder@db.example/unorder; one machine needs none",
        )
    if parts.password is not None or "password" in parts.query or os.environ.get("PGPASSWORD"):
        raise InputError(
            "the password of the database stands where every process can read it",
            hint=f"leave it out of `{ELSEWHERE}` and of PGPASSWORD; PGPASSFILE names a file for it",
        )
    if not re.fullmatch(r"/[^/]+", parts.path):
        raise InputError(
            f"`{ELSEWHERE}` does not say which database",
            hint="write it like postgresql://unorder@db.example/unorder",
        )
    return urlunsplit(("postgresql", parts.netloc, parts.path, parts.query, ""))


def _connected(url: str) -> psycopg.Connection[Any]:
    import psycopg  # noqa: PLC0415 (an extra)

    connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    for statement in _SESSION:
        connection.execute(statement)
    return connection


@contextmanager
def _told(name: str) -> Iterator[None]:
    import psycopg  # noqa: PLC0415 (an extra)

    try:
        yield
    except psycopg.errors.UniqueViolation as problem:
        if problem.diag.constraint_name == "one_intent":
            raise AlreadyArmed from problem
        raise _fault(name, problem) from problem
    except (psycopg.Error, ValueError) as problem:
        raise _fault(name, problem) from problem


def _fault(name: str, problem: Exception) -> JournalFault:
    first = str(problem).strip().partition("\n")[0]
    return JournalFault(
        f"the journal `{name}` cannot be used: {first}",
        hint="see that the database is there and that this user may write to it; "
        "`unorder doctor` looks",
    )
