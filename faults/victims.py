"""Which processes belong to a run: its driver, its browser, and what was left of dead ones."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def victims(kill: str, runner: int) -> list[tuple[int, int]]:
    """Who is to be sent which signal."""
    who, _, _ = kill.partition(" ")
    driver = [child for child in _children(runner) if b"run-driver" in _words(child)]
    match who:
        case "runner":
            return [(runner, signal.SIGKILL)]
        case "SIGTERM":
            return [(runner, signal.SIGTERM)]
        case "driver":
            return [(process, signal.SIGKILL) for process in driver]
        case "browser":
            browser = [each for process in driver for each in _descendants(process)]
            return [(process, signal.SIGKILL) for process in browser]
        case _:
            return []


def family(process: int, *, with_browsers: bool) -> list[int]:
    """A command, its workers, and, if asked for, all that these have started; parents first."""
    own = [one for one in _children(process) if b"automation.jobs.worker" in _words(one)]
    return [process, *(_descendants(process) if with_browsers else own)]


def running_out_of(folder: Path) -> list[int]:
    """Processes whose files or profile lie somewhere in *folder*."""
    mine = os.fsencode(folder)
    found = []
    for process in _PROC.glob("[0-9]*"):
        with suppress(OSError):
            told = (process / "environ").read_bytes() + b"\0" + (process / "cmdline").read_bytes()
            words = told.replace(b"=", b"\0").split(b"\0")
            if any(word.startswith(mine + b"/unorder-browser-") for word in words):
                found.append(int(process.name))
    return found


def _descendants(process: int) -> Iterator[int]:
    for child in _children(process):
        yield child
        yield from _descendants(child)


def _children(parent: int) -> list[int]:
    found = []
    for process in _PROC.glob("[0-9]*"):
        with suppress(OSError, IndexError):
            # The fields after the command's name, which may itself hold spaces and brackets.
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(process.name))
    return found


def _words(process: int) -> bytes:
    with suppress(OSError):
        return (_PROC / str(process) / "cmdline").read_bytes()
    return b""
