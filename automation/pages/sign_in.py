"""Where a shopper signs in. Its words are the tool's own: no flow ever holds a password."""

from __future__ import annotations

from playwright.sync_api import Locator

from automation.pages.base import PageObject, sign
from automation.pages.values import folded


class SignInPage(PageObject):
    """The form that asks for an e-mail address and a password."""

    name = "sign_in"
    known_by = "form[name=signIn]"

    def open(self) -> None:
        self.page.goto(self.storefront.url("sign_in"))

    def give(self, email: str, password: str) -> None:
        """Fill in both, on one page or on two, and press what goes on.

        By id, never by name or type: the real pages hold decoys of both.
        """
        self._form.locator("#ap_email, #ap_email_login").fill(email)
        if not self._password.is_visible():
            self._form.locator("#continue").click()
        self._password.fill(password)
        self._form.locator("#signInSubmit").click()

    @sign
    def refuses(self) -> Locator:
        """The store does not accept the e-mail address or the password."""
        return self.page.locator("#auth-error-message-box")

    @property
    def _password(self) -> Locator:
        return self._form.locator("#ap_password")

    @property
    def _form(self) -> Locator:
        return self.page.locator(self.known_by)


class HomePage(PageObject):
    """The store's front page, and the header that every page shares."""

    name = "home"

    def arrived(self) -> Locator:
        return self.account_name

    def greeting(self) -> str:
        """The name by which the store greets the shopper; "" if it does not."""
        return folded(self.account_name.inner_text())

    @property
    def account_name(self) -> Locator:
        """The name by which the store greets the shopper who is signed in."""
        return self.page.locator(
            "#account-name,"
            " a:not([href*='/ap/signin']) > #nav-link-accountList-nav-line-1:not(:has(*))"
        )
