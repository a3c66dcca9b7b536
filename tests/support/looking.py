"""Looking at the store as its shopper, and verifying what is open, in the browser of the tests."""

from __future__ import annotations

from pathlib import Path

from automation.outcome import Outcome
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser
from automation.run.journal import Journal
from automation.run.masking import Masker
from automation.run.settings import Settings
from automation.run.settling import settle_all
from automation.run.stopping import Stopping
from automation.run.visit import visiting


def seen(browser: OpenBrowser, storefront: Storefront, url: str) -> str:
    """What the signed-in shopper reads at this address."""
    account = Settings().account(None, storefront)
    with visiting(browser, storefront, account, Masker(storefront)) as visit:
        visit.page.goto(url)
        return visit.page.locator("body").inner_text()


def verified(browser: OpenBrowser, storefront: Storefront, runs: Path) -> dict[str, Outcome]:
    """What became of each open run of the first account, read now."""
    account = Settings().account(None, storefront)
    journal = Journal.open(runs)
    try:
        with visiting(browser, storefront, account, Masker(storefront)) as visit:
            settled = settle_all(visit, journal, Stopping(), storefront=storefront.key,
                                 account=account.name)  # fmt: skip
    finally:
        journal.close()
    return {run.id: run.outcome for run in settled}
