"""What a process and all that it started cost, as Linux tells it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_GONE = (FileNotFoundError, ProcessLookupError)
# Of what follows a process's name in its `stat`.
_PARENT, _USED = 1, slice(11, 15)  # by itself and by its children that have ended


def tree(root: int) -> list[int]:
    """The process and all below it."""
    children = defaultdict(list)
    for pid, stat in _all():
        children[int(stat[_PARENT])].append(pid)
    found = [root]
    for pid in found:  # grows meanwhile
        found += children[pid]
    return found


def cpu_seconds(root: int) -> float:
    """Of the whole tree so far, also of those in it that have ended."""
    ours = set(tree(root))
    used = sum(sum(map(int, stat[_USED])) for pid, stat in _all() if pid in ours)
    return used / _TICKS


def pss_mib(root: int) -> float | None:
    """Memory of the tree, what is shared counted in shares; `None` if it may not be read."""
    total = 0
    for pid in tree(root):
        try:
            with suppress(*_GONE):
                total += _pss(Path(f"/proc/{pid}/smaps_rollup").read_text())
        except PermissionError:
            return None
    return total / 1024


def _pss(rollup: str) -> int:
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


def _all() -> Iterator[tuple[int, list[str]]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(*_GONE):
                # A name may hold spaces and brackets.
                yield int(entry.name), (entry / "stat").read_text().rpartition(")")[2].split()
