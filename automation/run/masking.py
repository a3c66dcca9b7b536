"""Keeping secrets and personal data out of everything that a run leaves behind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from playwright.sync_api import Page

from automation.pages.storefront import Storefront
from automation.pages.values import folded

CHIP = "▮▮▮▮"
COVER = "#c8c6c0"
_SHORT = 3  # characters; a shorter text is looked for as a word of its own
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CARD = re.compile(r"\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}\b")
# Everything by which elements say something, to eyes and to screen readers.
TEXTS_OF = """(elements => elements
  .flatMap(one => [one, ...one.querySelectorAll("*")])
  .flatMap(one => [one.innerText, one.value, one.alt, one.title, one.placeholder, one.ariaLabel])
  .filter(text => typeof text === "string" && text.trim()))"""
_PERSONAL_TEXTS = f"personal => {TEXTS_OF}([...document.querySelectorAll(personal)])"


class Masker:
    """Knows what must not be kept: the account's secrets, and what a profile calls personal."""

    def __init__(self, storefront: Storefront) -> None:
        self._selectors = storefront.personal
        self.covered = False  # whether the pages cover themselves; see `covering`
        self._hidden: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    @property
    def personal(self) -> str:
        """A selector of what to cover on a picture; "" for nothing."""
        return ", ".join(self._selectors)

    def hide(self, *secrets: str) -> None:
        """Take note of texts that must not be kept."""
        new = {folded(secret) for secret in secrets} - self._hidden - {""}
        if new:
            self._hidden |= new
            self._pattern = None

    def learn(self, page: Page) -> None:
        """Take note of the personal texts that this page shows, so that `text` can hide them.

        Raises a Playwright `Error` when they cannot be read; then nothing of it may be kept.
        """
        if not self._selectors:
            return
        self.note(page.evaluate(_PERSONAL_TEXTS, self.personal))

    def note(self, texts: Iterable[str]) -> None:
        """Take note of what personal elements say, whole and line by line."""
        for text in texts:
            self.hide(text, *text.splitlines())

    def text(self, text: str) -> str:
        """*text* without secrets, personal data, e-mail addresses and card numbers."""
        if self._pattern is None:
            longest_first = sorted(self._hidden, key=len, reverse=True)
            self._pattern = re.compile(
                "|".join(form for hidden in longest_first for form in _forms(hidden)) or "(?!)",
                re.IGNORECASE,
            )
        return _CARD.sub(CHIP, _EMAIL.sub(CHIP, self._pattern.sub(CHIP, text)))


def _forms(hidden: str) -> list[str]:
    """Patterns for a text as a page says it, as an outline quotes it, and as an address holds it.

    Styles change its case and markup its white space.
    """
    if len(hidden) < _SHORT and hidden.isascii():
        return [rf"(?<!\w){re.escape(hidden)}(?!\w)"] if hidden.isalnum() else []
    written = {hidden, json.dumps(hidden, ensure_ascii=False)[1:-1], quote(hidden, safe=""),
               quote_plus(hidden)}  # fmt: skip
    return [r"\s+".join(map(re.escape, form.split())) for form in sorted(written)]
