"""Who looks on while a run goes: a terminal, a test. Looking on never changes a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from automation.run.facts import Answer
from automation.run.record import Run, StepTaken

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from automation.flow.model import Step


class Watcher:
    """Is told what happens, as it happens. Override what is of interest."""

    def begins(self, run: str, flow: str, *, commit: bool) -> None:
        """A run begins."""

    def signed_in(self, account: str) -> None:
        """The visit is signed in as this account of the configuration."""

    def settling(self, order: str) -> None:
        """First an order is read again, of which an earlier run does not know what became."""

    @contextmanager
    def looking_at(self, page: Page) -> Iterator[None]:  # noqa: ARG002 (who films overrides it)
        """The page that is walked on, from when it is open and still empty until it is closed."""
        yield

    def taking(self, step: Step) -> None:
        """What is done on the page from here on belongs to this step of a flow."""

    def at_the_click(self, step: Step) -> None:
        """The walk stands before the click that cannot be undone."""

    def left_unclicked(self, control: Locator) -> None:
        """The click was rehearsed: everything was looked at, and this control is not clicked."""

    def decided(self, end: str, sign: Locator) -> None:
        """A fork ended the walk so, because this sign is visible."""

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


class Several(Watcher):
    """Passes everything on to each of several watchers."""

    def __init__(self, *watchers: Watcher) -> None:
        self._watchers = watchers

    @contextmanager
    def looking_at(self, page: Page) -> Iterator[None]:
        with ExitStack() as stack:
            for watcher in self._watchers:
                stack.enter_context(watcher.looking_at(page))
            yield

    def begins(self, run: str, flow: str, *, commit: bool) -> None:
        for watcher in self._watchers:
            watcher.begins(run, flow, commit=commit)

    def signed_in(self, account: str) -> None:
        for watcher in self._watchers:
            watcher.signed_in(account)

    def settling(self, order: str) -> None:
        for watcher in self._watchers:
            watcher.settling(order)

    def taking(self, step: Step) -> None:
        for watcher in self._watchers:
            watcher.taking(step)

    def at_the_click(self, step: Step) -> None:
        for watcher in self._watchers:
            watcher.at_the_click(step)

    def left_unclicked(self, control: Locator) -> None:
        for watcher in self._watchers:
            watcher.left_unclicked(control)

    def decided(self, end: str, sign: Locator) -> None:
        for watcher in self._watchers:
            watcher.decided(end, sign)

    def starting(self, number: int, of: int, sentence: str) -> None:
        for watcher in self._watchers:
            watcher.starting(number, of, sentence)

    def took(self, step: StepTaken) -> None:
        for watcher in self._watchers:
            watcher.took(step)

    def armed(self) -> None:
        for watcher in self._watchers:
            watcher.armed()

    def clicked(self) -> None:
        for watcher in self._watchers:
            watcher.clicked()

    def reading_back(self, answer: Answer) -> None:
        for watcher in self._watchers:
            watcher.reading_back(answer)

    def again(self, why: str) -> None:
        for watcher in self._watchers:
            watcher.again(why)

    def ended(self, run: Run) -> None:
        for watcher in self._watchers:
            watcher.ended(run)
