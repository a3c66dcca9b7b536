"""What the safety costs: our `cancel-items` beside the same clicks as a bare Playwright script.

Both in one process and one browser, interleaved, so that a slow moment strikes both. A run of
ours reads the order, asks the guards, writes the journal, keeps pictures and a report, and reads
the order back; the bare script does none of that, but signs in anew each time. Medians and their
ratio are printed; no number is asserted anywhere.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from automation.flow.binding import bind
from automation.flow.library import Library
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser, open_browser
from automation.run.engine import follow
from automation.run.following import Asked
from automation.run.journal import Journal
from automation.run.rules import Rules
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from automation.storefronts.profile import open_storefront
from mock_store.server import serve
from mock_store.store import PlacedOrder, Store

LIBRARY = Library()
BUTTON = "Cancel selected items in this order"


@dataclass
class Timed:
    """Seconds of each repetition of one way to do it."""

    name: str
    act: Callable[[PlacedOrder], None]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def once(self, order: PlacedOrder) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        self.act(order)
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(time.process_time() - cpu)
        assert (order.state, order.submits) == ("cancelled", 1), self.name


def bare(browser: OpenBrowser, storefront: Storefront, order: PlacedOrder) -> None:
    demo = next(iter(storefront.demo_accounts.values()))
    page = browser.new_context(language="en", state=None).new_page()
    page.goto(storefront.url("orders"))
    page.get_by_label("E-mail").fill(demo.email)
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()
    page.goto(storefront.url("order", order=order.number))
    page.get_by_role("link", name="Cancel items").first.click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=BUTTON).click()
    page.locator("#cancel-summary").wait_for()
    page.context.close()


def ours(
    browser: OpenBrowser, storefront: Storefront, journal: Journal, order: PlacedOrder
) -> None:
    bound = bind(LIBRARY.find("cancel-items"), {"order": [order.number]}, storefront, LIBRARY.find)
    account = Settings().account(None, storefront)
    asked = Asked(bound, storefront, account, Rules(), commit=True)
    follow(asked, browser, journal, watcher=Watcher(), stopping=Stopping())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=9)
    times = options.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        os.environ["UNORDER_STATE"] = folder
        store = Store()
        with serve(store) as url:
            storefront = open_storefront("mock", base_url=url)
            journal = Journal.open(Path(folder) / "runs")
            with open_browser(storefront) as browser:
                ways = [
                    Timed("bare Playwright", lambda order: bare(browser, storefront, order)),
                    Timed("unorder", lambda order: ours(browser, storefront, journal, order)),
                ]
                for way in ways * (times + 1):
                    way.once(store.place("Desk lamp"))
                print_table(ways, browser.name)
            journal.close()
        store.close()


def print_table(ways: list[Timed], browser: str) -> None:
    first = statistics.median(ways[0].wall[1:])
    print(f"{browser}, {len(ways[0].wall) - 1} times each, after one to warm up")
    print(f"{'':<18}{'median':>9}{'least':>9}{'most':>9}{'CPU here':>10}{'ratio':>7}")
    for way in ways:
        wall = way.wall[1:]
        median = statistics.median(wall)
        cpu = statistics.median(way.cpu[1:])
        print(f"{way.name:<18}{median:>8.2f}s{min(wall):>8.2f}s{max(wall):>8.2f}s"
              f"{cpu:>9.2f}s{median / first:>7.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
