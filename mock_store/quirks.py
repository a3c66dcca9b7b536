"""The ways in which the store can misbehave, by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Place(StrEnum):
    """Where on a shopper's way a quirk may happen."""

    SIGN_IN = "sign_in"
    PAGE = "page"
    LIST = "list"
    ORDER = "order"
    CANCEL_PAGE = "cancel_page"
    SUBMIT = "submit"


_ANYWHERE = (Place.SIGN_IN, Place.PAGE)


@dataclass(frozen=True)
class Nature:
    """What a quirk is: in a sentence, and how it may happen.

    *at* are the places where it may; when none is asked for, it happens where it comes first.
    *how* are its manners; when none is asked for, it is the first. *seconds* is how long it takes,
    from and to.
    """

    sentence: str
    at: tuple[Place, ...] = ()
    how: tuple[str, ...] = ()
    seconds: tuple[float, float] | None = None


class Quirk(StrEnum):
    """Each is off until it is asked for, by order, by account or for the whole store."""

    nature: Nature

    def __new__(cls, name: str, nature: Nature) -> Self:
        member = str.__new__(cls, name)
        member._value_ = name
        member.nature = nature
        return member

    SLOW = "slow", Nature("Every page comes 3 seconds late.", seconds=(3, 3))
    SLOW_COMMIT = (
        "slow_commit",
        Nature("The answer to a cancellation comes after 8 to 10 seconds.", seconds=(8, 10)),
    )
    ERROR_BEFORE = (
        "error_before",
        Nature("A page before the cancellation is an error page.", how=("503", "500")),
    )
    ERROR_ON_COMMIT_NOT_DONE = (
        "error_on_commit_not_done",
        Nature("A cancellation is answered with 500 and not carried out."),
    )
    ERROR_ON_COMMIT_DONE = (
        "error_on_commit_done",
        Nature("A cancellation is carried out and answered with 500."),
    )
    DROPS_ON_COMMIT_NOT_DONE = (
        "drops_on_commit_not_done",
        Nature("The connection closes without an answer; nothing was carried out."),
    )
    DROPS_ON_COMMIT_DONE = (
        "drops_on_commit_done",
        Nature("The connection closes without an answer after it was carried out."),
    )
    NEVER_ANSWERS = (
        "never_answers",
        Nature("A cancellation is carried out, and the answer hangs.", seconds=(600, 600)),
    )
    SAYS_NOTHING = (
        "says_nothing",
        Nature("The answer to a cancellation is a blank page.", how=("done", "not_done")),
    )
    SAYS_CANCELLED_BUT_IS_NOT = (
        "says_cancelled_but_is_not",
        Nature("The answer says success; the order is unchanged."),
    )
    PENDING = (
        "pending",
        Nature(
            "The store is “attempting to cancel”, and decides a minute later on its clock, or not.",
            how=("cancelled", "refused", "undecided"),
            seconds=(60, 60),
        ),
    )
    REFUSES = "refuses", Nature("The store is unable to cancel.")
    PARTLY = "partly", Nature("All but the last of the items are cancelled.")
    BUNDLE = "bundle", Nature("The items are a bundle: all of them are cancelled, or none.")
    SHIPS_MEANWHILE = (
        "ships_meanwhile",
        Nature("The order ships between the form and the click."),
    )
    CANCELLED_MEANWHILE = (
        "cancelled_meanwhile",
        Nature("Somebody else cancels between the form and the click."),
    )
    ITEMS_CHANGE_MEANWHILE = (
        "items_change_meanwhile",
        Nature(
            "After the form was shown, an item is another in number, in price or altogether.",
            how=("quantity", "price", "item"),
        ),
    )
    SESSION_EXPIRES = (
        "session_expires",
        Nature(
            "The session ends, and the page asks to sign in.",
            at=(Place.LIST, Place.ORDER, Place.CANCEL_PAGE, Place.SUBMIT),
        ),
    )
    ASKS_PASSWORD_AGAIN = (
        "asks_password_again",
        Nature("A page asks the shopper, who is signed in, for the password again."),
    )
    ASKS_CODE = (
        "asks_code",
        Nature("After the password, or on a page, it asks for a code.", at=_ANYWHERE),
    )
    CAPTCHA = (
        "captcha",
        Nature("After the password, or on a page, it asks for a captcha.", at=_ANYWHERE),
    )
    CONTINUE_SHOPPING = (
        "continue_shopping",
        Nature("After the password, or on a page, it asks for a click to go on.", at=_ANYWHERE),
    )
    PASSKEY = (
        "passkey",
        Nature("After the password, or on a page, it asks for a passkey.", at=_ANYWHERE),
    )
    COOKIE_BANNER = (
        "cookie_banner",
        Nature("At a random moment, a page is covered by a cookie banner.", seconds=(0, 0.8)),
    )
    POPUP = (
        "popup",
        Nature("At a random moment, a page is covered by an offer.", seconds=(0, 0.8)),
    )
    SURVEY = (
        "survey",
        Nature("At a random moment, a page is covered by a survey.", seconds=(0, 0.8)),
    )
    EMPTY_LIST = (
        "empty_list",
        Nature("The order list shows no cards although there are orders."),
    )
    ENCRYPTED_CARDS = (
        "encrypted_cards",
        Nature(
            "The cards of the order list are shells, which fill in after 2 seconds, or never.",
            how=("late", "never"),
            seconds=(2, 2),
        ),
    )
    SKELETON = "skeleton", Nature("A page has a layout that nobody has seen before.")
    HIDDEN_TEXTS = (
        "hidden_texts",
        Nature(
            "Always on: hidden errors, banners, bait, and “Noise Cancelling” in the search box."
        ),
    )
    BOUNCES_DIRECT_URL = (
        "bounces_direct_url",
        Nature("The cancel form, opened by its address, leads to the list; its link works."),
    )
    SAME_TITLES = (
        "same_titles",
        Nature("An order placed now holds its first title twice, and one that begins with it."),
    )
    WRONG_ORDER_OPENS = "wrong_order_opens", Nature("The list's link opens another order.")
    TICKS_EVERYTHING = (
        "ticks_everything",
        Nature("Every box of the cancel form is ticked already."),
    )
    TICKS_RESET = (
        "ticks_reset",
        Nature("The cancel form draws itself anew and forgets its ticks."),
    )
    BUTTON_MOVES = (
        "button_moves",
        Nature("The button of the cancel form moves away under the pointer."),
    )
    DOUBLE_CLICK_COUNTS = (
        "double_click_counts",
        Nature("The store carries out each submission that it receives."),
    )
    RETENTION_OFFER = (
        "retention_offer",
        Nature(
            "One more page pleads to keep a subscription, with a button that says no or without.",
            how=("known", "unknown"),
        ),
    )
    WALL = "wall", Nature("A page that looks for robots stands before the store, with status 200.")
    TWO_ACCOUNTS = (
        "two_accounts",
        Nature("A page asks which account to go on as; the one it remembers is another."),
    )

    @classmethod
    def named(cls, name: str) -> Quirk:
        """The quirk of this name; `KeyError` if there is none."""
        return {quirk.value: quirk for quirk in cls}[name]

    @property
    def hows(self) -> tuple[str, ...]:
        """The places and manners that may be asked for by name."""
        return (*self.nature.at, *self.nature.how)
