"""`python -m benchmarks.speed`: unorder beside other ways to cancel the same order."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.speed import document
from benchmarks.speed.browsers import the_browser
from benchmarks.speed.report import Report
from benchmarks.speed.rounds import Results, Rounds
from benchmarks.speed.shop import Counter
from benchmarks.speed.signing_in import Errands
from benchmarks.speed.ways import WAYS, Way
from mock_store.server import serve
from mock_store.store import Store


def main() -> None:
    names = [way.name for way in WAYS]
    options = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    options.add_argument("--times", type=int, default=9, help="rounds, after one to warm up")
    options.add_argument("--only", nargs="+", choices=names, default=names, metavar="WAY",
                         help=", ".join(names))  # fmt: skip
    options.add_argument("--write", action="store_true",
                         help="write the table and the chart into docs/")  # fmt: skip
    asked = options.parse_args()
    ways = [way for way in WAYS if way.name in asked.only]
    report, results = measure(ways, max(1, asked.times))
    print(report.text())
    if asked.write:
        document.put("speed", report.text())
        document.picture("performance.svg", report.picture())
    sys.exit(1 if results.failed else 0)


def measure(ways: list[Way], times: int) -> tuple[Report, Results]:
    store, counter = Store(), Counter()
    with (
        tempfile.TemporaryDirectory(prefix="unorder-speed-") as folder,
        serve(store, make=counter.make) as url,
    ):
        errands = Errands(url, the_browser(), Path(folder))
        rounds = Rounds(ways, store, counter)
        try:
            rounds.start(errands.file)
            rounds.go(times)
        finally:
            rounds.stop()
    store.close()
    return Report(ways, rounds.results, times, errands.browser), rounds.results


if __name__ == "__main__":
    main()
