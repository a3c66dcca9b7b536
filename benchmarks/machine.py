"""What a measurement was made on, in a few words."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path


def the_machine() -> str:
    """The day, the processor, and how busy it is: numbers of a busy machine are worth less."""
    load = f"{os.getloadavg()[0]:.1f}"
    cores = os.cpu_count()
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {_processor()}, {cores} cores, load {load} at the end; "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
                platform.machine())  # fmt: skip
