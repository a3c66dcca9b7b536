"""What can go wrong, as types. A new class only where somebody catches it.

* UnorderError             a message, a hint, an exit code
  x InputError             a flow, profile, plan, configuration or command line is wrong (2)
    + SourceError          … at a place in a file, shown with a code frame
  x EnvironmentProblem     something outside is missing: a browser, a folder one may write to (2)
  x Refused                a plan is too old, or not of this journal: nothing was begun (3)
  x TryLater               another run holds the order, or the store does not answer (75)
  x Stopped                a signal asked to stop, and nothing was armed (128 + the signal)
  x StorefrontHeld         a step of this storefront changed an order before its click (10)
  x JournalFault           the journal or the disk cannot be trusted; nothing was clicked (7)

What a store or an order does is never an exception that leaves a run: it is an `Outcome`.
"""

from __future__ import annotations

import signal


class UnorderError(Exception):
    """A problem that is told in one screen: what, why, and what to try."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\n\nhint: {self.hint}"


class InputError(UnorderError):
    """What the reader wrote cannot be followed."""

    exit_code = 2


class EnvironmentProblem(UnorderError):  # noqa: N818 (what is wrong is the machine, not the call)
    """The machine lacks something that a run needs."""

    exit_code = 2


class Refused(UnorderError):  # noqa: N818 (we said no; nothing failed)
    """What was asked for may not be done any more, as it was asked for."""

    exit_code = 3


class TryLater(UnorderError):  # noqa: N818 (it is what the reader should do)
    """Nothing is wrong with what was asked; now is not the time."""

    exit_code = 75


class Stopped(UnorderError):  # noqa: N818 (somebody asked for it)
    """A signal asked this process to stop, and nothing was armed."""

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped by {signal.Signals(number).name}; nothing was clicked")
        self.exit_code = 128 + number


class StorefrontHeld(UnorderError):  # noqa: N818 (we said no; nothing failed)
    """A step of this storefront changed an order before the one click: a person looks first."""

    exit_code = 10


class JournalFault(UnorderError):  # noqa: N818 (a fault of the journal, not an error in it)
    """The journal cannot be written or trusted, so nothing may be clicked."""

    exit_code = 7
