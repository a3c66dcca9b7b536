"""What the journal knows of a plan's orders: which were begun, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass

from automation.jobs.plan import Planned
from automation.outcome import Outcome
from automation.run.journal import Journal
from automation.run.watcher import Watcher

# Nothing was clicked, and the same plan may try again.
_AGAIN = {Outcome.BROKEN, Outcome.NEEDS_PERSON}


@dataclass(frozen=True)
class Standing:
    """The newest run of one order of a plan. Without an outcome it was interrupted."""

    run: str
    outcome: Outcome | None
    reason: str

    @property
    def final(self) -> bool:
        """Whether this plan has nothing more to do with the order."""
        return self.outcome is not None and self.outcome not in _AGAIN


class NotesThePlan(Watcher):
    """Writes down for which plan a run is, before the run does anything."""

    def __init__(self, journal: Journal, plan: str, order: Planned) -> None:
        self._journal = journal
        self._plan = plan
        self._order = order

    def begins(self, run: str, flow: str, *, commit: bool) -> None:  # noqa: ARG002 (what is told)
        body = {"plan": self._plan, "subject": self._order.subject, "commit": commit}
        self._journal.write(run, "applies", body)


def standings(journal: Journal, plan: str, *, commit: bool) -> dict[str, Standing]:
    """The standing of every order of the plan that was begun, by its subject.

    A rehearsal says nothing of a commit, nor the other way round.
    """
    begun = {
        entry.body["subject"]: entry.run
        for entry in journal.of_kind("applies")
        if entry.body["plan"] == plan and entry.body["commit"] is commit
    }
    return {subject: _standing(journal, run) for subject, run in begun.items()}


def _standing(journal: Journal, run: str) -> Standing:
    ends = [entry.body for entry in journal.entries(run=run) if entry.kind in ("record", "ended")]
    if not ends:
        return Standing(run, None, "it was interrupted")
    return Standing(run, Outcome.named(ends[-1]["outcome"]), ends[-1]["reason"])
