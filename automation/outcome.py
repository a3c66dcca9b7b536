"""How a run may end: one table for exit codes, words, and whether it may be tried again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Again(Enum):
    """Whether the same thing may be asked for again."""

    NO_NEED = "no need"
    YES = "yes"
    NO = "no"
    VERIFY_ONLY = "verify only"
    AFTER_CHANGE = "after the rule or the facts change"
    THE_OTHERS = "the others"
    PERSON = "a person decides"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Row:
    """What the table says of one outcome."""

    name: str
    exit_code: int
    sentence: str
    again: Again


class Outcome(Enum):
    """One row of the table in `docs/outcomes.md`."""

    CANCELLED = Row(
        "cancelled", 0, "The store cancelled it, and the order read again says so.", Again.NO_NEED
    )
    ALREADY_CANCELLED = Row(
        "already_cancelled", 0, "It was cancelled before; nothing was clicked.", Again.NO_NEED
    )
    SUBSCRIPTION_ENDED = Row("subscription_ended", 0, "The subscription ends.", Again.NO_NEED)
    RETURN_STARTED = Row("return_started", 0, "The return is started.", Again.NO_NEED)
    REHEARSED = Row(
        "rehearsed", 0, "Everything up to the last click went well; it was not made.", Again.YES
    )
    GUARDED = Row("guarded", 3, "A guard said no; nothing was clicked.", Again.AFTER_CHANGE)
    PARTLY_CANCELLED = Row(
        "partly_cancelled", 4, "Some of the items are cancelled, others are not.", Again.THE_OTHERS
    )
    TOO_LATE = Row("too_late", 4, "The order has entered the shipping process.", Again.NO)
    REFUSED = Row(
        "refused", 4, "The store said no, and the order read again is unchanged.", Again.PERSON
    )
    NOT_CANCELLED = Row(
        "not_cancelled",
        4,
        "The click had no effect: the order, read again until it settled, is unchanged.",
        Again.YES,
    )
    NOT_FOUND = Row("not_found", 4, "The whole order list was read, and it is not there.", Again.NO)
    NOT_IN_APP = Row("not_in_app", 4, "This cannot be cancelled on a phone.", Again.ELSEWHERE)
    NEEDS_PERSON = Row("needs_person", 5, "The store asks for a person.", Again.PERSON)
    UNKNOWN = Row(
        "unknown",
        6,
        "The click was made or may have been, and its effect could not be read.",
        Again.VERIFY_ONLY,
    )
    REQUESTED = Row(
        "requested", 8, "It was asked for; the store or the seller decides.", Again.VERIFY_ONLY
    )
    SELLER_CONTACTED = Row(
        "seller_contacted", 8, "A message is sent to the seller, nothing more.", Again.NO
    )
    BROKEN = Row("broken", 9, "The path could not be followed; nothing was clicked.", Again.YES)

    @property
    def label(self) -> str:
        """The word as it is written in flows, journals and JSON."""
        return self.value.name

    @property
    def exit_code(self) -> int:
        return self.value.exit_code

    @property
    def sentence(self) -> str:
        return self.value.sentence

    @property
    def again(self) -> Again:
        return self.value.again

    @classmethod
    def named(cls, label: str) -> Outcome:
        """The outcome of that name; `KeyError` if there is none."""
        return _BY_LABEL[label]


_BY_LABEL = {outcome.label: outcome for outcome in Outcome}

# A batch of many runs leaves with its gravest.
_GRAVITY = (7, 6, 5, 9, 3, 4, 8, 75, 2, 1, 0)


def gravest(exit_codes: list[int]) -> int:
    """The exit code of a batch: the first of 7, 6, 5, 9, 3, 4, 8, … that occurs; 0 for none."""
    return min(exit_codes, key=_GRAVITY.index, default=0)
