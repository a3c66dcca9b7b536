"""Coming to a page: which of the expected ones it is, or what stands in the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import reduce
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, Request, TimeoutError  # noqa: A004

from automation.errors import InputError, TryLater
from automation.outcome import Outcome
from automation.pages.absent import NotThere
from automation.pages.base import PageObject
from automation.pages.memberships import OffersPage
from automation.pages.message import MessagePage
from automation.pages.person import Ask, PersonPage
from automation.pages.sign_in import SignInPage
from automation.pages.storefront import Storefront
from automation.run.endings import ClickAsked, Hiccup, SignedOut, WalkEnded
from automation.run.judgement import Verdict

_SERVER_ERROR = 500
_STATUS = "performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0"
_STYLES = 2_000  # milliseconds for a page that is there to be complete
_SOON = 0.25  # seconds for what is meant to come alone: to look for more takes longer
_LOOK_AGAIN = 1_000  # milliseconds between looks at what the store's server said meanwhile


_NEEDED = ("document", "script", "stylesheet", "xhr", "fetch")  # a page may not work without


class Missing:
    """What pages asked for and did not come: documents, and hosts that were not let through."""

    def __init__(self) -> None:
        self._newest: dict[Page, str] = {}
        self._hosts: dict[str, None] = {}  # in the order in which they were asked for

    def watch(self, page: Page) -> None:
        page.on("requestfailed", self._note)

    def leave(self, page: Page) -> None:
        """Watch it no more."""
        page.remove_listener("requestfailed", self._note)

    def of(self, page: Page) -> str | None:
        """The address of the newest one."""
        return self._newest.get(page)

    def hosts(self, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """The hosts beside those *allowed* of which a page wanted what it may need."""
        return tuple(host for host in self._hosts if host not in allowed)

    def _note(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host and request.resource_type in _NEEDED:
            self._hosts[host] = None
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self._newest[request.frame.page] = request.url


def status_of(page: Page) -> int:
    """The HTTP status of the document that is shown; 0 where it cannot be told."""
    # Asked when it matters: to be told of every response takes a twentieth of a run.
    try:
        see_that_it_answers(page, within=_LOOK_AGAIN)
        status: int = page.evaluate(_STATUS)
    except Error:
        return 0
    return status


def see_that_it_answers(page: Page, *, within: float) -> None:
    """A Playwright `Error` where a page says nothing for so many milliseconds.

    Most of what it is asked has no time limit, and is not answered while the store is silent.
    """
    page.locator("html").wait_for(state="attached", timeout=within)


def visible(locator: Locator) -> bool:
    return locator.filter(visible=True).count() > 0


def wait_for_any(locators: list[Locator], *, seconds: float) -> bool:
    """Wait until one of them is visible. Whether one is."""
    either = reduce(Locator.or_, locators).filter(visible=True).first
    try:
        either.wait_for(timeout=seconds * 1000)
    except TimeoutError:
        return False
    return True


def arrive(
    target: PageObject,
    missing: Missing,
    *,
    loaded: bool = False,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Wait until *target* is there; raises what `await_one_of` raises.

    Where a page asks for a click to go on, it is made, once. *loaded* is whether what was opened
    has come already, so that it may be there at once.
    """
    if loaded and target.is_there():
        return
    try:
        _await_page(target, missing, meanwhile)
    except ClickAsked:
        PersonPage(target.page, target.storefront).go_on()
        _await_page(target, missing, meanwhile)


def _await_page(target: PageObject, missing: Missing, meanwhile: Callable[[], None]) -> None:
    seconds, sought = target.storefront.patience.step, target.sought
    what = f"the page `{target.name}`"
    try:
        await_one_of(
            [target.arrived()], target, missing, seconds=seconds, what=what, meanwhile=meanwhile
        )
    except TimeoutError:
        if sought is None:
            raise
        raise NotThere(sought, f"after {seconds:g} s, by which {what} is known") from None


def await_one_of(
    signs: list[Locator],
    near: PageObject,
    missing: Missing,
    *,
    seconds: float,
    what: str,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Wait until one of *signs* is visible on the page of *near*.

    *meanwhile* is called between looks, and ends the wait by raising. Raises `SignedOut`, `Hiccup`
    or `WalkEnded` for what the page shows instead, and a Playwright `TimeoutError` when no known
    page appears.
    """
    page, storefront = near.page, near.storefront
    if wait_for_any(signs, seconds=_SOON):
        _wait_for_its_styles(page)
        if any(visible(sign) for sign in signs):
            return
    known = [*signs, *(kind(page, storefront).arrived() for kind in _in_the_way(storefront))]
    deadline = time.monotonic() + seconds
    while not wait_for_any(known, seconds=_LOOK_AGAIN / 1000):
        meanwhile()
        _stop_if_the_server_failed(page, storefront, missing)
        if time.monotonic() > deadline:
            stop_loading(page)
            raise TimeoutError(f"waited {seconds:g} s for {what}; nothing that is known came")
    _wait_for_its_styles(page)
    if not any(visible(sign) for sign in signs):
        _stand_in(page, storefront, missing)


def _in_the_way(storefront: Storefront) -> list[type[PageObject]]:
    """The pages that this store may show instead of any other."""
    kinds: tuple[type[PageObject], ...] = (SignInPage, MessagePage, PersonPage, OffersPage)
    return [storefront.kind(kind) for kind in kinds if storefront.may_show(kind)]


def _wait_for_its_styles(page: Page) -> None:
    """What styles hide is hidden only when they have come, and scripts wait for them."""
    with suppress(TimeoutError):
        page.wait_for_load_state("domcontentloaded", timeout=_STYLES)


def stop_loading(page: Page) -> None:
    """Give up a navigation that does not come.

    Until then a call that has no time limit of its own, such as `Locator.is_visible`, waits for it
    without end (seen with Playwright 1.65 and Chromium).
    """
    try:
        page.context.new_cdp_session(page).send("Page.stopLoading")
    except Error:  # another engine, or the page is gone
        with suppress(Error):
            page.close()


def _stop_if_the_server_failed(page: Page, storefront: Storefront, missing: Missing) -> None:
    status = status_of(page)
    if status >= _SERVER_ERROR:
        raise Hiccup(f"the store answered with an error ({status})")
    if page.url.startswith("chrome-error:"):
        astray = _astray(missing.of(page), storefront)
        raise astray or Hiccup("the store closed the connection without an answer")


def _astray(address: str | None, storefront: Storefront) -> WalkEnded | None:
    """The ending of a walk that led to a host which is not the store's."""
    host = urlsplit(address or storefront.base_url).hostname
    if host in storefront.hosts:
        return None
    return WalkEnded(
        Verdict(Outcome.BROKEN, f"the page led to `{host}`, which the profile does not name"),
        hint="the hosts that may be reached are listed in the storefront's profile",
    )


def _stand_in(page: Page, storefront: Storefront, missing: Missing) -> None:
    if visible(storefront.kind(SignInPage)(page, storefront).arrived()):
        raise SignedOut
    if storefront.may_show(PersonPage):
        person = storefront.kind(PersonPage)(page, storefront)
        if person.asks() is Ask.CODE:
            raise SignedOut("the store asks for a code")
        stop_for_a_person(person)
    if storefront.may_show(OffersPage) and visible(
        storefront.kind(OffersPage)(page, storefront).arrived()
    ):
        reason = "an offer to stay stands in the way, and the flow has no answer for it"
        raise WalkEnded(Verdict(Outcome.NEEDS_PERSON, reason), hint="nothing was ended")
    _stop_if_the_server_failed(page, storefront, missing)
    if not storefront.may_show(MessagePage):
        raise Hiccup("the page changed while it was looked at")
    words = storefront.kind(MessagePage)(page, storefront).says()
    raise WalkEnded(Verdict(Outcome.BROKEN, f"the store shows a message instead: {words}"))


def stop_for_a_person(page: PersonPage, *, still: bool = False) -> None:
    """`WalkEnded` if the store asks for something that only a person may give.

    *still* is whether it was given already, and not taken.
    """
    ask = page.asks()
    if ask is None:
        return
    hint = f"sign in by hand: unorder sign-in --store {page.storefront.opened_as.store}"
    if ask is Ask.ACCOUNT:
        # Whichever it remembers may be the wrong one: none is taken by guessing.
        reason = f"same_account: the store asks {ask.words}"
        raise WalkEnded(Verdict(Outcome.GUARDED, reason), hint=hint)
    ending = ClickAsked if ask is Ask.CLICK else WalkEnded
    asks = "still asks" if still else "asks"
    raise ending(Verdict(Outcome.NEEDS_PERSON, f"the store {asks} for {ask.words}"), hint=hint)


_WENT_ELSEWHERE = {
    "context was destroyed": "it was read",
    "interrupted by another navigation": "another was opened",
}


def translated(problem: Error, storefront: Storefront, missing: str | None = None) -> Exception:
    """What a Playwright error of a navigation means for a walk.

    *missing* is the address of the document that did not come, after all redirections.
    """
    text = problem.message
    if "ERR_SOCKS_CONNECTION_FAILED" in text:  # so the browser says that the gate did not open
        if astray := _astray(missing, storefront):
            return astray
        hint = "see that it runs and that the address is right: --base-url URL"
        if storefront.demo_accounts:
            hint = "start it with `unorder store`, or name where it is: --base-url URL"
        return TryLater(f"{storefront.title} does not answer at {storefront.origin}", hint=hint)
    if "ERR_UNSAFE_PORT" in text:
        return InputError(
            f"no browser goes to {storefront.origin}: that port belongs to another service",
            hint="let the store listen on another port, and name it: --base-url URL",
        )
    for sign, while_ in _WENT_ELSEWHERE.items():
        if sign in text:
            return Hiccup(f"the page went elsewhere while {while_}")
    if "net::" in text:
        return Hiccup(f"the connection failed ({text.split('net::')[1].split()[0]})")
    return problem
