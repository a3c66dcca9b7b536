"""Whether an address looks as if asking for it cancelled an order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from automation.pages.readings import State
from automation.pages.state_words import GOES_ON

# How words for cancelling begin in the languages of the stores that are known.
_STEMS = ("cancel", "storn", "annul", "herroep", "widerruf", "withdraw", "rescind", "revoke",
          "opzeg", "kuendig", "kündig", "abbestell", "geannul")  # fmt: skip
# A list of what was cancelled is no cancellation.
_PARTICIPLES = {"cancelled", "canceled", "storniert", "geannuleerd", "annulé", "widerrufen"}
_LONG_ENOUGH = 6  # letters of a store's own word that tell it from others
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![^\W_])\d+(?![^\W_])")


def stems_of(states: Mapping[str, State]) -> tuple[str, ...]:
    """How the words begin by which a store says, and so may ask, that an order be cancelled."""
    said = [word.removesuffix(GOES_ON) for word, state in states.items()
            if state is State.CANCELLED]  # fmt: skip
    own = (word[:_LONG_ENOUGH] for word in said if word.isalpha() and len(word) >= _LONG_ENOUGH)
    return tuple(dict.fromkeys((*_STEMS, *own)))


def looks_like_a_cancellation(address: str, stems: Iterable[str]) -> bool:
    """Whether a path or query holds a word for cancelling: `/orders/22/cancel`, `CancelOrder`."""
    words = (word.lower() for word in _WORD.findall(_CAMEL.sub("_", unquote(address))))
    begins = tuple(stems)
    return any(word.startswith(begins) and word not in _PARTICIPLES for word in words)


def names_something(address: str, order: str) -> bool:
    """Whether an address names one order, or may: it holds *order*, or a number of its own."""
    said = unquote(address)
    return bool(order and order in said) or _NUMBER.search(said) is not None
