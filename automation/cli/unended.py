"""A run that has no outcome: where it stopped, as far as the journal knows, and what to do next."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from automation.errors import JournalFault, UnorderError
from automation.pages.bearer_secrets import without_secrets

if TYPE_CHECKING:
    from automation.run.journal import Journal

_KIND = "left"  # of the entry that says why a run was left without an outcome
_BEFORE_ANYTHING = {"asked", "applies"}
_AGAIN = "nothing was clicked; run it again"


class Stood(Enum):
    """Where a run stopped, and what its reader does about it."""

    CLICKED = ("clicked, not settled", "red", "`unorder verify` reads the order again")
    PRESSED = ("stopped on the way", "yellow", "`unorder verify` reads the order again")
    NOT_POSSIBLE = ("could not begin", "yellow", "nothing was clicked; put it right, and run again")
    LATER = ("try later", "yellow", _AGAIN)
    STOPPED = ("stopped", "yellow", _AGAIN)
    NOT_BEGUN = ("did not begin", "yellow", _AGAIN)
    INTERRUPTED = ("interrupted", "red", _AGAIN)

    def __init__(self, words: str, colour: str, next_: str) -> None:
        self.words = words
        self.colour = colour
        self.next = next_


@dataclass(frozen=True)
class Unended:
    """What is known of a run without an outcome."""

    stood: Stood
    why: str = ""


def note_left(journal: Journal, run: str, problem: UnorderError) -> None:
    """Write down why a run is left. A journal that cannot be written is told of by the problem."""
    with suppress(JournalFault):
        reason = without_secrets(problem.message)
        journal.write(run, _KIND, {"exit": problem.exit_code, "reason": reason})


def how_it_stands(journal: Journal, run: str) -> Unended:
    """What the journal knows of *run*, which has no outcome."""
    entries = journal.entries(run=run)
    kinds = {entry.kind for entry in entries}
    if "intent" in kinds:
        return Unended(Stood.CLICKED)
    if "pressing" in kinds and "read_after_press" not in kinds:
        return Unended(Stood.PRESSED)
    left = next((entry.body for entry in reversed(entries) if entry.kind == _KIND), None)
    if left is not None:
        return Unended(_stood(left["exit"]), left["reason"])
    return Unended(Stood.NOT_BEGUN if kinds <= _BEFORE_ANYTHING else Stood.INTERRUPTED)


def _stood(exit_code: int) -> Stood:
    if exit_code > 128:  # noqa: PLR2004 (what a shell adds to the number of a signal)
        return Stood.STOPPED
    return {2: Stood.NOT_POSSIBLE, 75: Stood.LATER}.get(exit_code, Stood.INTERRUPTED)
