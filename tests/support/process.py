"""The command in a process of its own, which can be made to die at a chosen moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from subprocess import CompletedProcess
from typing import Any

# The command itself, with a watcher that kills it when it is told of MOMENT.
DYING = """
import os, signal, sys
from automation.cli import running
from automation.cli.main import main

class Dying(running.Progress):
    def {moment}(self, *_):
        os.kill(os.getpid(), signal.{signal})

running.Progress = Dying
sys.argv[0] = "unorder"
main()
"""


def line(*words: str, moment: str = "nothing", sent: str = "SIGKILL") -> list[str]:
    """The command line of `unorder *words*`, which dies at this moment."""
    return [sys.executable, "-c", DYING.format(moment=moment, signal=sent), *words]


def start(*words: str, moment: str = "nothing", sent: str = "SIGKILL") -> CompletedProcess[str]:
    return subprocess.run(
        line(*words, moment=moment, sent=sent),
        capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "CI": "1"},
    )  # fmt: skip


def closing(ended: CompletedProcess[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return told
