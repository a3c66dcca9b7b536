"""How long evidence is kept: by age and by size. The journal is never touched."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from automation.run.intents import open_intents
from automation.run.journal import Journal

_FOLDER = re.compile(r"(\d{4}-\d\d-\d\dT\d{6})Z-[\w-]+")
_MEBIBYTE = 2**20


@dataclass(frozen=True)
class Retention:
    """So many days, and so much in all; what is not said is not limited."""

    days: int | None = None
    mebibytes: int | None = None


@dataclass(frozen=True)
class Kept:
    """One run's folder of evidence."""

    path: Path
    at: datetime
    size: int


def too_much(folder: Path, journal: Journal, retention: Retention, now: datetime) -> list[Kept]:
    """What would be removed, oldest first. Never that of a run that is not settled."""
    held = {intent.run for intent in open_intents(journal)}
    kept = sorted(_folders(folder), key=lambda each: each.at)
    oldest = now - timedelta(days=retention.days) if retention.days is not None else None
    total = sum(each.size for each in kept)
    most = None if retention.mebibytes is None else retention.mebibytes * _MEBIBYTE
    gone = []
    for each in kept:
        too_old = oldest is not None and each.at < oldest
        too_big = most is not None and total > most
        if each.path.name not in held and (too_old or too_big):
            gone.append(each)
            total -= each.size
    return gone


def remove(gone: list[Kept]) -> None:
    """Remove these folders. One that cannot be removed is left, and found again next time."""
    for each in gone:
        shutil.rmtree(each.path, ignore_errors=True)


def _folders(folder: Path) -> Iterator[Kept]:
    for path in folder.iterdir():
        named = _FOLDER.fullmatch(path.name)
        # A link may lead anywhere.
        if named and path.is_dir() and not path.is_symlink():
            at = datetime.strptime(named[1], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC)
            files = [each for each in path.rglob("*") if each.is_file() and not each.is_symlink()]
            yield Kept(path, at, sum(each.stat().st_size for each in files))
