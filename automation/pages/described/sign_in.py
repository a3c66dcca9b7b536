"""Signing in, where the profile says what the form looks like."""

from __future__ import annotations

from playwright.sync_api import Locator, TimeoutError  # noqa: A004

from automation.pages.absent import the_one
from automation.pages.base import sign
from automation.pages.choosing import NoWay
from automation.pages.sign_in import HomePage, SignInPage
from automation.pages.spots import Spot, either, text_at


class DescribedSignInPage(SignInPage):
    """The form that asks for an e-mail address and a password, on one page or on two."""

    def arrived(self) -> Locator:
        if self.described.signing_in is None:
            return self.nothing()
        part = self.described.sign_in
        return either(self.page, part.email, part.password, part.signed_out)

    def give(self, email: str, password: str) -> None:
        """Fill in both and press what goes on; `NoWay` names what is not there."""
        part = self.described.sign_in
        self._at(part.email).fill(email, timeout=self._patience)
        if part.next:
            self._at(part.next).click(timeout=self._patience)
        self._at(part.password).fill(password, timeout=self._patience)
        self._at(part.submit).click(timeout=self._patience)

    @property
    def _patience(self) -> float:
        """Milliseconds for what may load a page."""
        return self.storefront.patience.step * 1000

    def _at(self, spot: Spot) -> Locator:
        try:
            either(self.page, spot).wait_for(timeout=self._patience)
        except TimeoutError:
            raise NoWay(spot) from None
        return the_one(self.page, spot, self.described.fallbacks)

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
        if self.described.greeting is None:
            return self.nothing()
        part = self.described.home
        return either(self.page, part.account or part.signed_in)

    @property
    def sought(self) -> Spot | None:
        greeting = self.described.greeting
        return greeting.signed_in if greeting else None

    def greeting(self) -> str:
        """The name by which the store greets the shopper; "" if it does not."""
        return text_at(self.page, self.described.account, self.described.fallbacks)
