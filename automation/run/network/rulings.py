"""Which requests of a described storefront may leave the browser. Pure: no browser, no clock.

Before the one click nothing leaves that may change something, unless the profile declares it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from automation.pages.cancel_words import (
    looks_like_a_cancellation,
    names_something,
    stems_of,
)
from automation.pages.description import Opener
from automation.pages.request_patterns import RequestPattern
from automation.pages.storefront import Storefront
from automation.run.network.paused import PausedRequest

# Kinds of what a browser asks for, in its own words, that may be no mere part of a page.
_MAY_CHANGE = ("Document", "XHR", "Fetch", "EventSource", "Ping", "CSPViolationReport", "Other")


class Phase(Enum):
    """Where a run is."""

    BEFORE = "before the click"
    CLICK = "at the click"
    AFTER = "after the click"


class Ruling(Enum):
    """What becomes of a request."""

    ADMIT = "admit"
    COMMIT = "admit, as the one click"
    BLOCK = "block"
    CANCELS = "block, and end the walk: it may cancel"


@dataclass(frozen=True)
class Rulings:
    """What the profile of a storefront says of its requests."""

    storefront: Storefront
    commit: RequestPattern
    openers: tuple[Opener, ...]

    @classmethod
    def of(cls, storefront: Storefront) -> Rulings:
        """Those of a described storefront."""
        assert storefront.description
        cancel = storefront.description.cancel
        return cls(storefront, cancel.commit.request, cancel.opens)

    def on(
        self,
        request: PausedRequest,
        phase: Phase,
        *,
        order: str,
        number: str,
        pressing: Opener | None,
    ) -> Ruling:
        """What becomes of a request. *number* is the store's own of the order; "" if not known.

        *pressing* is what was pressed last of that which leads to the click.
        """
        if self._cancels(request, phase, pressing):
            asked = request.method, request.address, request.fields
            own = self.commit.allows(*asked, order=order, number=number)
            return Ruling.COMMIT if phase is Phase.CLICK and own else Ruling.CANCELS
        if self._is_declared(request, pressing):
            return Ruling.ADMIT
        if phase is Phase.BEFORE and self._may_cancel(request, order):
            return Ruling.CANCELS
        return Ruling.ADMIT if request.only_reads else Ruling.BLOCK

    def patterns(self) -> list[dict[str, str]]:
        """Which requests must be ruled on at all, as `Fetch.enable` takes it.

        An image, a style or a script is asked for by GET only, so it matters where the click is a
        GET itself.
        """
        asked = [{"urlPattern": "*", "resourceType": kind} for kind in _MAY_CHANGE]
        if self.commit.method == "GET":
            asked.append({"urlPattern": f"*{self.commit.wildcard}*"})
        return asked

    def looks_like_one(self, address: str) -> bool:
        """Whether this address looks as if asking for it cancelled an order."""
        return looks_like_a_cancellation(address, self._stems)

    def is_a_page(self, method: str, address: str) -> bool:
        """Whether the profile names this address as one of the store's pages."""
        return method == "GET" and any(self._names(page, address) for page in self._pages)

    # A page asks for many things, and each is ruled on.

    @cached_property
    def _stems(self) -> tuple[str, ...]:
        return stems_of(self.storefront.states)

    @cached_property
    def _pages(self) -> tuple[RequestPattern, ...]:
        addresses = self.storefront.addresses.values()
        return tuple(RequestPattern("GET", address) for address in addresses)

    def _names(self, declared: RequestPattern, address: str) -> bool:
        """Whether *declared* names this address; what it does not say must not cancel."""
        if not declared.is_sent_to(address):
            return False
        query = address.partition("?")[2]
        return declared.is_whole(address) or not self.looks_like_one(query)

    def _cancels(self, request: PausedRequest, phase: Phase, pressing: Opener | None) -> bool:
        """Whether it is what the last control asks for, for whichever order."""
        commit = self.commit
        if not commit.is_sent_to(request.address) or commit.agrees(request.fields) is False:
            return False
        if request.method == commit.method:
            return True
        if request.method == "OPTIONS":  # the browser asks whether it may ask
            return False
        # The profile may err in the method. Many shops show the question where they take the
        # answer, and after the click its own page may be at that address.
        reads = phase is not Phase.BEFORE or self._is_declared(request, pressing)
        return not (request.only_reads and reads)

    def _is_declared(self, request: PausedRequest, pressing: Opener | None) -> bool:
        asked = request.method, request.address, request.fields
        if self.is_a_page(request.method, request.address):
            return True
        declared = list(self.storefront.reads)
        declared += [each.goes_to for each in self.openers
                     if each.goes_to and each.goes_to.method == "GET"]  # fmt: skip
        if pressing:
            declared += [*pressing.sends, *([pressing.goes_to] if pressing.goes_to else [])]
        return any(each.allows(*asked) and self._names(each, asked[1]) for each in declared)

    def _may_cancel(self, request: PausedRequest, order: str) -> bool:
        address = request.address
        if request.ahead or not self.looks_like_one(address):
            return False
        if not request.only_reads:
            return True
        by_script = request.is_by_script and names_something(address, order)
        return request.opens_a_page or by_script
