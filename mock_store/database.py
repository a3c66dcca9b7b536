"""The store's SQLite database: a file, or memory."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from mock_store.errors import StoreError
from mock_store.tables import Base

VERSION = 5
_COMPILED: dict[Any, Any] = {}  # SQL is compiled once for all stores in memory of this process


class Database:
    """One store's data. Requests take turns: what the store tells is always one whole state."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._turn = threading.RLock()
        if path is None:
            self._engine = _in_memory(_blank())
            return
        self._engine = create_engine(
            f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        self._begin()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction: committed when the block ends, undone when it raises."""
        with self._turn, Session(self._engine, expire_on_commit=False) as session:
            yield session
            session.commit()

    def empty(self) -> None:
        with self._turn:
            Base.metadata.drop_all(self._engine)
            Base.metadata.create_all(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    def _begin(self) -> None:
        try:
            with self._engine.connect() as connection:
                version = connection.execute(text("PRAGMA user_version")).scalar_one()
                tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
        except SQLAlchemyError as problem:
            raise StoreError(
                f"`{self._path}` cannot be opened as a database",
                hint="name a new file: --database FILE",
            ) from problem
        if tables and version != VERSION:
            raise StoreError(
                f"`{self._path}` is a database of version {version}; this store writes {VERSION}",
                hint="it was left as it is; name a new file: --database FILE",
            )
        # Only now: a file that is not ours must stay as it is, byte for byte.
        with self._engine.connect() as connection:
            for setting in ("journal_mode=WAL", "synchronous=NORMAL", f"user_version={VERSION}"):
                connection.execute(text(f"PRAGMA {setting}"))
        Base.metadata.create_all(self._engine)


def _in_memory(image: bytes | None = None) -> Engine:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    if image is not None:
        connection.deserialize(image)
    pattern = _pattern()
    return Engine(
        StaticPool(lambda: connection),  # type: ignore[arg-type]  # its stub knows no sqlite3
        pattern.dialect,
        pattern.url,
        execution_options={"compiled_cache": _COMPILED},
    )


@cache
def _pattern() -> Engine:
    """What engines in memory share: a dialect that has met its database."""
    engine = create_engine("sqlite://")
    engine.connect().close()
    return engine


@cache
def _blank() -> bytes:
    """The tables without a row: every store in memory begins as a copy of this."""
    engine = _in_memory()
    Base.metadata.create_all(engine)
    with closing(engine.raw_connection()) as connection:
        made = connection.driver_connection
        assert isinstance(made, sqlite3.Connection)
        image = made.serialize()
    engine.dispose()
    return image
