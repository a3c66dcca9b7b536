"""Pages on which a store asks for a person. They are told apart.

Two of them have words to answer with: a click to go on, and a code that somebody has given.
"""

from __future__ import annotations

from enum import Enum

from playwright.sync_api import Locator

from automation.pages.base import PageObject, reading


class Ask(Enum):
    """What a store may ask a person for, and by which part of a page it is known."""

    CODE = (
        "a code that it has sent",
        "#auth-mfa-form, #verification-code-form, #auth-select-device-form",
    )
    APPROVAL = ("an approval on another device", "#resend-approval-form")
    CAPTCHA = (
        "a captcha",
        "input[name=cvf_captcha_input], #captchacharacters, #cvf-aamation-challenge-iframe",
    )
    CLICK = (
        "a click to go on",
        "form[action*='/errors/validateCaptcha']:not(:has(#captchacharacters))",
    )
    ROBOT = ("proof that it is not a robot", "body:has(#challenge-container)")
    NEW_ACCOUNT = ("whether to make a new account", "#intent-confirmation-form")
    PASSKEY = ("a passkey", "form[name=signInWithPasskeyButton]")
    ACCOUNT = ("which account to go on as", ".cvf-account-switcher-claim")

    def __init__(self, words: str, selector: str) -> None:
        self.words = words
        self.selector = selector


class PersonPage(PageObject):
    """The store wants a person here."""

    name = "person"
    known_by = ", ".join(ask.selector for ask in Ask)

    def takes_a_code(self) -> Locator:
        """Where a code is typed; a page may also ask where to send one."""
        return self.page.locator("#auth-mfa-otpcode, #input-box-otp")

    def give_code(self, code: str) -> None:
        """Fill in the code and press what goes on."""
        self.takes_a_code().fill(code)
        with self.page.expect_navigation():
            self.page.locator("#auth-signin-button, #cvf-submit-otp-button input").click()

    def go_on(self) -> None:
        """Press the one button of a page that asks for a click."""
        with self.page.expect_navigation():
            self.page.locator(Ask.CLICK.selector).locator("button, input[type=submit]").click()

    @reading
    def asks(self) -> Ask | None:
        """What the store asks for, if it is one of what is known."""
        for ask in Ask:
            if self.page.locator(ask.selector).filter(visible=True).count():
                return ask
        return None
