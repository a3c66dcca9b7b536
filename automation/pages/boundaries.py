"""Where words begin and end, also in scripts that part them by nothing."""

from __future__ import annotations

import re
import unicodedata

# What belongs to the word before it. Scripts of wide signs are not among them: any sign may be a
# word of its own.
JOINED = r"[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff]"
_WIDE = ("W", "F")


def begins_with(text: str, beginning: str) -> bool:
    """Whether *text* begins with these words, and not in the midst of a longer one."""
    rest = text.removeprefix(beginning)
    if rest == text and beginning:
        return False
    return not (
        re.search(f"{JOINED}$", beginning) is not None and re.match(JOINED, rest) is not None
    )


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text without what stands between them; each wide sign is one."""
    apart = "".join(f" {char} " if _is_wide(char) else char for char in text)
    return tuple(re.findall(r"\w+", apart))


def holds(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether all of *part* stands in *words*, one after the other."""
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in _WIDE
