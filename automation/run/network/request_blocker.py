"""Blocking what may change something at a store, until a run has asked its guards.

From the first step to the one click, no request leaves the pages of a visit unless it only reads or
the profile declares it, whoever sends it. It uses the browser's own protocol for the whole browser:
Playwright's routes see no redirect, no shared worker, and nothing that a page sends as it is left
(docs/adr/0080-nothing-that-changes-leaves-before-the-click.md).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, WebSocketRoute

from automation.errors import EnvironmentProblem
from automation.pages.description import Opener
from automation.pages.pressing import Press
from automation.pages.readings import Order
from automation.pages.request_patterns import address_of
from automation.pages.storefront import Storefront
from automation.run.network.paused import PausedRequest
from automation.run.network.press_check import Objection, objection_to
from automation.run.network.rulings import Phase, Ruling, Rulings

_ERROR_REASON = "Aborted"  # so the page stays that asked for another


@dataclass(frozen=True)
class Blocked:
    """A request that did not leave. *step* is the word of the flow that was being followed."""

    request: str  # its method and address
    step: str
    cancels: bool  # whether it may be what cancels
    wanted: bool  # whether a page opens by it, or a script waits for it


@dataclass(frozen=True)
class LeftEarly:
    """A request that left before the click, and that might have changed the order."""

    request: str
    step: str


class RequestBlocker:
    """Sits between the pages of one visit and its store, if a profile describes that."""

    def __init__(self, context: BrowserContext, storefront: Storefront) -> None:
        self._context = context
        self._rulings = Rulings.of(storefront) if storefront.description else None
        self._session: CDPSession | None = None
        self._owner = ""  # the context, in the browser's words
        self._phase = Phase.BEFORE
        self._order, self._number = "", ""
        self._pressing: Opener | None = None
        self._click: str | None = None  # the request that was admitted as the one click
        self.signing_in = False
        self.step = ""
        self.blocked: list[Blocked] = []
        self.left_early: list[LeftEarly] = []
        self.clicks = 0  # requests that were admitted as the click

    @property
    def blocks(self) -> bool:
        """Whether anything is blocked here at all."""
        return self._rulings is not None

    def begin(self) -> None:
        """Block from here on. The context has a page.

        `EnvironmentProblem` in a browser that cannot be made to.
        """
        if self._rulings is None:
            return
        browser = self._context.browser
        if browser is None or browser.browser_type.name != "chromium":
            raise EnvironmentProblem(
                "this browser cannot block what a described store's pages send before the click",
                hint="use Chromium, Chrome or Edge, launched by unorder",
            )
        page = self._context.new_cdp_session(self._context.pages[0])
        self._owner = page.send("Target.getTargetInfo")["targetInfo"].get("browserContextId", "")
        page.detach()
        self._context.route_web_socket("**/*", self._swallow)
        self._session = browser.new_browser_cdp_session()
        self._session.on("Fetch.requestPaused", self._paused)
        self._session.send("Fetch.enable", {"patterns": self._rulings.patterns()})

    def end(self) -> None:
        """Block nothing more: the visit is over."""
        session, self._session = self._session, None
        with suppress(Error):  # the browser may be gone
            if session:
                session.detach()

    def about(self, order: Order) -> None:
        """The order that the run is about, as its own page shows it."""
        self._order, self._number = order.number, order.id

    def look_at(self, press: Press) -> Objection | None:
        """Why not to press this; else what the profile declares for it may leave."""
        if self._rulings is None:
            return None
        objection = objection_to(press, self._rulings)
        if objection is None:
            self._pressing = press.opener
        return objection

    def step_begins(self, step: str) -> None:
        """A step of the flow begins: what is sent from here on is put down to it."""
        self.step, self._pressing = step, None

    def admit_the_click(self) -> None:
        """Let the one request leave that is the click."""
        self._phase, self._pressing = Phase.CLICK, None

    def no_more(self) -> None:
        """The click is over: from here on its pages may read, and send nothing."""
        if self._phase is Phase.CLICK:
            self._phase = Phase.AFTER

    def told_of(self, step: str) -> str:
        """What of this step was blocked, for the message where it did not reach its page."""
        asked = dict.fromkeys(each.request for each in self.blocked if each.step == step)
        if not asked:
            return ""
        named = ", ".join(f"`{request}`" for request in asked)
        return (
            f"\n  The page asked for {named}, which was blocked: the profile does not declare it."
            "\n  If the step needs it, say so: `opens: [{…, sends: […]}]`, or `reads` for what "
            "changes nothing."
        )

    @property
    def notes(self) -> list[str]:
        """What was blocked and ended nothing, once each."""
        asked = dict.fromkeys(each.request for each in self.blocked if each is not self.offence)
        if not asked:
            return []
        named = ", ".join(f"`{request}`" for request in asked)
        return [f"blocked, as the profile does not declare it: {named}"]

    @property
    def offence(self) -> Blocked | None:
        """The first request that may cancel the order and that a page waits for, if any."""
        return next((each for each in self.blocked if each.cancels and each.wanted), None)

    # What a page sends while Python is busy waits until the next word to the browser.

    def _paused(self, event: dict[str, Any]) -> None:
        session = self._session
        if session is None:
            return
        admitted = False
        try:
            admitted = self._admits(PausedRequest.read(event))
        finally:
            answer = "Fetch.continueRequest" if admitted else "Fetch.failRequest"
            given = {} if admitted else {"errorReason": _ERROR_REASON}
            with suppress(Error):  # the page may be gone, and its request with it
                session.send(answer, {"requestId": event["requestId"], **given})

    def _admits(self, request: PausedRequest) -> bool:
        assert self._rulings
        if not request.url.startswith(("http:", "https:")):
            return True  # it reaches no store
        ruling = self._rulings.on(
            request,
            self._phase,
            order=self._order,
            number=self._number,
            pressing=self._pressing,
        )
        if ruling is Ruling.COMMIT and self._is_the_click(request):
            return True
        if ruling is Ruling.ADMIT:
            self._note_what_left(request)
            return True
        cancels = ruling is not Ruling.BLOCK
        if self._is_anothers(request, cancels=cancels):
            return True
        self._note(request, cancels=cancels)
        return False

    def _is_the_click(self, request: PausedRequest) -> bool:
        """Whether this is the one request, or its own redirection; another like it is not."""
        if self._click is not None and request.redirected_from != self._click:
            return False
        self._click = request.id
        self.clicks += request.redirected_from is None
        return True

    def _note_what_left(self, request: PausedRequest) -> None:
        if self._phase is not Phase.BEFORE or not self._order or not self.step:
            return
        asked = request.method, request.address
        assert self._rulings
        if request.method == "OPTIONS" or self._rulings.is_a_page(*asked):
            return
        pressed = self._pressing is not None and (request.opens_a_page or request.is_by_script)
        if pressed or not request.only_reads:
            self.left_early.append(LeftEarly(str(request), self.step))

    def _note(self, request: PausedRequest, *, cancels: bool) -> None:
        wanted = request.opens_a_page or not request.only_reads or request.is_by_script
        self.blocked.append(
            Blocked(str(request), self.step, cancels=cancels, wanted=wanted and not request.ahead)
        )

    def _is_anothers(self, request: PausedRequest, *, cancels: bool) -> bool:
        """Whether another context sent it: the one in which a run signs in, or a test's own."""
        assert self._session
        targets = self._session.send("Target.getTargets")["targetInfos"]
        owners = {each["targetId"]: each.get("browserContextId") for each in targets}
        if request.frame in owners:
            return bool(owners[request.frame] != self._owner)
        # A frame inside a page, or a worker: the browser does not say whose.
        return self.signing_in and not cancels

    def _swallow(self, socket: WebSocketRoute) -> None:
        """A socket opens for the page that wants it, and for nobody else."""
        asked = f"WebSocket {address_of(socket.url)}"
        self.blocked.append(Blocked(asked, self.step, cancels=False, wanted=True))
