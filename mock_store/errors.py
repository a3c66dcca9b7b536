"""What can be wrong with what the store was asked for."""

from __future__ import annotations


class StoreError(Exception):
    """Told in one screen: what is wrong, and what to try."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\n\nhint: {self.hint}"
