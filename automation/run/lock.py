"""One run at a time for one order: a lock that a dead process does not hold."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from automation.errors import EnvironmentProblem, TryLater
from automation.run.places import state_folder


@contextmanager
def locked(subject: str) -> Iterator[None]:
    """Hold the lock of *subject*; `TryLater` if another process of this user holds it.

    The lock lies in the user's own folder and not beside the journal, so that two runs with
    different folders for what they leave behind still meet.
    """
    name = hashlib.sha256(subject.encode()).hexdigest()[:32]
    folder = state_folder("locks")
    with _opened(folder / f"{name}.lock") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TryLater(
                f"another run holds {subject.rpartition(' ')[2]}",
                hint="nothing was clicked; try again when that run has ended",
            ) from None
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as problem:
        raise EnvironmentProblem(
            f"cannot open the lock `{path}`: {problem.strerror}",
            hint="UNORDER_STATE names another folder for locks and signed-in state",
        ) from problem
    try:
        yield handle
    finally:
        os.close(handle)
