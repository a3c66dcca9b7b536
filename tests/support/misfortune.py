"""The command in a process of its own that loses its disk at a chosen moment."""

from __future__ import annotations

import os
import subprocess
import sys
from subprocess import CompletedProcess

# From MOMENT on no file of this process can grow, as on a full disk. The browser is not touched.
_FULL = """
import resource, sys
from automation.cli import running
from automation.cli.main import main

class Full(running.Progress):
    def {moment}(self, *_, **__):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

running.Progress = Full
sys.argv[0] = "unorder"
main()
"""


def full_disk(*words: str, moment: str) -> CompletedProcess[str]:
    """`unorder *words*`, whose disk is full from that moment on."""
    return subprocess.run(
        [sys.executable, "-c", _FULL.format(moment=moment), *words],
        capture_output=True, text=True, timeout=300, check=False, env={**os.environ, "CI": "1"},
    )  # fmt: skip
