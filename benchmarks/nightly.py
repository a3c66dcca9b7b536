"""`python -m benchmarks.nightly`: the processor time that an order costs in a night."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from faults.household import write_configuration, write_rules
from faults.proxy import proxied
from faults.roster import BOTTLE, LAMP, open_store
from faults.tables import table
from mock_store.server import serve

_COMMAND = "import sys; from automation.cli.main import main; sys.argv[0] = 'unorder'; main()"
_BODY = f"cancel:\n  - {{name: lamps, items: [{LAMP}]}}\n"


def _night(orders: int) -> tuple[float, float, int]:
    """A night's seconds of processor, without the store's, of clock, and requests to the store."""
    with tempfile.TemporaryDirectory(prefix="unorder-bench-") as temporary:
        folder = Path(temporary)
        store = open_store(folder)
        with serve(store) as behind, proxied(behind) as proxy:
            for _ in range(orders):
                store.place(LAMP, BOTTLE)
            rules = write_rules(folder, proxy.url, _BODY)
            environment = {**os.environ, "CI": "1", "UNORDER_STATE": f"{folder}/state",
                           "UNORDER_CONFIG": str(write_configuration(folder)),
                           "TMPDIR": temporary}  # fmt: skip
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            subprocess.run(  # noqa: S603 (our own command)
                [sys.executable, "-c", _COMMAND, "nightly", str(rules), "--commit", "--workers",
                 "1", "--runs", f"{folder}/runs"],
                env=environment, capture_output=True, check=True,
            )  # fmt: skip
            requests = len(proxy.seen)
            after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        store.close()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, ended - began, requests


def main() -> None:
    rows = []
    few, many = 2, 10
    measured = {orders: _night(orders) for orders in (few, many)}
    for orders, (spent, passed, requests) in measured.items():
        rows.append((orders, f"{spent:.1f}", f"{passed:.0f}", requests))
    print(table(("orders", "processor seconds", "seconds", "requests"), rows))
    each = (measured[many][0] - measured[few][0]) / (many - few)
    print(f"\nan order costs {each:.1f} processor seconds, a night without any "
          f"{measured[few][0] - few * each:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
