"""The command `unorder` in a process of its own that was made ready beforehand.

It is forked from an interpreter that has loaded everything, so that a case costs a browser and not
a browser and Python's imports. From there on it is the real command, its signals and its exit code.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """One command, where its output goes, and at which moment it kills itself, if at one."""

    words: tuple[str, ...]
    output: Path
    state: Path
    temporary: Path
    dies_when: str = ""  # armed, clicked or reading_back
    sent: int = signal.SIGKILL


def act(part: Part) -> None:
    """The body of the process; it ends as the command does."""
    handle = os.open(part.output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.environ.update(UNORDER_STATE=str(part.state), TMPDIR=str(part.temporary), CI="1")
    os.environ.pop("UNORDER_CONFIG", None)
    from automation.cli import running  # noqa: PLC0415 (loaded before the fork)
    from automation.cli.main import main  # noqa: PLC0415
    from automation.cli.terminal import Progress  # noqa: PLC0415

    class Dying(Progress):
        """Kills its own process when it is told of a moment."""

    if part.dies_when:

        def die(*_about: object, **_more: object) -> None:
            os.kill(os.getpid(), part.sent)

        setattr(Dying, part.dies_when, die)
    running.__dict__["Progress"] = Dying  # in this process only
    sys.argv = ["unorder", *part.words]
    main()
