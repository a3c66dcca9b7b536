"""How a storefront was opened, in words that a journal can keep."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OpenedAs:
    """How to open the same storefront again, after a crash too: *store* is a name or a folder."""

    store: str
    base_url: str
    language: str
