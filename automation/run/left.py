"""What a visit leaves to the next one of the same account: its context, still signed in.

To make a context, its pages and their processes anew takes a whole Chrome a quarter of what a run
costs it. A person's browser does not do it either.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from playwright.sync_api import BrowserContext, Error, Page

from automation.pages.storefront import Storefront
from automation.run.accounts import Account
from automation.run.kept_pages import empty, forget_what_was_loaded

_MOST = 50  # visits of one context: what a browser gathers meanwhile must not grow without end


@dataclass(frozen=True)
class Whose:
    """Of whose visit a context is. Only one of which all this is the same may go on in it."""

    storefront: Storefront
    account: Account
    signed_in_at: datetime
    phone: bool
    covered: bool


class Left:
    """The context of the visit before, with one empty page; or none."""

    def __init__(self) -> None:
        self._left: tuple[Whose, BrowserContext] | None = None
        self._visits = 0

    def take(self, whose: Whose) -> BrowserContext | None:
        """What was left for this visit, if it can be used. What was left for another is closed."""
        left, self._left = self._left, None
        if left:
            owner, context = left
            if owner == whose and self._visits < _MOST and _is_alive(context):
                return context
            with suppress(Error):
                context.close()
        self._visits = 0
        return None

    def leave(self, whose: Whose, context: BrowserContext, kept: Page) -> None:
        """Leave it with the page *kept*, and with nothing of what was loaded.

        A Playwright `Error` where that cannot be seen to; then it is not left.
        """
        for page in context.pages:
            if page is not kept:
                page.close()
        empty(kept)
        forget_what_was_loaded(kept)
        self._left = whose, context
        self._visits += 1


def _is_alive(context: BrowserContext) -> bool:
    try:
        (page,) = context.pages
        page.evaluate("1")
    except (Error, ValueError):
        return False
    return True
