"""The command in a process of its own, which can be made to die at a chosen moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
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


def killed(process: subprocess.Popen[str]) -> None:
    """Kill it and everything that it has started, as a power cut would."""
    family = [process.pid]
    for parent in family:  # grows while it is walked
        # A child is listed with the thread that started it.
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            family += map(int, path.read_text().split())
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.communicate()


def closing(ended: CompletedProcess[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return told
