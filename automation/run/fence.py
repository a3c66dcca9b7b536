"""Holding back what cancels, until a run has asked its guards and written its intent.

Whatever a page object presses, whatever a page's script or the browser itself sends ahead: no
request for the address that a profile names as the last control's leaves before the one click.
"""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Request, Route

from automation.pages.storefront import Storefront

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Fence:
    """Stands round one context of a storefront whose profile says where the last control leads."""

    def __init__(self, context: BrowserContext, storefront: Storefront) -> None:
        described = storefront.description
        self._pattern = described.cancel.commit.any_request() if described else None
        self._context = context
        self.held: list[str] = []

    def close(self) -> None:
        if self._pattern:
            self._context.route(self._is_near, self._hold)

    def open(self) -> None:
        if self._pattern:
            with suppress(Error):  # the browser may be gone
                self._context.unroute(self._is_near, self._hold)

    def is_round(self, request: Request) -> bool:
        """Whether this is what the last control asks for."""
        return self._matches(request.url, request.method)

    def _is_near(self, url: str) -> bool:
        return self._matches(url, *_METHODS)

    def _matches(self, url: str, *methods: str) -> bool:
        if self._pattern is None:
            return False
        whole = _address(url)
        # A form that is sent by GET puts its fields behind the address that it names.
        addresses = {whole, whole.partition("?")[0]}
        return any(self._pattern.fullmatch(f"{m} {one}") for m in methods for one in addresses)

    def _hold(self, route: Route) -> None:
        if self.is_round(route.request):
            # What a page fetches ahead of a click is held back too, and is nobody's step.
            if route.request.is_navigation_request() or route.request.method != "GET":
                self.held.append(_aim_of(route.request))
            route.abort()
        else:
            route.fallback()


def _aim_of(request: Request) -> str:
    return f"{request.method} {_address(request.url)}"


def _address(url: str) -> str:
    return re.sub(r"^[a-z]+://[^/]+", "", urlsplit(url)._replace(fragment="").geturl())
