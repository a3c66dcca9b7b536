"""What it costs to block requests until the click: the same run in a described store, both ways.

The two ways take turns in one browser. No number is asserted anywhere.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from unittest.mock import patch

from automation.flow.binding import bind
from automation.flow.library import Library
from automation.outcome import Outcome
from automation.run.browser import OpenBrowser, open_browser
from automation.run.engine import follow
from automation.run.following import Asked
from automation.run.journal import Journal
from automation.run.network.request_blocker import RequestBlocker
from automation.run.rules import Rules
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from automation.storefronts.profile import open_storefront
from mock_store.boutique.app import create_boutique
from mock_store.boutique.shapes import Shapes
from mock_store.server import serve
from mock_store.store import Store

_ITEM = "Stoneware mug"
_NUMBERS = count(2001)


def main() -> None:
    """Print seconds with and without, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=15, help="how often each way")
    times = parser.parse_args().times
    taken: dict[bool, list[float]] = {True: [], False: []}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        store = Store()
        stack.callback(store.close)
        url = stack.enter_context(serve(store, make=partial(create_boutique, shapes=Shapes())))
        storefront = open_storefront("boutique", base_url=url)
        browser = stack.enter_context(open_browser(storefront))
        journal = Journal.open(Path(folder))
        stack.callback(journal.close)
        for turn in range(2 * (times + 1)):
            blocks = bool(turn % 2)
            seconds = _run(store, browser, journal, url, blocks=blocks)
            if turn > 1:  # the first of each signs in and warms up
                taken[blocks].append(seconds)
    with_, without = (statistics.median(taken[way]) for way in (True, False))
    pairs = [one / other for one, other in zip(taken[True], taken[False], strict=True)]
    print(
        f"blocking {with_:.2f} s, not blocking {without:.2f} s, ratio {with_ / without:.2f} "
        f"({min(pairs):.2f} to {max(pairs):.2f} in pairs), {times} runs each"
    )


def _run(store: Store, browser: OpenBrowser, journal: Journal, url: str, *, blocks: bool) -> float:
    order = store.place(_ITEM, number=str(next(_NUMBERS)))
    storefront = open_storefront("boutique", base_url=url)
    library = Library.of(storefront)
    bound = bind(library.find("cancel-items"), {"order": [order.number]}, storefront, library.find)
    account = Settings().account(None, storefront)
    asked = Asked(bound, storefront, account, Rules(), commit=True)
    with _blocking(blocks):
        started = time.monotonic()
        run = follow(asked, browser, journal, watcher=Watcher(), stopping=Stopping())
        seconds = time.monotonic() - started
    assert run.outcome is Outcome.CANCELLED, run.reason
    return seconds


@contextmanager
def _blocking(blocks: bool) -> Iterator[None]:
    with ExitStack() as stack:
        if not blocks:
            stack.enter_context(patch.object(RequestBlocker, "begin", lambda _blocker: None))
        yield


if __name__ == "__main__":
    main()
