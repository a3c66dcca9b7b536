"""Keeping secrets and personal data out of everything that a run leaves behind."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from automation.pages.storefront import Storefront

CHIP = "▮▮▮▮"
COVER = "#c8c6c0"
_PATIENCE = 5_000  # milliseconds
_SHORTEST = 3  # a shorter text would blank out half of every page
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CARD = re.compile(r"\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}\b")


class Masker:
    """Knows what must not be kept: the account's secrets, and what a profile calls personal."""

    def __init__(self, storefront: Storefront) -> None:
        self._selectors = storefront.personal
        self.covered = False  # whether the pages cover themselves; see `covering`
        self._hidden: set[str] = set()

    def covers(self, page: Page) -> list[Locator]:
        """What to cover on a picture. Not by a style sheet: a store's CSP would forbid it."""
        if self.covered:
            return []  # a cover that comes and goes would flash in the film
        return [page.locator(selector) for selector in self._selectors]

    def hide(self, *secrets: str) -> None:
        """Take note of texts that must not be kept."""
        self._hidden.update(secret for secret in secrets if secret)

    def learn(self, page: Page) -> None:
        """Take note of the personal texts that this page shows, so that `text` can hide them.

        Raises a Playwright `Error` when they cannot be read; then nothing of it may be kept.
        """
        if not self._selectors:
            return
        texts: list[str] = page.locator("html").evaluate(
            "(page, personal) => [...page.querySelectorAll(personal)].map(one => one.innerText)",
            ", ".join(self._selectors),
            timeout=_PATIENCE,
        )
        for text in texts:
            self._hidden.update(line.strip() for line in [text, *text.splitlines()])

    def text(self, text: str) -> str:
        """*text* without secrets, personal data, e-mail addresses and card numbers."""
        for hidden in sorted(self._hidden, key=len, reverse=True):
            if len(hidden) >= _SHORTEST:
                text = text.replace(hidden, CHIP)
        return _CARD.sub(CHIP, _EMAIL.sub(CHIP, text))
