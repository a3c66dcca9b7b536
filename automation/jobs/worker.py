"""The process that works for one account: `python -m automation.jobs.worker FD`.

It holds the account's lock and a browser for as long as it lives, does one thing at a time, and
leaves when the process that started it is gone. Secrets never come to it over the channel: it
reads the configuration itself.
"""

from __future__ import annotations

import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from automation.errors import Stopped, TryLater, UnorderError
from automation.flow.binding import Bound, bind
from automation.flow.library import Library
from automation.jobs.book import Book, Where
from automation.jobs.channel import Channel
from automation.jobs.looking import Look, look_through
from automation.jobs.plan import Planned
from automation.jobs.planfile import planned_as_data, planned_from_data
from automation.jobs.promises import open_refunds
from automation.jobs.reading import Post, post_of, rules_in
from automation.jobs.refunds import look_for_money
from automation.jobs.results import TRY_LATER
from automation.jobs.standing import NotesThePlan, standings
from automation.outcome import Outcome
from automation.pages.bearer_secrets import without_secrets
from automation.pages.opened import OpenedAs
from automation.run.browser import OpenBrowser, open_browser
from automation.run.early_change import Pressed, not_read_again
from automation.run.endings import WalkEnded
from automation.run.engine import follow, keep
from automation.run.following import Asked
from automation.run.intents import Intent, open_intents
from automation.run.journal import Journal
from automation.run.masking import Masker
from automation.run.order_keys import take_out_of_the_environment
from automation.run.pressed_reading import read_after_press
from automation.run.record import Run
from automation.run.rules import Rules
from automation.run.settings import Settings, read_settings
from automation.run.settling import settle_intent
from automation.run.stopping import Stopping
from automation.run.visit import Visit, visiting

FLOW = "cancel-order"
Later = list[tuple[str, str | None]]  # what was not read now: why, and what to do


@dataclass(frozen=True)
class Work:
    """What can be asked of a worker."""

    post: Post
    settings: Settings
    rules: dict[str, str] | None
    browser: OpenBrowser
    journal: Journal
    stopping: Stopping
    note: Callable[[dict[str, Any]], None]

    def do(self, task: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked."""
        return {"plan": self.plan, "apply": self.apply, "verify": self.verify}[task["do"]](task)

    @property
    def browser_is_gone(self) -> bool:
        return not self.browser.alive

    def plan(self, _task: dict[str, Any]) -> dict[str, Any]:
        """Look through the account for a plan."""
        book = self._book()
        now = datetime.now(book.zone).astimezone(book.zone)
        look = Look(book, self._limits(), now.date())
        with self._visit() as visit:
            found = look_through(
                visit, self.post, look, self.journal,
                lambda number, of: self.note({"opened": number, "of": of}),
            )  # fmt: skip
        return {
            "listed": asdict(found.listed),
            "orders": [planned_as_data(order) for order in found.orders],
            "notes": list(found.notes),
        }

    def apply(self, task: dict[str, Any]) -> dict[str, Any]:
        """Do what a plan says of one order, or go on with it where it was interrupted."""
        order, commit = planned_from_data(task["order"]), task["commit"]
        begun = standings(self.journal, task["plan"], commit=commit).get(order.subject)
        if begun is not None and begun.final:
            assert begun.outcome is not None
            return {"run": begun.run, "outcome": begun.outcome.label, "reason": begun.reason,
                    "hint": None}  # fmt: skip
        if begun is not None and (left := open_intents(self.journal, run=begun.run)):
            return _run_told(self._settled(left[0]))
        asked = Asked(
            self._bound(order),
            self.post.storefront,
            self.post.account,
            self._limits(),
            commit=commit,
            planned=order.facts,
            settles=False,
            each_step=False,
        )
        watcher = NotesThePlan(self.journal, task["plan"], order)
        return _run_told(
            follow(asked, self.browser, self.journal, watcher=watcher, stopping=self.stopping)
        )

    def verify(self, task: dict[str, Any]) -> dict[str, Any]:
        """Settle the clicks of these runs, and look for the money that others promised."""
        settled: list[str] = []
        later: Later = []
        with self._visit() as visit:
            for intent in [each for run in task["clicks"]
                           for each in open_intents(self.journal, run=run)]:  # fmt: skip
                self.stopping.check()
                try:
                    settled.append(self._settled_by(visit, intent).id)
                except TryLater as problem:  # its run is still at work, or its key is not there
                    later.append((problem.message, problem.hint))
            presses = [
                self._read_after(visit, each, later)
                for run in task["presses"]
                for each in not_read_again(self.journal, run=run)
            ]
            refunds = []
            for each in open_refunds(self.journal):
                if each.run not in task["money"]:
                    continue
                try:
                    seen = look_for_money(visit, each, self.journal)
                except TryLater as problem:
                    later.append((problem.message, problem.hint))
                else:
                    refunds += [asdict(seen)] if seen else []
        return {
            "runs": settled,
            "refunds": refunds,
            "presses": [each for each in presses if each],
            "later": later,
        }

    def _read_after(self, visit: Visit, pressed: Pressed, later: Later) -> dict[str, Any] | None:
        """What became of an order whose run stopped before its click; `None` if not known yet."""
        self.stopping.check()
        try:
            with self.journal.locked(str(pressed.subject)):
                changed = read_after_press(pressed, visit, self.journal)
        except TryLater as problem:
            later.append((problem.message, problem.hint))
            return None
        except LookupError as problem:
            later.append((str(problem), "try again later"))
            return None
        return {"run": pressed.run, "order": pressed.subject.order, "changed": changed}

    def _settled(self, intent: Intent) -> Run:
        with self._visit() as visit:
            return self._settled_by(visit, intent)

    def _settled_by(self, visit: Visit, intent: Intent) -> Run:
        with self.journal.locked(str(intent.subject)):
            run = settle_intent(intent, visit, self.journal, self.stopping)
        with suppress(OSError):  # evidence; the journal holds the outcome
            keep(run)
        return run

    def _bound(self, order: Planned) -> Bound:
        given = {"order": [order.order]}
        if not order.whole:
            given["items"] = list(order.titles)
        if order.reason:
            given["reason"] = [order.reason]
        library = Library.of(self.post.storefront)
        return bind(library.find(FLOW), given, self.post.storefront, library.find)

    def _visit(self) -> AbstractContextManager[Visit]:
        storefront = self.post.storefront
        return visiting(self.browser, storefront, self.post.account, Masker(storefront))

    def _book(self) -> Book:
        assert self.rules is not None
        return rules_in(self.rules["text"], Path(self.rules["path"]), self.settings).book

    def _limits(self) -> Rules:
        return self._book().limits.and_also(self.settings.rules)


def main() -> None:
    """Work until there is nothing more to do."""
    channel = Channel(socket.socket(fileno=int(sys.argv[1])))
    assignment = channel.receive()
    if assignment is None:
        return
    try:
        with _at_work(assignment, channel) as work:
            while (task := channel.receive()) is not None:
                channel.send(_answer(work, task))
                if work.browser_is_gone:
                    return  # the next worker has a new one
    except UnorderError as problem:
        channel.send({"problem": _told(problem, holds=True)})


@contextmanager
def _at_work(assignment: dict[str, Any], channel: Channel) -> Iterator[Work]:
    settings = read_settings()
    post = post_of(Where(**assignment["where"]), settings)
    journal = Journal.open(Path(assignment["runs"]))
    stopping = Stopping()
    if not post.storefront.has_accounts:
        take_out_of_the_environment(named_in(journal))
    try:
        with (
            stopping.listening(),
            journal.locked(f"account {post.key}"),
            open_browser(post.storefront, lean=True, one_account=True) as browser,
        ):
            yield Work(
                post=post,
                settings=settings,
                rules=assignment["rules"],
                browser=browser,
                journal=journal,
                stopping=stopping,
                note=lambda note: channel.send({"note": note}),
            )
    finally:
        journal.close()


def named_in(journal: Journal) -> list[OpenedAs]:
    """How the orders were opened that may be read again."""
    opened = [intent.store for intent in open_intents(journal)]
    opened += [pressed.store for pressed in not_read_again(journal)]
    return opened + [each.store for each in open_refunds(journal)]


def _answer(work: Work, task: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": work.do(task)}
    except WalkEnded as ending:
        outcome = ending.verdict.outcome
        held = outcome is Outcome.NEEDS_PERSON
        return {
            "problem": {
                "exit": outcome.exit_code,
                "message": Masker(work.post.storefront).text(ending.verdict.reason),
                "hint": work.post.where.sign_in if held else ending.hint,
                "holds": held,
            }
        }
    except UnorderError as problem:
        return {"problem": _told(problem)}
    except Error as problem:
        first = problem.message.partition("\n")[0]
        hint = "`unorder doctor` looks at the machine"
        return {"problem": _told(TryLater(f"the browser failed: {first}", hint=hint))}
    except Exception as problem:  # noqa: BLE001 (one order's trouble is not the others')
        sys.stderr.write(without_secrets(traceback.format_exc()))
        bug = without_secrets(f"a bug of unorder: {problem!r}")
        return {"problem": {"exit": 1, "message": bug, "hint": None}}


def _run_told(run: Run) -> dict[str, Any]:
    return {
        "run": run.id,
        "outcome": run.outcome.label,
        "reason": run.reason,
        "hint": run.hint,
    }


def _told(problem: UnorderError, *, holds: bool = False) -> dict[str, Any]:
    return {
        # Asked to stop, it began nothing.
        "exit": TRY_LATER if isinstance(problem, Stopped) else problem.exit_code,
        "message": without_secrets(problem.message),
        "hint": problem.hint,
        "holds": holds,
    }


if __name__ == "__main__":
    main()
