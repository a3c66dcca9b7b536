"""Ways in which the store misbehaves when it is asked to."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from mock_store.errors import StoreError


class Quirk(StrEnum):
    """Each is off until it is asked for, by order, by account or for the whole store."""

    SLOW = "slow"
    SLOW_COMMIT = "slow_commit"
    ERROR_BEFORE = "error_before"
    ERROR_ON_COMMIT_NOT_DONE = "error_on_commit_not_done"
    ERROR_ON_COMMIT_DONE = "error_on_commit_done"
    DROPS_ON_COMMIT_NOT_DONE = "drops_on_commit_not_done"
    DROPS_ON_COMMIT_DONE = "drops_on_commit_done"
    NEVER_ANSWERS = "never_answers"
    SAYS_NOTHING_DONE = "says_nothing_done"
    SAYS_NOTHING_NOT_DONE = "says_nothing_not_done"
    SAYS_CANCELLED_BUT_IS_NOT = "says_cancelled_but_is_not"
    PENDING = "pending"
    REFUSES = "refuses"
    PARTLY = "partly"
    BUNDLE = "bundle"
    SHIPS_MEANWHILE = "ships_meanwhile"
    CANCELLED_MEANWHILE = "cancelled_meanwhile"
    ITEMS_CHANGE_MEANWHILE = "items_change_meanwhile"
    SESSION_EXPIRES_AT_LIST = "session_expires_at_list"
    SESSION_EXPIRES_AT_ORDER = "session_expires_at_order"
    SESSION_EXPIRES_AT_CANCEL_PAGE = "session_expires_at_cancel_page"
    SESSION_EXPIRES_AT_SUBMIT = "session_expires_at_submit"
    EMPTY_LIST = "empty_list"
    WRONG_ORDER_OPENS = "wrong_order_opens"
    TICKS_EVERYTHING = "ticks_everything"
    UNKNOWN_OFFER = "unknown_offer"
    ASKS_FOR_A_CODE = "asks_for_a_code"
    ASKS_FOR_A_CAPTCHA = "asks_for_a_captcha"
    ASKS_FOR_A_CLICK = "asks_for_a_click"


SENTENCES = {
    Quirk.SLOW: "Every page comes 3 seconds late.",
    Quirk.SLOW_COMMIT: "The answer to a cancellation comes after 8 seconds.",
    Quirk.ERROR_BEFORE: "A page before the cancellation answers 503.",
    Quirk.ERROR_ON_COMMIT_NOT_DONE: "A cancellation is answered with 500 and not carried out.",
    Quirk.ERROR_ON_COMMIT_DONE: "A cancellation is carried out and answered with 500.",
    Quirk.DROPS_ON_COMMIT_NOT_DONE: "The connection closes; nothing was carried out.",
    Quirk.DROPS_ON_COMMIT_DONE: "The connection closes after it was carried out.",
    Quirk.NEVER_ANSWERS: "It is carried out, and the answer hangs.",
    Quirk.SAYS_NOTHING_DONE: "It is carried out, and the answer is a blank page.",
    Quirk.SAYS_NOTHING_NOT_DONE: "Nothing is carried out, and the answer is a blank page.",
    Quirk.SAYS_CANCELLED_BUT_IS_NOT: "The answer says success; the order is unchanged.",
    Quirk.PENDING: "The store is “attempting to cancel”; the order is unchanged for now.",
    Quirk.REFUSES: "The store is unable to cancel.",
    Quirk.PARTLY: "All but the last of the items are cancelled.",
    Quirk.BUNDLE: "Items of a bundle must be cancelled together.",
    Quirk.SHIPS_MEANWHILE: "The order ships between the page and the click.",
    Quirk.CANCELLED_MEANWHILE: "Somebody else cancels between the page and the click.",
    Quirk.ITEMS_CHANGE_MEANWHILE: "A quantity changes after the form was shown.",
    Quirk.SESSION_EXPIRES_AT_LIST: "The session ends at the order list.",
    Quirk.SESSION_EXPIRES_AT_ORDER: "The session ends at the order's page.",
    Quirk.SESSION_EXPIRES_AT_CANCEL_PAGE: "The session ends at the cancel form.",
    Quirk.SESSION_EXPIRES_AT_SUBMIT: "The session ends when the form is sent.",
    Quirk.EMPTY_LIST: "The order list shows no cards although there are orders.",
    Quirk.WRONG_ORDER_OPENS: "The list's link opens another order.",
    Quirk.TICKS_EVERYTHING: "Every box of the cancel form is ticked already.",
    Quirk.UNKNOWN_OFFER: "A page that pleads to stay has no button that says no.",
    Quirk.ASKS_FOR_A_CODE: "After the password it asks for a code that it has sent.",
    Quirk.ASKS_FOR_A_CAPTCHA: "The order list asks for a captcha, with status 200.",
    Quirk.ASKS_FOR_A_CLICK: "The order list asks for a click to go on, with status 200.",
}


@dataclass
class Wish:
    """A quirk that was asked for: where, and how many times it is still to happen."""

    quirk: Quirk
    order: str | None
    account: str | None
    times: int | None

    def fits(self, quirk: Quirk, order: str | None, account: str | None) -> bool:
        return (
            self.quirk is quirk
            and self.times != 0
            and self.order in (None, order)
            and self.account in (None, account)
        )


class Quirks:
    """The quirks that were asked for."""

    def __init__(self) -> None:
        self._wishes: list[Wish] = []
        self._turn = threading.Lock()

    def add(
        self,
        quirk: Quirk | str,
        *,
        order: str | None = None,
        account: str | None = None,
        times: int | None = None,
    ) -> None:
        """Ask for *quirk*, everywhere or where it is said, always or so many *times*."""
        try:
            named = Quirk(quirk)
        except ValueError:
            close = get_close_matches(quirk, Quirk, n=1)
            raise StoreError(
                f"no quirk is called `{quirk}`",
                hint=f"did you mean `{close[0]}`?" if close
                else "`unorder store --quirks` lists them",
            ) from None  # fmt: skip
        self._wishes.append(Wish(named, order, account, times))

    def clear(self) -> None:
        self._wishes.clear()

    def happens(
        self, quirk: Quirk, *, order: str | None = None, account: str | None = None
    ) -> bool:
        """Whether *quirk* is to happen now; this uses up one of its times."""
        with self._turn:
            for wish in self._wishes:
                if wish.fits(quirk, order, account):
                    if wish.times is not None:
                        wish.times -= 1
                    return True
        return False
