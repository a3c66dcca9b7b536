"""What the commands about many orders share: options, workers and journal, a line of progress."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from automation.cli.pipe import even_if_nobody_reads

if TYPE_CHECKING:
    from automation.jobs.crew import Crew
    from automation.jobs.reading import Post, RulesFile
    from automation.run.journal import Journal

F = TypeVar("F", bound=Callable[..., object])
WORKERS = click.option("--workers", type=click.IntRange(1, 64),
                       help="How many accounts at once; by the machine, if not said.")  # fmt: skip


class _Since(click.ParamType[datetime]):
    """A moment of the past: so long ago, or the beginning of a day."""

    name = "since"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        found = re.fullmatch(r"([1-9]\d{0,4})([mhd])", str(value))
        if found:
            unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2]]
            return datetime.now(UTC) - timedelta(**{unit: int(found[1])})
        try:
            return datetime.combine(date.fromisoformat(str(value)), time()).astimezone()
        except ValueError:
            self.fail(f"`{value}` is neither a length of time, as 7d, nor a day, as 2026-11-24",
                      param, ctx)  # fmt: skip


SINCE = _Since()


@dataclass(frozen=True)
class AtWork:
    """Where things are kept, and who does them."""

    folder: Path
    journal: Journal
    crew: Crew


@contextmanager
def at_work(
    runs_folder: Path | None, workers: int | None, rules: RulesFile | None = None
) -> Iterator[AtWork]:
    """A journal and a crew while the block runs; signals are listened to."""
    from automation.jobs.crew import Crew, default_workers  # noqa: PLC0415 (start-up)
    from automation.run.journal import Journal  # noqa: PLC0415
    from automation.run.places import default_runs_folder  # noqa: PLC0415
    from automation.run.stopping import Stopping  # noqa: PLC0415

    folder = (runs_folder or default_runs_folder()).resolve()
    journal = Journal.open(folder)
    stopping = Stopping()
    crew = Crew(folder, stopping, workers=workers or default_workers(), rules=rules)
    try:
        with stopping.listening():
            yield AtWork(folder, journal, crew)
    finally:
        journal.close()


class Status:
    """One line at the foot of a terminal; silent elsewhere. Accounts speak at the same time."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty() and not os.environ.get("CI")
        self._turn = threading.Lock()
        self._parts: dict[str, str] = {}
        self._tail = ""

    def say(self, post: Post, text: str) -> None:
        """What is known of an account now."""
        with self._turn, even_if_nobody_reads():
            self._parts[str(post.where)] = text
            self._show()

    def tail(self, text: str) -> None:
        """What is known of all of it."""
        with self._turn, even_if_nobody_reads():
            self._tail = text
            self._show()

    def line(self, text: str) -> None:
        """A line that stays."""
        with self._turn, even_if_nobody_reads():
            self._wipe()
            click.echo(text, err=True)
            self._show()

    def done(self) -> None:
        with self._turn, even_if_nobody_reads():
            self._wipe()
            self._parts.clear()
            self._tail = ""

    def opened(self, post: Post, note: dict[str, Any]) -> None:
        """A worker tells how many orders it has opened."""
        self.say(post, f"{post.account.name}: order {note['opened']} of {note['of']}")

    def _show(self) -> None:
        if self._live and (self._parts or self._tail):
            told = "   ".join(filter(None, [*self._parts.values(), self._tail]))
            width = os.get_terminal_size(sys.stderr.fileno()).columns - 1
            sys.stderr.write(f"\r\033[K{told[:width]}")
            sys.stderr.flush()

    def _wipe(self) -> None:
        if self._live:
            sys.stderr.write("\r\033[K")


def columns(rows: list[tuple[str, ...]], widths: tuple[int, ...]) -> Iterator[str]:
    """Rows as lines, each column so wide as its widest entry but no wider than is said."""
    for row in rows:
        shown = []
        for at, text in enumerate(row[:-1]):
            widest = min(widths[at], max(len(click.unstyle(each[at])) for each in rows))
            shown.append(_cut(text, widest))
        yield "  ".join([*shown, row[-1]]).rstrip()


def _cut(text: str, width: int) -> str:
    plain = click.unstyle(text)
    if len(plain) > width:
        return plain[: width - 1] + "…"
    return text + " " * (width - len(plain))
