"""Signing in, where the profile says what the form looks like."""

from __future__ import annotations

from playwright.sync_api import Locator

from automation.pages.base import sign
from automation.pages.sign_in import HomePage, SignInPage
from automation.pages.spots import either, find, text_at


class DescribedSignInPage(SignInPage):
    """The form that asks for an e-mail address and a password, on one page or on two."""

    def arrived(self) -> Locator:
        part = self.described.sign_in
        return either(self.page, part.email, part.password, part.signed_out)

    def give(self, email: str, password: str) -> None:
        """Fill in both and press what goes on."""
        part, tried = self.described.sign_in, self.described.fallbacks
        either(self.page, part.email).wait_for()
        find(self.page, part.email, tried).fill(email)
        if part.next:
            find(self.page, part.next, tried).click()
        either(self.page, part.password).wait_for()
        find(self.page, part.password, tried).fill(password)
        find(self.page, part.submit, tried).click()

    @sign
    def refuses(self) -> Locator:
        """The store does not accept the e-mail address or the password."""
        refused = self.described.sign_in.refuses
        return either(self.page, refused) if refused else self.nothing()


class DescribedHomePage(HomePage):
    """What every page shows to who is signed in."""

    @property
    def account_name(self) -> Locator:
        """What only who is signed in is shown; the name by which the store greets, if it does."""
        part = self.described.home
        return either(self.page, part.account or part.signed_in)

    def greeting(self) -> str:
        """The name by which the store greets the shopper; "" if it does not."""
        return text_at(self.page, self.described.home.account, self.described.fallbacks)
