"""Signing in to a store: with what the configuration names, or by hand.

It happens in a context of its own, so no trace, picture or recording of a run can hold a password.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Error, Page, TimeoutError  # noqa: A004

from automation.errors import InputError, TryLater
from automation.outcome import Outcome
from automation.pages.absent import NotThere, SeveralThere
from automation.pages.choosing import NoWay
from automation.pages.person import Ask, PersonPage
from automation.pages.sign_in import HomePage, SignInPage
from automation.pages.spots import Spot
from automation.pages.storefront import Storefront
from automation.run import sessions
from automation.run.accounts import Account
from automation.run.arrival import Missing, stop_for_a_person, translated, visible, wait_for_any
from automation.run.browser import OpenBrowser
from automation.run.clearing import Clearing
from automation.run.diagnosis import Instead, in_words, look_at, plainly
from automation.run.endings import WalkEnded
from automation.run.judgement import Verdict
from automation.run.masking import Masker
from automation.run.sessions import Session

_BY_HAND = "sign in by hand to see where it leads, and by what a page tells it"


class _UnknownPage(Exception):  # noqa: N818 (becomes an ending, with what the page holds)
    """Signing in led to a page that is none of those that are known."""

    def __init__(self, spot: Spot | None) -> None:
        by = f": there is no {spot}" if spot else ""
        super().__init__(f"signing in led to no page that is known{by}")
        self.spot = spot


def sign_in(
    begin: Callable[[], BrowserContext], storefront: Storefront, account: Account, masker: Masker
) -> Session:
    """Sign in in a context that *begin* opens, and keep the state. `WalkEnded` for a person."""
    if account.email is None or account.password is None:
        raise WalkEnded(
            Verdict(
                Outcome.NEEDS_PERSON,
                f"nobody is signed in to {storefront.title} as `{account.name}`, "
                f"and {account.lacks}",
            ),
            hint=f"sign in by hand: unorder sign-in --store {storefront.opened_as.store}; "
            "or name where the secrets are: docs/accounts.md",
        )
    email, password = account.email.read(), account.password.read()
    masker.hide(email, password)
    context = begin()
    page = context.new_page()
    missing = Missing()
    missing.watch(page)
    Clearing(page, storefront).begin()

    def instead(spot: Spot | None) -> str:
        return _instead(page, spot, masker, missing.hosts(storefront.hosts))

    try:
        session = _Form(page, storefront, account, masker).give(email, password)
    except NoWay as gap:
        raise _not_the_known_form(f": there is no {gap.spot}", instead(gap.spot)) from gap
    except SeveralThere as problem:
        add = in_words(problem, problem.spot, Instead(""))
        raise _not_the_known_form(f": {problem.message}", add) from problem
    except TimeoutError as problem:
        raise _not_the_known_form(f": {plainly(problem)}", instead(None)) from None
    except _UnknownPage as problem:
        raise WalkEnded(
            Verdict(Outcome.NEEDS_PERSON, str(problem)),
            hint="; ".join(filter(None, (instead(problem.spot), _BY_HAND))),
        ) from None
    except Error as problem:
        raise translated(problem, storefront) from problem
    finally:
        with suppress(Error):  # the browser may be gone
            context.close()
    sessions.save(storefront, account, session)
    return session


class _Form:
    """A store's sign-in page, and all that it asks before it lets one in."""

    def __init__(
        self, page: Page, storefront: Storefront, account: Account, masker: Masker
    ) -> None:
        self._page, self._storefront = page, storefront
        self._account, self._masker = account, masker
        self._form = storefront.kind(SignInPage)(page, storefront)
        self._home = storefront.kind(HomePage)(page, storefront)
        self._person = (
            storefront.kind(PersonPage)(page, storefront)
            if storefront.may_show(PersonPage)
            else None
        )

    def give(self, email: str, password: str) -> Session:
        self._form.open()
        self._form.give(email, password)
        self._answer_questions()
        if visible(self._form.refuses()):
            raise WalkEnded(
                Verdict(Outcome.NEEDS_PERSON, "the store does not accept the account's password"),
                hint=f"look at the secrets that are configured for `{self._account.name}`",
            )
        state = dict(self._page.context.storage_state())
        return Session(state, self._home.greeting(), datetime.now(UTC))

    def _answer_questions(self) -> None:
        """Answer what may be answered, each question once; `WalkEnded` if a person must."""
        answered = set[Ask]()
        known = [self._home.account_name, self._form.refuses()]
        known += [self._person.arrived()] if self._person else []
        while True:
            if not wait_for_any(known, seconds=self._storefront.patience.step):
                raise _UnknownPage(self._home.sought)
            ask = self._person.asks() if self._person else None
            if self._person is None or ask is None:
                return
            if ask in answered or not self._answer(self._person, ask):
                stop_for_a_person(self._person, still=ask in answered)
            answered.add(ask)

    def _answer(self, person: PersonPage, ask: Ask) -> bool:
        """Whether this could be answered without a person, and was."""
        if ask is Ask.CLICK:
            person.go_on()
            return True
        if ask is Ask.CODE and self._account.code and visible(person.takes_a_code()):
            code = self._account.code.read()
            self._masker.hide(code)
            person.give_code(code)
            return True
        return False


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
        if isinstance(told, TryLater | InputError):
            raise told from problem
        raise TryLater(
            "nobody signed in", hint="run it again; the window stays open until you have"
        ) from problem
    finally:
        with suppress(Error):
            context.close()
    sessions.save(storefront, account, session)
    return session


def _instead(page: Page, spot: Spot | None, masker: Masker, blocked: tuple[str, ...]) -> str:
    """What the page holds instead of what was looked for, in words; no value of any field."""
    try:
        outline = masker.text(page.locator("body").aria_snapshot())
    except Error:
        outline = ""
    problem = NotThere(spot, "") if spot else TimeoutError("")
    return in_words(problem, spot, look_at(page, spot, outline, blocked=blocked))


def _not_the_known_form(gap: str, there: str) -> WalkEnded:
    hint = "sign in by hand to see what it asks, or correct the profile"
    return WalkEnded(
        Verdict(Outcome.NEEDS_PERSON, f"the store's sign-in page is not the known one{gap}"),
        hint=f"{there}; {hint}" if there else hint,
    )
