"""What a run does before the click, in the order in which `automation.run.engine` does it.

The engine itself needs a browser; `faults.days` tries it with one. From the guards to the record
it is the real code in either case.
"""

from __future__ import annotations

from typing import Any, Protocol

from automation.errors import UnorderError
from automation.outcome import Outcome
from automation.pages.opened import OpenedAs
from automation.pages.readings import Order, Selection
from automation.pages.values import Items
from automation.run.commit import Request, commit
from automation.run.endings import Hiccup, SignedOut
from automation.run.facts import Answer, Subject, order_as_data
from automation.run.judgement import Verdict, Wanted, before_the_click
from automation.run.rules import Rules
from automation.run.watcher import Watcher
from faults.trouble import W2, W3, W4, Window

OWNER = "Robin Vale"
_WALKS = 3


class Walker(Protocol):
    """A run that can read an order, tick its items, and be a `Site` and a `Clock`."""

    run: str
    subject: Subject
    asked: tuple[str, ...] | None  # titles; None: all
    rules: Rules
    journal: Any
    patience: float
    first: Order | None

    def enter(self, window: Window) -> None:
        """A stretch of the run begins."""

    def sign_in(self) -> None: ...
    def open_list(self) -> None: ...
    def look(self) -> Order: ...
    def tick(self, wanted: Wanted) -> None: ...
    def watcher(self) -> Watcher: ...

    def last_look(self) -> Order: ...
    def selection(self) -> Selection: ...
    def control_problem(self) -> str | None: ...
    def click(self, within: float) -> None: ...
    def observe(self) -> Answer: ...
    def read_back(self) -> Order | None: ...

    def monotonic(self) -> float: ...
    def pause(self, seconds: float) -> None: ...
    def check(self) -> None: ...
    @property
    def out_of_time(self) -> bool: ...


def walk(walker: Walker) -> Verdict:
    """To the click and beyond, beginning again where the store only hiccuped."""
    for _ in range(_WALKS):
        try:
            return _once(walker)
        except SignedOut:
            walker.sign_in()
        except Hiccup:
            continue
    return Verdict(Outcome.BROKEN, f"{_WALKS} times in vain")


def read_back(walker: Walker) -> Order | None:
    """The order read again, as `automation.run.site` does it."""
    try:
        try:
            order = walker.look()
        except SignedOut:
            walker.sign_in()
            order = walker.look()
    except (Hiccup, SignedOut, UnorderError):
        return None
    return order if order.number == walker.subject.order else None


def _once(walker: Walker) -> Verdict:
    walker.enter(W2)
    walker.check()
    walker.open_list()
    walker.first = first = walker.look()
    walker.journal.write(walker.run, "facts", order_as_data(first))
    if first.number != walker.subject.order:
        return Verdict(Outcome.GUARDED, "another order opened")
    judged = before_the_click(first, Items(walker.asked))
    if isinstance(judged, Verdict):
        return judged
    walker.enter(W3)
    walker.check()
    walker.tick(judged)
    walker.enter(W4)
    walker.check()
    request = Request(
        run=walker.run,
        subject=walker.subject,
        flow="cancel-items",
        store=OpenedAs("mock", "http://127.0.0.1:1", "en"),
        account=OWNER,
        wanted=judged,
        first=first,
        rules=walker.rules,
        settle=walker.patience,
    )
    return commit(walker, walker.journal, walker, request, walker.watcher()).verdict
