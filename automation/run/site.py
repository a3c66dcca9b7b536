"""The store as the commit protocol sees it, through a browser."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import reduce
from typing import Any

from playwright.sync_api import Error, Frame, Locator, Page, Request, Route

from automation.outcome import Outcome
from automation.pages.base import AnswerPage, CommittingPage, PageObject, Word
from automation.pages.covers import (
    is_covered,
    is_pressable,
    is_under_the_pointer,
    wait_until_enabled,
)
from automation.pages.overlay import overlay_over
from automation.pages.readings import Order, Selection
from automation.run.arrival import (
    await_one_of,
    stop_loading,
    visible,
    wait_for_any,
)
from automation.run.commit import ClickFailed
from automation.run.diagnosis import plainly
from automation.run.elapsed import elapsed
from automation.run.endings import Hiccup, SignedOut, WalkEnded
from automation.run.facts import Answer, Said
from automation.run.judgement import Verdict
from automation.run.masking import Masker
from automation.run.network.paused import READING
from automation.run.once import Once
from automation.run.reader import OrderReader
from automation.run.visit import Visit

_AT_ONCE = 250  # milliseconds
_LATE_SIGN = 2.0  # seconds after an answer's page has come for its text to come too


class BrowserSite:
    """A `Site` whose click is the irreversible word of a committing page."""

    def __init__(
        self,
        visit: Visit,
        *,
        here: CommittingPage,
        word: Word,
        arguments: Mapping[str, Any],
        ends: Mapping[Said, list[Locator]],
        reader: OrderReader,
        masker: Masker,
    ) -> None:
        self._visit = visit
        self._here = here
        self._word = word
        self._arguments = arguments
        self._ends = ends
        self._reader = reader
        self._masker = masker
        self._once: Once | None = None
        self._held: set[Page] = set()  # the pages that may only read from here on
        self._requests = 0
        self.looked: Order | None = None  # the order, as the last look before the click saw it

    @property
    def requests_seen(self) -> int:
        """How many requests left at the click that may change something."""
        blocker = self._visit.blocker
        return blocker.clicks if blocker.blocks else self._requests

    @property
    def _signs(self) -> list[Locator]:
        return [sign for group in self._ends.values() for sign in group]

    @property
    def silent(self) -> frozenset[str]:
        """The hosts that ended a connection after the click without an answer."""
        return frozenset(self._once.silent if self._once else ())

    def last_look(self) -> Order:
        try:
            order = self.looked = self._reader.look()
        except Error as problem:
            reason = f"the order could not be read once more before the click: {plainly(problem)}"
            raise WalkEnded(Verdict(Outcome.BROKEN, reason)) from problem
        self._come_over()
        return order

    def _come_over(self) -> None:
        """Come over the control, so that what gives way or covers it does so now.

        From here on nothing on the page is touched but the control, whatever comes over it.
        """
        control = self._here.control()
        try:
            if not _is_come_over_at_once(control):
                wait_until_enabled(control)
                control.hover()
        except Error:
            pass  # what is wrong with the control is told by `control_problem`
        finally:
            self._visit.clearing.end()

    def selection(self) -> Selection:
        return self._here.selection()

    def control_problem(self) -> str | None:
        problem = self._control_problem()
        return problem and self._masker.text(problem)  # an address may hold a key or a nonce

    def _control_problem(self) -> str | None:
        control = self._here.control()
        problem = None if is_pressable(control) else self._not_pressable(control)
        if problem:
            return problem
        if visible(reduce(Locator.or_, self._signs)):
            return "the page says already what would be the store's answer"
        return self._leads_astray()

    def _not_pressable(self, control: Locator) -> str | None:
        found = control.count()
        if found != 1:
            return f"{found} controls match where one was expected"
        if not control.is_visible():
            return "the control is not visible"
        if not control.is_enabled():
            return "the control is disabled"
        return self._lies_over(control) if self._stays_covered(control) else None

    def _lies_over(self, control: Locator) -> str:
        overlay = overlay_over(control)
        if overlay is None:
            return "something lies over the control"
        with suppress(Error):  # what cannot be masked is not kept
            self._masker.learn(control.page)
            return self._masker.text(f"{overlay} lies over the control")
        return f"`{overlay.name}` lies over the control"

    def _leads_astray(self) -> str | None:
        aim = self._here.aim()
        if aim is None or aim.is_right:
            return None
        leads = f"leads to `{aim.found}`" if aim.found else "is no link, and of no form"
        return f"the control {leads}, which is not what the profile says of it"

    def _stays_covered(self, control: Locator) -> bool:
        """Whether something lies over it that cannot be pressed away as the covers before it."""
        if not is_covered(control):
            return False
        if not self._visit.clearing.shown:
            return True
        self._visit.clearing.begin()
        self._come_over()
        return is_covered(control)

    def click(self, within: float) -> None:
        page, until = self._here.page, elapsed() + within
        if not self._visit.blocker.blocks:
            page.context.on("request", self._count)  # an answer may come in another tab
            page.context.on("page", self._hold_once_it_shows)
        try:
            self._visit.blocker.admit_the_click()
            self._once = self._visit.narrow(until - elapsed())
            page.set_default_timeout(_milliseconds_to(until))
            getattr(self._here, self._word.name)(**self._arguments)
        except Exception as problem:  # a storefront's own page may raise anything
            stop_loading(page)
            self._say_no_more()
            raise ClickFailed(self._masker.text(str(problem).partition("\n")[0])) from problem
        finally:
            with suppress(Error):  # the browser may be gone
                page.set_default_timeout(self._visit.storefront.patience.action * 1000)

    def observe(self) -> Answer:
        try:
            return self._observe()
        except Exception as problem:  # noqa: BLE001 (as for the click)
            return Answer(Said.SILENCE, self._masker.text(str(problem).partition("\n")[0]))
        finally:
            self._say_no_more()

    def read_back(self) -> Order | None:
        return self._reader.read_back()

    def _observe(self) -> Answer:
        page, storefront = self._here.page, self._visit.storefront
        answers = [storefront.kind(kind)(page, storefront) for kind in self._word.leads_to]
        try:
            await_one_of(
                [*self._signs, *(answer.arrived() for answer in answers)],
                self._here,
                self._visit.missing,
                seconds=storefront.patience.answer,
                what="the store's answer",
            )
        except (SignedOut, Hiccup, WalkEnded) as problem:
            return Answer(Said.SILENCE, self._masker.text(str(problem)))
        said = self._said()
        if said is Said.OTHER and wait_for_any(self._signs, seconds=_LATE_SIGN):
            said = self._said()
        return Answer(said, self._words(answers))

    def _said(self) -> Said:
        for said, group in self._ends.items():
            if any(visible(sign) for sign in group):
                return said
        return Said.OTHER

    def _say_no_more(self) -> None:
        """From here on the page may read, but not send: a script of its own might try again."""
        context = self._here.page.context
        with suppress(Exception):  # it may be taken away already, and the page gone
            context.remove_listener("request", self._count)
            context.remove_listener("page", self._hold_once_it_shows)
        if self._visit.blocker.blocks:
            self._visit.blocker.no_more()
        else:
            for page in self._visit.walked_on:
                self._hold_to_reading(page)
        self._visit.widen()

    def _hold_once_it_shows(self, tab: Page) -> None:
        """The document of a tab that the click opens is the answer; what it sends then is not."""

        def look(frame: Frame) -> None:
            if frame == tab.main_frame and tab.url != "about:blank":
                tab.remove_listener("framenavigated", look)
                self._hold_to_reading(tab)

        tab.on("framenavigated", look)
        look(tab.main_frame)  # it may be told of late

    def _hold_to_reading(self, page: Page) -> None:
        self._held.add(page)
        with suppress(Error):
            page.route("**/*", _only_reads)

    def _words(self, answers: list[PageObject]) -> str:
        for answer in answers:
            if isinstance(answer, AnswerPage) and visible(answer.arrived()):
                with suppress(Error):  # what cannot be masked is not kept
                    self._masker.learn(answer.page)
                    return self._masker.text(answer.says())
        return ""

    def _count(self, request: Request) -> None:
        with suppress(Error):  # of a document that is asked for there is no frame yet
            if request.frame.page in self._held:
                return
        if request.method not in READING:
            self._requests += 1


def _milliseconds_to(until: float) -> float:
    left = until - elapsed()
    if left <= 0:  # to Playwright, no time at all is time without end
        raise TimeoutError("the click came too late to be made")
    return left * 1000


def _is_come_over_at_once(control: Locator) -> bool:
    try:
        control.hover(force=True, timeout=_AT_ONCE)
    except Error:
        return False
    return is_under_the_pointer(control)


def _only_reads(route: Route) -> None:
    if route.request.method in READING:
        route.fallback()
    else:
        route.abort()
