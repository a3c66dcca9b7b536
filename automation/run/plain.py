"""What a store says, shown so that it can do nothing but be read.

A title may hold characters that move a terminal's cursor, or turn the direction of a line.
"""

from __future__ import annotations

import json
from typing import Any

from automation.source.frame import is_shown, printable


def plain(text: str) -> str:
    """*text* with a mark in place of each character that acts instead of being seen."""
    return printable(text)


def json_text(data: Any, *, indent: int | None = None) -> str:
    """*data* as JSON, in which such characters are escaped; it reads back the same."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return text.translate(
        {ord(char): json.dumps(char)[1:-1] for char in set(text) if not is_shown(char)}
    )
