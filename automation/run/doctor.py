"""Looking at the machine: what a run needs, and whether it is there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from automation.errors import UnorderError
from automation.run import sessions
from automation.run.browser import find_browser, open_browser
from automation.run.intents import open_intents
from automation.run.journal import ELSEWHERE, NAME, Journal
from automation.run.places import private_folder, state_folder
from automation.run.settings import read_settings, settings_file
from automation.storefronts.profile import open_storefront

_ROOM = 64 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    well: bool
    said: str


def examine(runs: Path, *, browser_only: bool = False) -> list[Finding]:
    """Look at everything, or at the browser alone. Never raises."""
    looks: list[tuple[str, Callable[[], str]]] = [("browser", _browser)]
    if not browser_only:
        looks += [
            ("versions", _versions),
            ("configuration", _configuration),
            ("runs", lambda: str(private_folder(runs))),
            ("state", lambda: str(state_folder("sessions").parent)),
            ("disk", lambda: _disk(runs)),
            ("journal", lambda: _journal(runs)),
            ("clicks", lambda: _clicks(runs)),
            ("clock", _clock),
            ("sign-ins", _sign_ins),
        ]
    return [_look(what, look) for what, look in looks]


def _look(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, well=True, said=look())
    except UnorderError as problem:
        return Finding(what, well=False, said=str(problem))


def _browser() -> str:
    found = find_browser(headed=False)
    with open_browser(open_storefront("mock")) as browser:
        where = found.path or "Playwright's own"
        return f"{browser.name} ({where})"


def _versions() -> str:
    return (
        f"unorder {version('unorder')}, playwright {version('playwright')}, "
        f"Python {sys.version.split()[0]}"
    )


def _configuration() -> str:
    settings = read_settings()
    path = settings_file()
    if path is None:
        return "none is written; the practice store needs none"
    names = ", ".join(settings.accounts) or "no accounts"
    return f"{path.absolute()}: {names}"


def _disk(runs: Path) -> str:
    free = shutil.disk_usage(private_folder(runs)).free
    if free < _ROOM:
        raise UnorderError(f"{free // 2**20} MiB free; a run needs {_ROOM // 2**20}")
    return f"{free // 2**20} MiB free"


def _clock() -> str:
    """The journal's own look says whether it went back."""
    now = datetime.now(UTC)
    return f"{now:%Y-%m-%d %H:%M} UTC, {now.astimezone():%H:%M %Z} here"


def _sign_ins() -> str:
    told = [f"{name} {age.total_seconds() / 3600:.0f} h ago"
            for name, age in sessions.ages(datetime.now(UTC)).items()]  # fmt: skip
    return ", ".join(told) or "none is kept"


def _journal(runs: Path) -> str:
    if _none_yet(runs):
        return "none yet"
    with closing(Journal.open(runs)) as journal:
        journal.prove()
        return f"whole, {len(journal.entries())} entries"


def _clicks(runs: Path) -> str:
    """A request that the store has not decided is no fault; a click that nobody followed up is."""
    if _none_yet(runs):
        return "none was made"
    with closing(Journal.open(runs)) as journal:
        left = [intent for intent in open_intents(journal) if intent.outcome is None]
    if left:
        runs_told = ", ".join(intent.run for intent in left)
        raise UnorderError(
            f"clicked, not settled: {runs_told}", hint="`unorder verify` reads those orders again"
        )
    return "all are settled, or wait for the store"


def _none_yet(runs: Path) -> bool:
    return not os.environ.get(ELSEWHERE) and not (runs / NAME).exists()
