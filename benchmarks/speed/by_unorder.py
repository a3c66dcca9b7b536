"""Our `cancel-items`, with and without what it keeps as evidence."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Page

from automation.flow.binding import bind
from automation.flow.library import Library
from automation.run import sessions
from automation.run.browser import OpenBrowser, open_browser
from automation.run.engine import follow
from automation.run.evidence import Evidence, Seen
from automation.run.following import Asked
from automation.run.journal import Journal
from automation.run.rules import Rules
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from automation.storefronts.profile import open_storefront
from benchmarks.speed.turns import Errand, errand, take_turns

LIBRARY = Library()
AS_A_WORKER = ("unattended", "no-pictures")  # one account's orders after each other


class Traced(Watcher):
    """Has Playwright trace each visit, as its own tests do by default."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @contextmanager
    def looking_at(self, page: Page) -> Iterator[None]:
        tracing = page.context.tracing
        tracing.start(screenshots=True, snapshots=True)
        yield
        tracing.stop(path=self._file)


def nothing_kept(_evidence: Evidence, page: Page, _name: str) -> Seen:
    return Seen(None, None, page.url)


class Runs:
    """Follows the flow in one browser, in a folder and with a journal of its own."""

    def __init__(self, told: Errand, browser: OpenBrowser, journal: Journal, how: str) -> None:
        self._storefront = open_storefront("mock", base_url=told.url)
        self._account = Settings().account(None, self._storefront)
        self._browser = browser
        self._journal = journal
        self._how = how
        self._watcher = Traced(told.folder / "trace.zip") if how == "trace" else Watcher()
        state = json.loads(told.state.read_text())
        session = sessions.Session(state, told.greeted_as, datetime.now(UTC))
        sessions.save(self._storefront, self._account, session)

    def once(self, number: str) -> None:
        given = {"order": [number]}
        bound = bind(LIBRARY.find("cancel-items"), given, self._storefront, LIBRARY.find)
        asked = Asked(
            bound,
            self._storefront,
            self._account,
            Rules(),
            commit=self._how != "rehearsal",
            each_step=self._how != "unattended",
        )
        run = follow(
            asked, self._browser, self._journal, watcher=self._watcher, stopping=Stopping()
        )
        assert run.outcome.label in {"cancelled", "rehearsed"}, run.reason


def main() -> None:
    told, how = errand(sys.argv[1]), sys.argv[2]
    os.environ["UNORDER_BROWSER"] = told.browser
    os.environ["UNORDER_STATE"] = str(told.folder / "state")
    storefront = open_storefront("mock", base_url=told.url)
    with ExitStack() as stack:
        if how == "no-pictures":
            stack.enter_context(patch.object(Evidence, "capture", nothing_kept))
        browser = stack.enter_context(
            open_browser(storefront, lean=how == "unattended", one_account=how in AS_A_WORKER)
        )
        journal = Journal.open(told.folder / "runs")
        stack.callback(journal.close)
        take_turns(Runs(told, browser, journal, how).once)


if __name__ == "__main__":
    main()
