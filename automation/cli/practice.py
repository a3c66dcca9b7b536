"""A practice store of one's own for as long as a command runs, in a process of its own."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from automation.errors import EnvironmentProblem


@dataclass(frozen=True)
class PracticeStore:
    """Where it is, and the token that opens its control API."""

    url: str
    token: str

    def ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask the control API for something; what it answers."""
        request = urllib.request.Request(  # noqa: S310 (the address of our own store)
            f"{self.url}/_control/{path}",
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            told: dict[str, Any] = json.load(answer)
            return told


@contextmanager
def practice_store(*options: str) -> Iterator[PracticeStore]:
    """A store on a free port of this machine, closed again afterwards."""
    token = secrets.token_urlsafe(24)
    command = [sys.executable, "-m", "mock_store", "--port", "0", "--json",
               f"--control-token={token}", *options]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise EnvironmentProblem(
                    "the practice store did not start", hint="`unorder store` says why"
                )
            yield PracticeStore(json.loads(line)["url"], token)
        finally:
            process.terminate()
