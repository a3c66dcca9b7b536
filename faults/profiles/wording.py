"""Mistakes in words: what the store answers, what its states are called, and labels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Any

from faults.profiles.right import Right
from faults.profiles.slip import LEFT_OUT, Mistake, Slip, found_at, slip

_ANSWER = ("pages", "answer")
_LABELS = ("languages", "en", "labels")
_STATES = ("languages", "en", "states")


def _answers_swapped(right: Right) -> Iterator[Slip]:
    told = found_at(right.data, _ANSWER)
    kinds = [kind for kind in ("confirms", "refuses", "pending") if kind in told]
    for one, other in combinations(kinds, 2):
        yield slip(((*_ANSWER, one), told[other]), ((*_ANSWER, other), told[one]))
    for one, other in permutations(kinds, 2):
        yield slip(((*_ANSWER, one), told[other]))
        if not isinstance(told[one], list):
            yield slip(((*_ANSWER, one), [told[one], told[other]]))


def _answers_otherwise(_right: Right) -> Iterator[Slip]:
    """Words that are too short, in another place, or missing."""
    for kind in ("confirms", "refuses", "pending"):
        for words in ("cancelled", "Order", "order {order}", "wish", "any more", "Your basket"):
            yield slip(((*_ANSWER, kind), [words]))
        yield slip(((*_ANSWER, kind), LEFT_OUT))
    for where in ({"css": ".stamp"}, {"css": "main"}, {"css": "body"}, {"css": ".details"},
                  {"role": "dialog"}, {"css": "h1"}):  # fmt: skip
        yield slip(((*_ANSWER, "where"), where))


def _labels_swapped(right: Right) -> Iterator[Slip]:
    labels = found_at(right.data, _LABELS)
    for one, other in combinations(labels, 2):
        yield slip(((*_LABELS, one), labels[other]), ((*_LABELS, other), labels[one]))


def _word_missing(right: Right) -> Iterator[Slip]:
    for state, words in _states(right):
        yield slip(((*_STATES, state), LEFT_OUT), state=state)
        for at in range(len(words) if len(words) > 1 else 0):
            yield slip(((*_STATES, state), words[:at] + words[at + 1 :]), state=state)


def _word_too_short(right: Right) -> Iterator[Slip]:
    """A beginning of the word, which may be the beginning of another too."""
    for state, words in _states(right):
        for length in (1, 2, 3, 6):
            short = words[0][:length].strip()
            if short and short != words[0]:
                yield slip(((*_STATES, state), [*words, short]), state=state)
                yield slip(((*_STATES, state), [*words, f"{short}…"]), state=state)


def _word_of_another(right: Right) -> Iterator[Slip]:
    """A state's words are listed under another state."""
    for (state, words), (other, theirs) in permutations(_states(right), 2):
        yield slip(
            ((*_STATES, other), [*theirs, *words]), ((*_STATES, state), LEFT_OUT), state=state
        )


def _words_swapped(right: Right) -> Iterator[Slip]:
    for (state, words), (other, theirs) in combinations(_states(right), 2):
        for about in (state, other):
            yield slip(((*_STATES, other), words), ((*_STATES, state), theirs), state=about)


def _word_too_many(right: Right) -> Iterator[Slip]:
    """Another text of the page is listed as a state's word, or what is always there tells it."""
    for state, words in _states(right):
        for more in ("Received", "Order", "Partly cancelled", "Placed on", "In", "Total", "€",
                     "Stoneware mug", "Wool throw"):  # fmt: skip
            if more not in words:
                yield slip(((*_STATES, state), [*words, more]), state="ordered")
        if state in ("requested", "cancelled"):
            seen = {"words": words, "seen": {"css": ".details"}}
            yield slip(((*_STATES, state), seen), state="ordered")


def _states(right: Right) -> list[tuple[str, list[Any]]]:
    """Each state whose words are a plain list."""
    told = found_at(right.data, _STATES)
    return [(state, words) for state, words in told.items() if isinstance(words, list)]


KINDS = (
    Mistake("answers swapped", "`confirms`, `refuses`, `pending` have each other's words",
            _answers_swapped),
    Mistake("answers otherwise", "an answer's words are too short, missing, or elsewhere",
            _answers_otherwise),
    Mistake("labels swapped", "two labels have each other's words", _labels_swapped),
    Mistake("state missing", "a word for a state is missing", _word_missing),
    Mistake("state too short", "a state's word is the beginning of another", _word_too_short),
    Mistake("state of another", "a state's words are listed under another state",
            _word_of_another),
    Mistake("states swapped", "two states have each other's words", _words_swapped),
    Mistake("state too many", "another text is listed as a word for a state", _word_too_many),
)  # fmt: skip
