"""Texts that are kept as files. `UPDATE_GOLDEN=1 pytest` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path


def compare(golden: Path, said: str) -> None:
    """Assert that *said* is what the file holds."""
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(said)
    assert golden.read_text() == said
