"""Mistakes that nothing on any page contradicts: what they lead to is counted, and is no finding.

The first class was written down before the first run and widened after it; the second came before
the full one. A rehearsal that sends and a second submission are
never exempt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from faults.profiles.kinds import MistakenProfile
from faults.profiles.truths import Breach, Followed, Zero

_OF_STATES = ("state of another", "states swapped", "state too many")
_OFFERED = {"ordered", "preparing"}  # what a store may offer to cancel
_NEVER = (Zero.REHEARSAL_SENDS, Zero.DOUBLE_SUBMIT)


@dataclass(frozen=True)
class Exempt:
    """A class of mistakes, and why nobody could notice them."""

    name: str
    reason: str
    holds: Callable[[MistakenProfile, Followed, Breach], bool]


def exempt(case: MistakenProfile, run: Followed, breach: Breach) -> Exempt | None:
    """The class that this belongs to, if it is to be exempt."""
    if breach.zero in _NEVER:
        return None
    return next((one for one in CLASSES if one.holds(case, run, breach)), None)


def _another_state(case: MistakenProfile, run: Followed, breach: Breach) -> bool:
    """The word that the store shows means another state in this profile, and the run says that.

    *Too late* of what the page offers to cancel is not among it: there the page contradicts.
    """
    states = {change.at[3] for change in case.slip.changes if change.at[2:3] == ("states",)}
    shown = set(run.states(run.before))
    says = run.word in ("already_cancelled", "requested")
    return (
        breach.zero is Zero.FALSE_WORD
        and case.kind.name in _OF_STATES
        and bool(states & shown)
        and run.before == run.after
        and (says or (run.word == "too_late" and not shown & _OFFERED))
    )


def _vouched(case: MistakenProfile, _run: Followed, breach: Breach) -> bool:
    """The shop adds nothing up, the profile says that every line is read, and errs in the lines."""
    lines = case.right.data["pages"]["order"].get("lines", {})
    about = any(change.at[:3] == ("pages", "order", "lines") for change in case.slip.changes)
    return breach.zero is Zero.WRONG_CANCEL and lines.get("complete") is True and about


CLASSES = (
    Exempt(
        "a state's own word under another state",
        "the store's pages say the word and nothing else; what it means is said by the profile "
        "alone",
        _another_state,
    ),
    Exempt(
        "lines that the profile vouches for",
        "the shop's page says neither how many lines there are nor what they cost together, and "
        "the profile says `complete: true`",
        _vouched,
    ),
)
