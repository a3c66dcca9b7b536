"""Where mistaken profiles are followed: one store, one browser, and folders that are thrown away.

A case is checked, rehearsed and committed in one process, as a person would do it with the command.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from automation.cli.flows import check
from automation.errors import UnorderError
from automation.flow.binding import bind
from automation.flow.library import Library
from automation.pages.storefront import Patience, Storefront
from automation.run.browser import OpenBrowser, open_browser
from automation.run.engine import follow
from automation.run.evidence import NOT_SEEN, Evidence
from automation.run.following import Asked
from automation.run.journal import Journal
from automation.run.rules import Keep, Rules
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from automation.storefronts.profile import open_storefront
from automation.testing.letting_in import let_in
from faults.profiles.exempt import exempt
from faults.profiles.kinds import CABLE, KEPT, LONG, MUG, THROW, MistakenProfile
from faults.profiles.right import Right, base_profile
from faults.profiles.slip import yaml_text
from faults.profiles.truths import Breach, Followed, OrderTruth, Truths, Zero, judged
from mock_store.boutique.app import create_boutique
from mock_store.rules import Payment
from mock_store.server import serve
from mock_store.store import Store
from mock_store.tables import Order

# What a mistaken profile looks for often never comes: that is all that this costs.
PATIENCE = Patience(step=3.5, action=1, answer=1.5, settle=2)
CRASH = "crash"  # no word that a judge knows
OPEN, WITH_KEPT, BESIDE = "22", "222", "220"
_A_PAGE_MORE = range(223, 228)
_WHY = "I changed my mind"


@dataclass(frozen=True)
class Played:
    """What a case led to. *refused* is what `check` said, if it said no."""

    seed: int
    kind: str
    told: str
    refused: str
    runs: tuple[Followed, ...]
    breaches: tuple[Breach, ...]  # those that are not exempt
    exempt: tuple[str, ...]  # the class of each that is
    seconds: float

    @property
    def zeros(self) -> set[Zero]:
        """What it breaks."""
        return {breach.zero for breach in self.breaches}


class Stage:
    """One boutique that takes any shape, and a browser that visits it."""

    def __init__(self, folder: Path, stack: ExitStack, browser: OpenBrowser | None = None) -> None:
        self._folder = folder
        self._stack = stack
        self._store = Store()
        stack.callback(self._store.close)
        self._apps: dict[str, Flask] = {}
        self._served = create_boutique(self._store)
        self._url = stack.enter_context(serve(self._store, make=lambda _store: self._served))
        self._given = browser
        self._browser: OpenBrowser | None = None  # its own, where none was given

    def play(self, case: MistakenProfile) -> Played:
        """Check it, rehearse it and commit it; then ask the store."""
        began = time.monotonic()
        home = self._folder / str(case.seed)
        profile = self._write(case, home / "profile")
        refused = _checked(profile)
        runs: list[Followed] = []
        if not refused:
            os.environ["UNORDER_STATE"] = str(home / "state")
            self._set(case)
            for order, asked, commit in _plan(case):
                if not _broke_before(runs, order):
                    runs.append(self._follow(case, profile, home / "runs", order, asked, commit))
        shutil.rmtree(home)
        breaches = [(each, exempt(case, runs[each.at], each)) for each in judged(runs, KEPT)]
        return Played(
            seed=case.seed,
            kind=case.kind.name,
            told=case.told,
            refused=refused,
            runs=tuple(runs),
            breaches=tuple(breach for breach, free in breaches if free is None),
            exempt=tuple(free.name for _, free in breaches if free),
            seconds=time.monotonic() - began,
        )

    def _wear(self, right: Right) -> None:
        """Let the boutique take this shape. Its address stays."""
        if right.shape not in self._apps:
            self._apps[right.shape] = create_boutique(self._store, right.worn())
        self._served.wsgi_app = self._apps[right.shape].wsgi_app  # type: ignore[method-assign]

    def _write(self, case: MistakenProfile, folder: Path) -> Path:
        folder.mkdir(parents=True)
        text = yaml_text(case.slip.made_in(case.right))
        (folder / "profile.yaml").write_text(text, "utf-8")
        return folder

    def _set(self, case: MistakenProfile) -> None:
        """Place the orders of this case in a store that is as new."""
        self._wear(case.right)
        store = self._store
        store.reset()
        payment = Payment.PAID if case.paid and case.right.part == "paid" else Payment.UNSAID
        store.place(CABLE, LONG, number=OPEN, state=case.state, says=case.says, payment=payment)
        kept = (MUG, LONG) if case.kept_first else (LONG, MUG)
        store.place(*kept, number=WITH_KEPT)
        store.place(THROW, number=BESIDE)
        if case.right.part == "pager":
            for number in _A_PAGE_MORE:
                store.place(THROW, number=str(number))
        if case.quirk:
            how = "undecided" if case.quirk == "pending" else None
            store.quirks.add(case.quirk, how=how, order=OPEN)

    def _follow(
        self, case: MistakenProfile, profile: Path, runs: Path, order: str,
        asked: tuple[str, ...] | None, commit: bool,
    ) -> Followed:  # fmt: skip
        before = self._truths()
        word, reason = self._word(case, profile, runs, order, asked, commit)
        return Followed(commit, order, asked, word, before, self._truths(), reason)

    def _word(
        self, case: MistakenProfile, profile: Path, runs: Path, order: str,
        asked: tuple[str, ...] | None, commit: bool,
    ) -> tuple[str, str]:  # fmt: skip
        given: dict[str, list[str]] = {"order": [order]}
        if asked is not None:
            given["items"] = list(asked)
        if case.right.part == "reason":
            given["reason"] = [_WHY]
        try:
            opened = open_storefront(str(profile), base_url=self._url)
            storefront = replace(opened, patience=PATIENCE)
            if case.let_in:
                let_in(self._store, storefront)
            return self._run(storefront, given, runs, commit)
        except UnorderError as problem:
            return f"exit {problem.exit_code}", problem.message
        except Exception as problem:  # noqa: BLE001 (a person would see a traceback)
            return CRASH, f"{type(problem).__name__}: {problem}"

    def _run(
        self, storefront: Storefront, given: dict[str, list[str]], runs: Path, commit: bool
    ) -> tuple[str, str]:
        library, settings = Library.of(storefront), Settings()
        asked = Asked(
            bind(library.find("cancel-order"), given, storefront, library.find),
            storefront,
            settings.account(None, storefront),
            Rules(Keep(items=tuple(KEPT))),
            commit=commit,
            each_step=False,
        )
        journal = Journal.open(runs)
        try:
            # Nobody looks at pictures here, and they would take a fourth of the time.
            with patch.object(Evidence, "capture", lambda *_about: NOT_SEEN):
                run = follow(asked, self._open(), journal, watcher=Watcher(), stopping=Stopping())
        finally:
            journal.close()
        return run.outcome.label, run.reason

    def _truths(self) -> Truths:
        with self._store.database.session() as session:
            self._store.catch_up(session)
            return {
                order.number: OrderTruth(
                    order.submits, tuple((item.title, item.state) for item in order.items)
                )
                for order in session.scalars(select(Order))
            }

    def _open(self) -> OpenBrowser:
        if self._given:  # whoever gave it sees to it
            return self._given
        if self._browser is None or not self._browser.alive:
            storefront = _loopback(self._folder)
            self._browser = self._stack.enter_context(open_browser(storefront, lean=True))
        return self._browser


def _plan(case: MistakenProfile) -> list[tuple[str, tuple[str, ...] | None, bool]]:
    """Which order, which of its items, and whether to commit: one rehearsal, then both in turn."""
    open_ = (OPEN, (CABLE,) if case.asks_one else None)
    kept = (WITH_KEPT, (LONG,) if case.asks_one else None)
    return [
        (*(kept if case.rehearses_kept else open_), False),
        (*open_, True),
        (*kept, True),
    ]


def _broke_before(runs: list[Followed], order: str) -> bool:
    """Whether a rehearsal could not follow the profile: a commit would break at the same step."""
    return any(
        run.order == order and run.word in ("broken", "exit 2") and not run.changed for run in runs
    )


def _checked(profile: Path) -> str:
    """What `unorder check` says, if it says no."""
    done = CliRunner().invoke(check, ["--store", str(profile)], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.stderr.strip() if done.return_value else ""


def _loopback(folder: Path) -> Storefront:
    """A storefront whose hosts the browser may reach."""
    home = folder / "right"
    home.mkdir(exist_ok=True)
    (home / "profile.yaml").write_text(yaml_text(base_profile()), "utf-8")
    return replace(open_storefront(str(home)), patience=PATIENCE)
