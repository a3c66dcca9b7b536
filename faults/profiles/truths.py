"""What must not be, judged by the store's truth. Pure: no browser, no store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

_OVER = frozenset({"shipped", "delivered", "returned", "preparing"})
_NOTHING_WAS_CLICKED = frozenset({"rehearsed", "guarded", "broken", "needs_person",
                                       "not_found", "not_in_app"})  # fmt: skip


class Zero(Enum):
    """What must never be."""

    REHEARSAL_SENDS = "rehearsal sends"
    WRONG_CANCEL = "wrong cancel"
    DOUBLE_SUBMIT = "double submit"
    FALSE_WORD = "false word"


@dataclass(frozen=True)
class OrderTruth:
    """An order as the store knows it: how often a cancellation was received, and each line."""

    submits: int
    lines: tuple[tuple[str, str], ...]  # title, state


Truths = Mapping[str, OrderTruth]


@dataclass(frozen=True)
class Followed:
    """One run: what was asked, the word that it ended with, and the store before and after it."""

    commit: bool
    order: str
    asked: tuple[str, ...] | None  # titles; None: the whole order
    word: str  # an outcome, or `exit N`
    before: Truths
    after: Truths
    reason: str = ""

    def states(self, truths: Truths) -> list[str]:
        """The states of what was asked for."""
        return [state for title, state in truths[self.order].lines
                if self.asked is None or title in self.asked]  # fmt: skip

    @property
    def changed(self) -> list[str]:
        """The orders that are not as they were, or of which a cancellation was received."""
        return [number for number in self.after if self.after[number] != self.before[number]]


@dataclass(frozen=True)
class Breach:
    """One of the zeros that is none, and in which run."""

    zero: Zero
    at: int  # number of the run in its case
    sentence: str


def judged(runs: Sequence[Followed], kept: frozenset[str]) -> tuple[Breach, ...]:
    """All that must not be in the runs of one case. *kept* are the titles on the keep-list."""
    found = []
    for at, run in enumerate(runs):
        told = [
            *((Zero.REHEARSAL_SENDS, text) for text in _sent_by_a_rehearsal(run)),
            *((Zero.WRONG_CANCEL, text) for text in _cancelled_wrongly(run, kept)),
            *((Zero.FALSE_WORD, text) for text in _false_word(run)),
        ]
        found += [Breach(zero, at, text) for zero, text in told]
    return (*found, *_submitted_twice(runs))


def _sent_by_a_rehearsal(run: Followed) -> Iterator[str]:
    for number in [] if run.commit else run.changed:
        yield f"order {number} was submitted or changed by a rehearsal"


def _cancelled_wrongly(run: Followed, kept: frozenset[str]) -> Iterator[str]:
    for number in run.changed:
        for title, state in _newly_cancelled(run, number):
            if number != run.order:
                yield f"`{title}` of order {number} is {state}, and {run.order} was asked for"
            elif title in kept:
                yield f"`{title}` of order {number} is {state}, and is on the keep-list"
            elif run.asked is not None and title not in run.asked:
                yield f"`{title}` of order {number} is {state}, and was not asked for"


def _newly_cancelled(run: Followed, number: str) -> Iterator[tuple[str, str]]:
    for was, now in zip(run.before[number].lines, run.after[number].lines, strict=True):
        if now[1] != was[1] and now[1] in ("cancelled", "requested"):
            yield now


def _submitted_twice(runs: Sequence[Followed]) -> Iterator[Breach]:
    for number in runs[-1].after if runs else ():
        sent = [run.after[number].submits - run.before[number].submits for run in runs]
        if sum(sent) > 1:
            last = max(at for at, times in enumerate(sent) if times)
            text = f"order {number} was submitted {sum(sent)} times"
            yield Breach(Zero.DOUBLE_SUBMIT, last, text)


def _false_word(run: Followed) -> Iterator[str]:
    text = _what_is_false(run)
    if text:
        yield f"`{run.word}`, but {text}"


def _what_is_false(run: Followed) -> str:
    """What the store says against the word; "" where it agrees."""
    before, after = run.states(run.before), run.states(run.after)
    if run.word in _CLAIMS:
        is_so = _CLAIMS[run.word](before, after)
        return "" if is_so else f"it was {_each(before)} and is {_each(after)}"
    if run.word in _NOTHING_WAS_CLICKED or run.word.startswith("exit "):
        if run.changed:
            return f"the store received something of {', '.join(run.changed)}"
        return "the order is in the list" if run.word == "not_found" else ""
    return "the judge does not know this word"


def _all_cancelled(states: list[str]) -> bool:
    return all(state == "cancelled" for state in states)


# What each word claims of the items that were asked for, by their states before and after the run.
_CLAIMS: Mapping[str, Callable[[list[str], list[str]], bool]] = {
    "cancelled": lambda before, after: not _all_cancelled(before) and _all_cancelled(after),
    "already_cancelled": lambda before, after: _all_cancelled(before) and _all_cancelled(after),
    "partly_cancelled": lambda _, after: "cancelled" in after and not _all_cancelled(after),
    "requested": lambda _, after: "requested" in after,
    "too_late": lambda before, after: before == after and bool(_OVER & set(after)),
    "refused": lambda before, after: before == after and "requested" not in after,
    "not_cancelled": lambda before, after: before == after,
    "changed_before_the_click": lambda before, after: before != after,
    "unknown": lambda _before, _after: True,  # it claims nothing
}


def _each(states: list[str]) -> str:
    return " and ".join(dict.fromkeys(states))
