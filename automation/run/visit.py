"""A visit to a store: one browser, one context, signed in as one account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Error, Page, TimeoutError  # noqa: A004

from automation.errors import TryLater
from automation.outcome import Outcome
from automation.pages.choosing import NoWay
from automation.pages.person import Ask, PersonPage
from automation.pages.sign_in import HomePage, SignInPage
from automation.pages.storefront import Storefront
from automation.run import sessions
from automation.run.accounts import Account
from automation.run.arrival import (
    Statuses,
    stop_for_a_person,
    translated,
    visible,
    wait_for_any,
)
from automation.run.browser import OpenBrowser
from automation.run.clearing import Clearing
from automation.run.covering import cover
from automation.run.endings import Hiccup, WalkEnded
from automation.run.fence import Fence
from automation.run.judgement import Verdict
from automation.run.masking import Masker
from automation.run.once import Once
from automation.run.sessions import Session


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
        self._account = account
        self.masker = masker
        self.storefront = storefront
        self.statuses = Statuses()
        self._session = sessions.load(storefront, account) or self._sign_in()
        self.context = self._context(self._session)
        self.fence = Fence(self.context, storefront)
        self.fence.close()
        if covered:
            cover(self.context, storefront.personal)
            masker.covered = True
        self._aside: Page | None = None
        self.page = self.new_page()
        self.clearing = Clearing(self.page, storefront)
        self.clearing.begin()

    @property
    def greeted_as(self) -> str:
        """How the store greets the account that this visit should be of; "" if not known."""
        return self._account.greeted_as or self._session.greeted_as

    def new_page(self) -> Page:
        page = self.context.new_page()
        self.statuses.watch(page)
        return page

    @contextmanager
    def aside(self, *, clear: bool) -> Iterator[Page]:
        """A second page of the same visit, for a look that must not disturb the first.

        It is the same one each time, as a new one costs as much as a page of the store, and empty
        between looks, so that no script in it sends anything meanwhile. *clear* is whether what
        covers it may be pressed away.
        """
        kept, self._aside = self._aside, None
        others = [opened for opened in self.context.pages if opened is not kept]
        page = self.new_page() if kept is None or kept.is_closed() else kept
        clearing = Clearing(page, self.storefront)
        try:
            if clear:
                clearing.begin()
            yield page
            with suppress(Error):  # what was read is read
                if clear:
                    clearing.end()
                page.goto("about:blank")
                self.statuses.forget(page)
                self._aside = page
        finally:
            with suppress(Error):  # the browser may be gone
                for opened in self.context.pages:  # what went wrong, and tabs that it opened
                    if opened not in others and opened is not self._aside:
                        opened.close()

    def go_on_in(self, page: Page) -> None:
        """A step led to another tab: from here on the visit is there."""
        with suppress(Error):
            self.clearing.end()
        self.statuses.watch(page)
        self.page = page
        self.clearing = Clearing(page, self.storefront)
        self.clearing.begin()

    def narrow(self, within: float) -> Once:
        """What is sent next goes out on a connection of its own, within so many seconds, once."""
        return self._browser.narrow(within)

    def widen(self) -> None:
        """Send as usual again."""
        self._browser.widen()

    def sign_in_again(self) -> None:
        """Sign in anew and give the new session to this visit's context."""
        self._session = self._sign_in()
        self.context.clear_cookies()
        self.context.add_cookies(self._session.state["cookies"])

    def close(self) -> None:
        with suppress(Error):  # the browser may be gone
            self.context.close()

    def _context(self, session: Session | None) -> BrowserContext:
        context = self._browser.new_context(
            language=self.storefront.language,
            state=session.state if session else None,
            phone=self._phone,
        )
        patience = self.storefront.patience
        context.set_default_timeout(patience.action * 1000)
        context.set_default_navigation_timeout(patience.step * 1000)
        return context

    def _sign_in(self) -> Session:
        if self._account.email is None or self._account.password is None:
            raise WalkEnded(
                Verdict(
                    Outcome.NEEDS_PERSON,
                    f"nobody is signed in to {self.storefront.title} as `{self._account.name}`, "
                    "and the configuration names no password",
                ),
                hint=f"sign in by hand: unorder sign-in --store {self.storefront.opened_as.store}; "
                "or name where the secrets are: docs/accounts.md",
            )
        email, password = self._account.email.read(), self._account.password.read()
        self.masker.hide(email, password)
        context = self._context(None)
        page = context.new_page()
        Clearing(page, self.storefront).begin()
        try:
            session = self._give(page, email, password)
        except NoWay as gap:
            raise _not_the_known_form(f": there is no {gap.missing}") from gap
        except TimeoutError:
            raise _not_the_known_form() from None
        except Error as problem:
            raise translated(problem, self.storefront) from problem
        finally:
            with suppress(Error):  # the browser may be gone
                context.close()
        sessions.save(self.storefront, self._account, session)
        return session

    def _give(self, page: Page, email: str, password: str) -> Session:
        form = self.storefront.kind(SignInPage)(page, self.storefront)
        home = self.storefront.kind(HomePage)(page, self.storefront)
        form.open()
        form.give(email, password)
        self._answer_questions(page)
        if visible(form.refuses()):
            raise WalkEnded(
                Verdict(Outcome.NEEDS_PERSON, "the store does not accept the account's password"),
                hint=f"look at the secrets that are configured for `{self._account.name}`",
            )
        greeted_as = home.greeting()
        return Session(dict(page.context.storage_state()), greeted_as, datetime.now(UTC))

    def _answer_questions(self, page: Page) -> None:
        """Answer what may be answered, each question once; `WalkEnded` if a person must."""
        person, answered = PersonPage(page, self.storefront), set[Ask]()
        known = [
            self.storefront.kind(HomePage)(page, self.storefront).account_name,
            self.storefront.kind(SignInPage)(page, self.storefront).refuses(),
            person.arrived(),
        ]
        while True:
            if not wait_for_any(known, seconds=self.storefront.patience.step):
                raise WalkEnded(
                    Verdict(Outcome.NEEDS_PERSON, "signing in led to no page that is known"),
                    hint="sign in by hand to see where it leads, and by what a page tells it",
                )
            ask = person.asks()
            if ask is None:
                return
            if ask in answered or not self._answer(person, ask):
                stop_for_a_person(person, still=ask in answered)
            answered.add(ask)

    def _answer(self, person: PersonPage, ask: Ask) -> bool:
        """Whether this could be answered without a person, and was."""
        if ask is Ask.CLICK:
            person.go_on()
            return True
        if ask is Ask.CODE and self._account.code and visible(person.takes_a_code()):
            code = self._account.code.read()
            self.masker.hide(code)
            person.give_code(code)
            return True
        return False


def _not_the_known_form(gap: str = "") -> WalkEnded:
    return WalkEnded(
        Verdict(Outcome.NEEDS_PERSON, f"the store's sign-in page is not the known one{gap}"),
        hint="sign in by hand to see what it asks, or correct the profile",
    )


def signed_in_by_hand(
    browser: OpenBrowser,
    storefront: Storefront,
    account: Account,
    *,
    within: float,
    person: Callable[[Page], None] = lambda _page: None,
) -> Session:
    """Wait, at most so many seconds, until a *person* has signed in; keep the state.

    Raises `TryLater` when nobody did, or when the window was closed.
    """
    context = browser.new_context(language=storefront.language, state=None)
    try:
        page = context.new_page()
        storefront.kind(SignInPage)(page, storefront).open()
        person(page)
        home = storefront.kind(HomePage)(page, storefront)
        home.account_name.wait_for(timeout=within * 1000)
        state = dict(context.storage_state())
        session = Session(state, home.greeting(), datetime.now(UTC))
    except Error as problem:
        told = translated(problem, storefront)
        if isinstance(told, TryLater):
            raise told from problem
        raise TryLater(
            "nobody signed in", hint="run it again; the window stays open until you have"
        ) from problem
    finally:
        with suppress(Error):
            context.close()
    sessions.save(storefront, account, session)
    return session


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
