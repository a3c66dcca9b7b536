"""The store's clock. Tests set it or move it on; otherwise it is the real one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from mock_store.errors import StoreError

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=3660)


class Clock:
    """Tells the store what time it is."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def set(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)

    def advance(self, by: str) -> None:
        """Move on by `90s`, `10m`, `2h` or `3d`."""
        self._ahead += duration(by)


def duration(text: str) -> timedelta:
    """What `90s`, `10m`, `2h` or `3d` means; `StoreError` for anything else."""
    found = re.fullmatch(r"(\d{1,9})([smhd])", text)
    if not found or (told := timedelta(**{_UNITS[found[2]]: int(found[1])})) > _LONGEST:
        raise StoreError(f"`{text}` is not a duration", hint="write it like 2h or 3d")
    return told
