"""Which state a store's words mean. A word is compared whole, unless its profile ends it in `…`.

Words that begin alike may mean opposite things: `Canceled`, and `Canceled Reversal`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from automation.pages.boundaries import JOINED, begins_with
from automation.pages.readings import State
from automation.pages.values import folded

GOES_ON = "…"  # ends a word that is a beginning only
_DOTS = "..."


def known_as(word: str) -> str:
    """A profile's word as it is looked up: white space and case folded, a beginning with `…`."""
    text = folded(word).casefold()
    for mark in (GOES_ON, _DOTS):
        if text.endswith(mark):
            return text.removesuffix(mark).rstrip() + GOES_ON
    return _without_full_stop(text)


def state_of(said: str, states: Mapping[str, State]) -> State:
    """What these words mean; `UNREADABLE` for words that no state has.

    A whole word comes first, then the longest beginning.
    """
    text = folded(said).casefold()
    whole = states.get(_without_full_stop(text))
    if whole is not None:
        return whole
    fitting = [word for word in states if _is_beginning(word) and begins_with(text, word[:-1])]
    return states[max(fitting, key=len)] if fitting else State.UNREADABLE


def saying(states: Mapping[str, State], *wanted: State) -> re.Pattern[str]:
    """A pattern for a text whose words mean one of the *wanted* states."""
    fitting = [
        "".join(f"(?!{_pattern(other)})" for other in _more_exact(word, states)) + _pattern(word)
        for word, state in states.items()
        if state in wanted
    ]
    return re.compile(rf"^\s*(?:{'|'.join(fitting) or '(?!)'})", re.IGNORECASE)


def _more_exact(word: str, states: Mapping[str, State]) -> list[str]:
    """The words that are taken rather than this one where both fit, and mean something else."""
    if not _is_beginning(word):
        return []
    return [other for other, state in states.items() if state is not states[word]
            and (not _is_beginning(other) or len(other) > len(word))]  # fmt: skip


def _pattern(word: str) -> str:
    stem = word.removesuffix(GOES_ON)
    pattern = r"\s+".join(map(re.escape, stem.split(" ")))
    if not _is_beginning(word):
        return rf"{pattern}\.?\s*$"
    return pattern + (f"(?!{JOINED})" if re.search(f"{JOINED}$", stem) else "")


def _is_beginning(word: str) -> bool:
    return word.endswith(GOES_ON)


def _without_full_stop(text: str) -> str:
    """One full stop ends a sentence; three say that something is left out."""
    return text if text.endswith(_DOTS) else text.removesuffix(".")
