"""A visit to a store: one browser, one context, signed in as one account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from playwright.sync_api import BrowserContext, Error, Page

from automation.errors import TryLater
from automation.pages.storefront import Storefront
from automation.run import sessions
from automation.run.accounts import Account
from automation.run.arrival import Missing, see_that_it_answers
from automation.run.browser import OpenBrowser
from automation.run.clearing import Clearing
from automation.run.covering import cover
from automation.run.endings import Hiccup
from automation.run.kept_pages import empty
from automation.run.left import Whose
from automation.run.masking import Masker
from automation.run.network.request_blocker import RequestBlocker
from automation.run.once import Once
from automation.run.sessions import Session
from automation.run.signing_in import sign_in

_COMING = 1_000  # milliseconds for a page that leads elsewhere by itself to come there


class Visit:
    """Pages of a store for one account. Signing in happens in a context of its own.

    So no trace, picture or recording of the walk can hold a password.
    """

    def __init__(
        self,
        browser: OpenBrowser,
        storefront: Storefront,
        account: Account,
        masker: Masker,
        *,
        phone: bool = False,
        covered: bool = False,
    ) -> None:
        self._browser = browser
        self._phone = phone
        self._covered = covered
        self._ended_well = False
        self._account = account
        self.masker = masker
        self.storefront = storefront
        self.missing = Missing()
        self._session = self._kept_session() or self._sign_in()
        left = browser.left.take(self._whose) if browser.left else None
        self.context = left or self._context(self._session)
        if covered and not left:
            cover(self.context, storefront.personal)
        masker.covered = covered
        self._aside: Page | None = left.pages[0] if left else None
        if self._aside:
            self.missing.watch(self._aside)
        self.page = self.new_page()
        self.blocker = RequestBlocker(self.context, storefront)
        self.blocker.begin()
        self.clearing = Clearing(self.page, storefront)
        self.clearing.begin()

    @property
    def greeted_as(self) -> str:
        """How the store greets the account that this visit should be of; "" if not known."""
        return self._account.greeted_as or self._session.greeted_as

    def new_page(self) -> Page:
        page = self.context.new_page()
        self.missing.watch(page)
        return page

    @property
    def walked_on(self) -> list[Page]:
        """The page of the walk, and every tab that was opened from there."""
        return [page for page in self.context.pages if page is not self._aside]

    @contextmanager
    def aside(self, *, after: bool = False) -> Iterator[Page]:
        """A second page of the same visit, for a look that must not disturb the first.

        It is the same one each time, as a new one costs as much as a page of the store. It is empty
        while the click is made, so that no script in it sends anything meanwhile. *after* is
        whether that is over: then nothing that covers the page is pressed away.
        """
        kept, self._aside = self._aside, None
        others = [opened for opened in self.context.pages if opened is not kept]
        page = self.new_page() if kept is None or kept.is_closed() else kept
        clearing = Clearing(page, self.storefront)
        try:
            if not after:
                clearing.begin()
            yield page
            with suppress(Error):  # what was read is read
                if not after:
                    clearing.end()
                if not after or self._stays_where_it_is:
                    empty(page)
                self._aside = page
        finally:
            with suppress(Error):  # the browser may be gone
                for opened in self.context.pages:  # what went wrong, and tabs that it opened
                    if opened not in others and opened is not self._aside:
                        opened.close()

    @property
    def _stays_where_it_is(self) -> bool:
        """Whether a page that is opened again may be shown as it was, and not be asked for anew."""
        store = self.storefront
        return bool(store.kinds) or any("#" in address for address in store.addresses.values())

    def go_on_in(self, page: Page) -> None:
        """A step led to another tab: from here on the visit is there."""
        with suppress(Error):
            self.clearing.end()
        self.missing.watch(page)
        self.page = page
        self.clearing = Clearing(page, self.storefront)
        self.clearing.begin()

    def narrow(self, within: float) -> Once:
        """What is sent next goes out on a connection of its own, within so many seconds, once."""
        return self._browser.narrow(within)

    def widen(self) -> None:
        """Send as usual again."""
        self._browser.widen()

    def come_to_rest(self) -> None:
        """Let the page come to where it may be going: what is opened meanwhile would be lost."""
        with suppress(Error):  # then what is opened next tells
            see_that_it_answers(self.page, within=_COMING)

    def sign_in_again(self) -> None:
        """Sign in anew and give the new session to this visit's context."""
        self.blocker.signing_in = True
        try:
            self._session = self._sign_in()
        finally:
            self.blocker.signing_in = False
        self.context.clear_cookies()
        self.context.add_cookies(self._session.state.get("cookies", []))

    def ended_well(self) -> None:
        """Nothing went wrong, so the next visit may go on in this one's context."""
        self._ended_well = True

    def close(self) -> None:
        with suppress(Error):  # the browser may be gone
            if not self._is_left():
                self.context.close()
        self.blocker.end()  # what pages send while they are closed is blocked too

    def _is_left(self) -> bool:
        """Whether the context was left to the next visit."""
        left, aside = self._browser.left, self._aside
        if left is None or aside is None or not self._ended_well:
            return False
        try:
            self.missing.leave(aside)
            left.leave(self._whose, self.context, aside)
        except Error:
            return False
        return True

    @property
    def _whose(self) -> Whose:
        return Whose(
            self.storefront,
            self._account,
            self._session.signed_in_at,
            phone=self._phone,
            covered=self._covered,
        )

    def _kept_session(self) -> Session | None:
        if not self.storefront.has_accounts:
            return Session.of_nobody()
        return sessions.load(self.storefront, self._account)

    def _sign_in(self) -> Session:
        if not self.storefront.has_accounts:
            return Session.of_nobody()
        begin = partial(self._context, None)
        return sign_in(begin, self.storefront, self._account, self.masker)

    def _context(self, session: Session | None) -> BrowserContext:
        context = self._browser.new_context(
            language=self.storefront.language,
            state=session.state or None if session else None,
            phone=self._phone,
        )
        patience = self.storefront.patience
        context.set_default_timeout(patience.action * 1000)
        context.set_default_navigation_timeout(patience.step * 1000)
        return context


@contextmanager
def visiting(
    browser: OpenBrowser,
    storefront: Storefront,
    account: Account,
    masker: Masker,
    *,
    phone: bool = False,
    covered: bool = False,
) -> Iterator[Visit]:
    """A visit that is closed again. `TryLater` when the store does not answer at all.

    *covered*: what is personal is covered in the pages themselves, as a film needs it.
    """
    try:
        visit = Visit(browser, storefront, account, masker, phone=phone, covered=covered)
    except Hiccup as problem:
        raise TryLater(str(problem), hint="nothing was clicked; try again later") from problem
    try:
        yield visit
    finally:
        visit.close()
