"""What a browser leaves behind when its run is killed: a folder of its own, and maybe processes.

Each browser gets a temporary folder that its run holds a lock in. A dead run holds nothing, so the
next one finds its folder, ends what still runs out of it, and removes it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "unorder-browser-"
_OWNER = "owner"


@contextmanager
def own_folder() -> Iterator[Path]:
    """A temporary folder for one browser. What dead runs left is removed first."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    new = folder / f"{_OWNER}.new"
    handle = os.open(new, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        new.rename(folder / _OWNER)  # nobody ever sees it without its lock
        yield folder
    finally:
        _end(folder)
        os.close(handle)


def sweep() -> None:
    """Remove the folders of this user's dead runs, and end what still runs out of them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            handle = os.open(folder / _OWNER, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _end(folder)
            finally:
                os.close(handle)


def running_out_of(folder: Path) -> list[int]:
    """The other processes that have *folder* for their files: a driver, and a browser's."""
    others = (each for each in Path("/proc").glob("[0-9]*") if int(each.name) != os.getpid())
    return [int(process.name) for process in others if _runs_out_of(process, folder)]


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Processes that are started meanwhile keep their temporary files in *folder*."""
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _end(folder: Path) -> None:
    for process in running_out_of(folder):
        with suppress(OSError):
            os.kill(process, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def _runs_out_of(process: Path, folder: Path) -> bool:
    """Whether a process was started with *folder* for its files. Its name is nobody else's."""
    with suppress(OSError):
        if process.stat().st_uid != os.getuid():
            return False
        told = [*(process / "environ").read_bytes().split(b"\0"),
                *(process / "cmdline").read_bytes().split(b"\0")]  # fmt: skip
        mine = os.fsencode(folder)
        return b"TMPDIR=" + mine in told or any(
            word.startswith(b"--user-data-dir=" + mine + b"/") for word in told
        )
    return False
