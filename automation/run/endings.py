"""Why a walk stops before its last step. Caught by the engine, never by a caller of it."""

from __future__ import annotations

from automation.run.judgement import Verdict


class WalkEnded(Exception):  # noqa: N818 (an ending, not an error)
    """There is nothing more to do, and here is why. Nothing was clicked that cannot be undone."""

    def __init__(self, verdict: Verdict, hint: str | None = None) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict
        self.hint = hint


class ClickAsked(WalkEnded):
    """A page asks for a click to go on. A walk makes it, once for each page that it comes to."""


class SignedOut(Exception):  # noqa: N818
    """The store asks to sign in; the walk may begin again afterwards."""

    def __init__(self, why: str = "the store asks to sign in") -> None:
        super().__init__(why)


class Hiccup(Exception):  # noqa: N818
    """The store failed in a way that may be gone the next time. Reads may be repeated."""
