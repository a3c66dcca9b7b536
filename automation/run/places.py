"""Where unorder keeps its own files. Everything is readable by its owner only."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from automation.errors import EnvironmentProblem

_TRIED: set[Path] = set()  # folders that this process could write to: a run asks ten times


def state_folder(name: str) -> Path:
    """The folder *name* among the user's own state; `UNORDER_STATE` moves all of it."""
    root = os.environ.get("UNORDER_STATE") or platformdirs.user_state_dir("unorder")
    return private_folder(Path(root) / name)


def default_runs_folder() -> Path:
    """One journal for everything that a user runs; `UNORDER_RUNS` moves it."""
    named = os.environ.get("UNORDER_RUNS")
    return Path(named) if named else Path(platformdirs.user_state_dir("unorder")) / "runs"


def private_folder(path: Path) -> Path:
    """*path*, made if need be, closed to others."""
    known = path.absolute()
    if known in _TRIED and known.is_dir():
        return path
    try:
        for folder in (*reversed(path.parents), path):
            folder.mkdir(exist_ok=True, mode=0o700)  # `parents=True` would leave those open
        probe = path / f".writable-{os.getpid()}"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as problem:
        raise EnvironmentProblem(
            f"cannot write to `{path}`: {problem.strerror or problem}",
            hint="name a folder that you may write to: --runs DIR, or UNORDER_RUNS and "
            "UNORDER_STATE for good",
        ) from problem
    _TRIED.add(known)
    return path


def closed_to_others(folder: Path) -> None:
    """Take from others what other programs wrote into *folder*."""
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whatever the umask says."""
    how = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
    with os.fdopen(os.open(path, how, 0o600), "wb") as file:
        os.fchmod(file.fileno(), 0o600)  # it may have been there before
        file.write(content)


def write_durable(path: Path, content: bytes) -> None:
    """The same, and whole or not at all; when this returns, it is on the disk."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    write_private(new, content)
    _sync(new)
    new.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
