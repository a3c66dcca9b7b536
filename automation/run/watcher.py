"""Who looks on while a run goes: a terminal, a test. Looking on never changes a run."""

from __future__ import annotations

from automation.run.facts import Answer
from automation.run.record import Run, StepTaken


class Watcher:
    """Is told what happens, as it happens. Override what is of interest."""

    def begins(self, run: str, flow: str, *, commit: bool) -> None:
        """A run begins."""

    def signed_in(self, account: str) -> None:
        """The visit is signed in as this account of the configuration."""

    def starting(self, number: int, of: int, sentence: str) -> None:
        """A step is about to be taken."""

    def took(self, step: StepTaken) -> None:
        """A step was taken, or broke."""

    def armed(self) -> None:
        """The intent is on the disk; the click comes next."""

    def clicked(self) -> None:
        """The click was made; the store's answer comes next."""

    def reading_back(self, answer: Answer) -> None:
        """The store gave this answer; the order is read again until that is settled."""

    def again(self, why: str) -> None:
        """The walk begins again from its first step."""

    def ended(self, run: Run) -> None:
        """The run has an outcome."""
