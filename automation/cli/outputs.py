"""Where a command writes, looked at while its words are read: before an hour of work, not after."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import click

from automation.errors import InputError

_HINT = "name another place"


class _OutputFile(click.Path):
    """A file that can be written, in a folder that is there."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        path = Path(str(super().convert(value, param, ctx)))
        if not path.parent.is_dir():
            raise InputError(
                f"there is no folder `{path.parent}` to write `{path.name}` into",
                hint="make it, or name another one",
            )
        if path.exists():
            if not os.access(path, os.W_OK):
                raise InputError(f"cannot write to `{path}`", hint=_HINT)
        else:
            _try(path.parent, path)
        return path


class _OutputFolder(click.Path):
    """A folder that files can be written into, or that can be made."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        path = Path(str(super().convert(value, param, ctx)))
        _try(next(each for each in (path, *path.absolute().parents) if each.exists()), path)
        return path


def _try(folder: Path, asked: Path) -> None:
    """Write something into *folder*, and leave nothing there: what is allowed may still fail."""
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise InputError(f"cannot write to `{asked}`: {reason}", hint=_HINT) from problem


OUTPUT_FILE = _OutputFile(path_type=Path, dir_okay=False)
OUTPUT_FOLDER = _OutputFolder(path_type=Path, file_okay=False)
