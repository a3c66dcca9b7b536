"""`python -m benchmarks.shared_journal`: how many entries a second a shared journal takes."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from pathlib import Path

from automation.run.journal import ELSEWHERE, Journal
from faults.postgres import new_database, postgres
from faults.tables import table

_ENTRIES = 1500
_BODY = {"states": {"Desk lamp": "cancelled", "USB-C cable": "ordered"}, "words": "x" * 400}


def _write(url: str, folder: str, entries: int) -> None:
    os.environ.update({ELSEWHERE: url, "UNORDER_STATE": f"{folder}/state"})
    journal = Journal.open(Path(folder))
    for number in range(entries):
        journal.write(f"run-{os.getpid()}-{number // 13}", "note", _BODY)
    journal.close()


def _timed(url: str, folder: str, processes: int) -> float:
    each = _ENTRIES // processes
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=_write, args=(url, f"{folder}/{number}", each))
        for number in range(processes)
    ]
    started = time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return each * processes / (time.monotonic() - started)


def main() -> None:
    with postgres() as server, tempfile.TemporaryDirectory() as folder:
        rows = []
        for processes in (1, 2, 4):
            url = new_database(server)
            rate = _timed(url, folder, processes)
            rows.append((processes, f"{rate:.0f}"))
        print(table(("processes that write", "entries a second"), rows))
        os.environ[ELSEWHERE] = url
        os.environ["UNORDER_STATE"] = f"{folder}/state"
        journal = Journal.open(Path(folder))
        started = time.monotonic()
        journal.prove()
        first = time.monotonic() - started
        started = time.monotonic()
        journal.prove()
        again = time.monotonic() - started
        journal.close()
        print(f"\nproved {_ENTRIES} entries in {first * 1000:.0f} ms, again {again * 1000:.0f} ms")


if __name__ == "__main__":
    main()
