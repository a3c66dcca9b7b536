"""One click, one request: what a store receives of one click, way by way.

Two tables. The first presses one button in a bare browser, on a store of one page that counts what
it is sent and then ends the connection instead of answering. The second follows `cancel-items`
through all of unorder, on the practice store in its legacy mode, which carries out whatever it
receives; the store is asked how often that was. No number is asserted anywhere.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright, Route, sync_playwright

from automation.flow.binding import bind
from automation.flow.library import Library
from automation.pages.storefront import Patience
from automation.run.browser import OpenBrowser, find_browser, open_browser
from automation.run.engine import follow
from automation.run.following import Asked
from automation.run.gate import Gate
from automation.run.journal import Journal
from automation.run.once import Once
from automation.run.record import Run
from automation.run.rules import Rules
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from automation.storefronts.profile import open_storefront
from mock_store.server import serve
from mock_store.store import Store
from tests.support.dropping import HOST, PRESSES, Drop, DroppingStore, Over, dropping

LIBRARY = Library()
_ANSWERED = (
    "['answered', 'silence'].includes(document.title) || location.protocol === 'chrome-error:'"
)


@dataclass(frozen=True)
class Way:
    """One way to see to it that a click is one request."""

    name: str
    early: Callable[[BrowserContext], None] = lambda _context: None  # before the page is opened
    before: Callable[[Page], None] = lambda _page: None  # before the click
    gated: bool = False
    trusting: bool = False  # Node knows nothing of what the browser was told to trust


def _continued(page: Page) -> None:
    page.route("**/cancel", lambda route: route.continue_())


def _fetched_once(page: Page) -> None:
    """From Node, which does not repeat; but it is not the browser that the store knows."""

    def send(route: Route) -> None:
        try:
            route.fulfill(response=route.fetch(max_retries=0, max_redirects=0))
        except Error:
            route.abort("connectionreset")

    page.route("**/cancel", send)


def _hide(page: Page) -> None:
    page.context.set_offline(offline=True)
    page.context.set_offline(offline=False)


def _press_memory(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Memory.simulatePressureNotification", {"level": "critical"})


def _asks_to_close(context: BrowserContext) -> None:
    context.set_extra_http_headers({"Connection": "close"})


WAYS = (
    Way("as it is"),
    Way("route.continue_()", before=_continued),
    Way("offline and online again", before=_hide),
    Way("memory pressure", before=_press_memory),
    Way("Connection: close, for the click", before=lambda page: _asks_to_close(page.context)),
    Way("Connection: close, all along", early=_asks_to_close),
    Way("route.fetch(max_retries=0)", before=_fetched_once, trusting=True),
    Way("the gate", gated=True),
)


@contextmanager
def bare_browsers(playwright: Playwright, store: DroppingStore) -> Iterator[Callable[..., Page]]:
    """Opens pages: in a browser as it is, or in one behind a gate."""
    arguments = [store.trusted_by, "--disable-quic"]
    found = find_browser(headed=False)
    with Gate({HOST}) as gate:
        proxy = [f"--proxy-server={gate.address}", "--proxy-bypass-list=<-loopback>"]
        plain, gated = (
            playwright.chromium.launch(executable_path=found.path, args=[*arguments, *more])
            for more in ([], proxy)
        )
        print(f"{found.name} {plain.version}\n")

        def press(way: Way, over: Over, pressed: str, drop: Drop) -> int:
            browser = gated if way.gated else plain
            context = browser.new_context(ignore_https_errors=way.trusting)
            try:
                way.early(context)
                page = context.new_page()
                for path in ("/other", "/form"):
                    page.goto(store.url(over) + path)
                way.before(page)
                store.begin(drop)
                if way.gated:
                    gate.narrow(10)
                page.locator(f"#{pressed}").click(no_wait_after=True)
                page.wait_for_function(_ANSWERED)
                return store.sent
            finally:
                gate.widen()
                context.close()

        yield press
        plain.close()
        gated.close()


def bare_table(times: int, overs: list[Over], ways: list[Way], drops: list[Drop]) -> None:
    with sync_playwright() as playwright, dropping() as store:  # noqa: SIM117 (it prints first)
        with bare_browsers(playwright, store) as press:
            for over in overs:
                print(
                    f"{over}: requests that the store received of one click, {times} clicks each,"
                )
                print(f"by {', '.join(PRESSES)}")
                for drop in drops:
                    if drop is Drop.UNPROCESSED and over is not Over.H2:
                        continue
                    print(f"\n  the store {drop}")
                    for way in ways:
                        counts = [
                            Counter(press(way, over, pressed, drop) for _ in range(times))
                            for pressed in PRESSES
                        ]
                        shown = "  ".join(f"{_shown(count):<14}" for count in counts)
                        print(f"    {way.name:<34}{shown}", flush=True)
                print()


def _shown(count: Counter[int]) -> str:
    """`2` when it was always two; `1 (3) 2 (17)` when it was not."""
    if len(count) == 1:
        return str(next(iter(count)))
    return " ".join(f"{number} ({often})" for number, often in sorted(count.items()))


def own_table(times: int) -> None:
    print(f"unorder on the practice store, mode legacy, {times} runs each:")
    print("submits that the store counted, and the outcome")
    quirks = ("drops_on_commit_done", "drops_on_commit_not_done")
    with tempfile.TemporaryDirectory() as folder, open_browser(open_storefront("mock")) as browser:
        os.environ["UNORDER_STATE"] = folder
        journal = Journal.open(Path(folder) / "runs")
        for layout, quirk, drops in product(("documented", "current"), quirks, (1, None)):
            print(f"\n  {layout}, {quirk}, {'once' if drops else 'each time'}")
            for name, gated in (("as it is", False), ("the gate", True)):
                with _maybe(browser, gated=gated):
                    counts = Counter(
                        _followed(browser, journal, layout, quirk, drops) for _ in range(times)
                    )
                told = ", ".join(
                    f"{submits} {label} ({often})"
                    for (submits, label), often in sorted(counts.items())
                )
                print(f"    {name:<34}{told}", flush=True)
        journal.close()


def _followed(
    browser: OpenBrowser, journal: Journal, layout: str, quirk: str, drops: int | None
) -> tuple[int, str]:
    store = Store(mode="legacy", layout=layout)
    with serve(store) as url:
        storefront = replace(
            open_storefront("mock", base_url=url), patience=Patience(8, 3, 3, settle=2)
        )
        order = store.place("Desk lamp")
        store.quirks.add(quirk, times=drops)
        bound = bind(LIBRARY.find("cancel-items"), {"order": [order.number]}, storefront,
                     LIBRARY.find)  # fmt: skip
        asked = Asked(bound, storefront, Settings().account(None, storefront), Rules(), commit=True)
        run: Run = follow(asked, browser, journal, watcher=Watcher(), stopping=Stopping())
        submits = order.submits
    store.close()
    return submits, run.outcome.label


@contextmanager
def _maybe(browser: OpenBrowser, *, gated: bool) -> Iterator[None]:
    """A browser whose gate stays wide open, where it is not *gated*."""
    with ExitStack() as stack:
        if not gated:
            narrow = browser.narrow
            browser.narrow = Once  # type: ignore[method-assign]
            stack.callback(setattr, browser, "narrow", narrow)
        yield


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--over", choices=[over.name.lower() for over in Over], action="append")
    options.add_argument("--table", choices=["bare", "own"], action="append")
    options.add_argument("--way", choices=[way.name for way in WAYS], action="append")
    options.add_argument("--drop", choices=[drop.name.lower() for drop in Drop], action="append")
    told = options.parse_args()
    tables = told.table or ["bare", "own"]
    if "bare" in tables:
        overs = [Over[name.upper()] for name in told.over or ["http", "tls", "h2"]]
        ways = [way for way in WAYS if not told.way or way.name in told.way]
        drops = [drop for drop in Drop if not told.drop or drop.name.lower() in told.drop]
        bare_table(told.times, overs, ways, drops)
    if "own" in tables:
        own_table(told.times)


if __name__ == "__main__":
    main()
