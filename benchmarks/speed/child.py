"""A way's process, as the parent sees it."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.speed.processes import cpu_seconds, pss_mib, tree

_PATIENCE = 60.0  # seconds for one order, and for the start


class WayFailed(Exception):  # noqa: N818 (it says of a way that it is left out, and why)
    """A way did not do what it was asked for."""


class Child:
    """A process that waits for order numbers. It is warm when it is made."""

    def __init__(self, command: Sequence[str], errors: Path, environment: dict[str, str]) -> None:
        self._errors = errors
        with errors.open("w") as log:
            self._process = subprocess.Popen(  # noqa: S603 (our own command)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, bufsize=0,
                env={**os.environ, **environment},
            )  # fmt: skip
        try:
            self._ready()
        except WayFailed:
            self.stop()
            raise

    def cancel(self, number: str) -> float:
        """How many seconds it took to cancel this order."""
        assert self._process.stdin
        begun = time.perf_counter()
        try:
            self._process.stdin.write(f"{number}\n".encode())
        except BrokenPipeError:
            raise WayFailed(self._last_words()) from None
        self._ready()
        return time.perf_counter() - begun

    def cpu(self) -> float:
        return cpu_seconds(self._process.pid)

    def pss(self) -> float | None:
        return pss_mib(self._process.pid)

    def stop(self) -> None:
        """Let it end; what does not is ended."""
        below = tree(self._process.pid)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        for pid in below[1:]:
            with suppress(ProcessLookupError):
                os.kill(pid, 9)

    def _ready(self) -> None:
        assert self._process.stdout
        readable, _, _ = select.select([self._process.stdout], [], [], _PATIENCE)
        if not readable:
            raise WayFailed(f"no answer within {_PATIENCE:.0f} s")
        line = self._process.stdout.readline()
        if line != b"ready\n":
            raise WayFailed(self._last_words())

    def _last_words(self) -> str:
        lines = self._errors.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it ended without a word"
