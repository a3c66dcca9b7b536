"""A PostgreSQL for tests that want one; where there is none, they say why and are skipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from faults.postgres import NoPostgres, new_database, postgres


@pytest.fixture(scope="session")
def _server() -> Iterator[str]:
    pytest.importorskip("psycopg", reason="the extra `dbos` is not installed")
    try:
        with postgres() as url:
            yield url
    except NoPostgres as problem:
        pytest.skip(str(problem))


@pytest.fixture
def database(_server: str) -> str:
    """A new database on it."""
    return new_database(_server)
