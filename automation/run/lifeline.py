"""A run never waits for a browser that is gone.

Playwright's driver tells when its browser dies, and then whatever waits for it ends. Should the
driver hang instead, it is ended as well: to the run that is a driver that died.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from automation.run.leftovers import running_out_of

_EVERY = 5.0  # seconds
_LOOKS = 3  # that find no browser, one after the other


@contextmanager
def ends_with_its_browser(folder: Path) -> Iterator[None]:
    """Look again and again whether the browser that runs out of *folder* is still there.

    Only where the system tells of processes, as Linux does.
    """
    over = Event()
    watch = Thread(target=_watch, args=(folder, over), daemon=True)
    if sys.platform == "linux":
        watch.start()
    try:
        yield
    finally:
        over.set()
        if watch.is_alive():
            watch.join()


def _watch(folder: Path, over: Event) -> None:
    missed = 0
    while not over.wait(_EVERY):
        running = running_out_of(folder)
        drivers = [process for process in running if _is_driver(process)]
        missed = 0 if len(running) > len(drivers) else missed + 1
        if missed == _LOOKS:
            for driver in drivers:
                with suppress(OSError):
                    os.kill(driver, signal.SIGKILL)
            return


def _is_driver(process: int) -> bool:
    with suppress(OSError):
        return b"run-driver" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False
