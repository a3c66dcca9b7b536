"""The shapes that the boutique's pages can take. Each was met in a shop system that is in use."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, get_type_hints

from mock_store.errors import StoreError


class SignIn(StrEnum):
    """How a shopper signs in."""

    LABELS = "labels"
    PLACEHOLDERS = "placeholders"
    TWO_BUTTONS = "two_buttons"  # another "Log in" stands in the header
    SHOW_PASSWORD = "show_password"  # noqa: S105 (a button beside the field)
    IN_PLACE = "in_place"  # it succeeds without leading anywhere


class SignedOut(StrEnum):
    """What the order list shows to who is not signed in."""

    REDIRECT = "redirect"
    FORM = "form"  # the sign-in form, at the list's own address
    LOOKUP = "lookup"  # a form that finds an order by its number


class List(StrEnum):
    TABLE = "table"
    CARDS = "cards"
    ARTICLES = "articles"


class Link(StrEnum):
    """What opens an order from the list."""

    NUMBERED = "numbered"  # "View order 22"
    GLYPH = "glyph"  # an icon font's sign and "View"
    BUTTON = "button"  # says that it is a button, and is no link
    TAB = "tab"  # opens in a tab of its own


class Pager(StrEnum):
    NEXT = "next"
    NUMBERS = "numbers"
    MORE = "more"  # a button of a single-page application


class Place(StrEnum):
    """Where a cancellation begins."""

    ORDER = "order"
    ROW = "row"
    BOTH = "both"
    MENU = "menu"  # behind a button without a name


class Name(StrEnum):
    """What the control that begins a cancellation is called."""

    PLAIN = "plain"
    NUMBERED = "numbered"  # "Cancel", and "Cancel order 22" to who listens
    GLYPH = "glyph"
    UPPER = "upper"  # in capitals, by style alone


class Choose(StrEnum):
    WHOLE = "whole"
    TICK = "tick"
    UNTICK = "untick"
    QUANTITY = "quantity"


class Reason(StrEnum):
    NONE = "none"
    RADIOS = "radios"
    TEXTAREA = "textarea"
    SELECT = "select"
    COMBOBOX = "combobox"
    REQUIRED = "required"  # a select without which the store refuses
    NEEDED = "needed"  # a select without which the button stays disabled


class Confirm(StrEnum):
    """What stands between the shopper and the cancellation."""

    LINK = "link"  # nothing: a plain link cancels at once
    NATIVE = "native"  # the browser's own question
    DIALOG = "dialog"  # without a name
    POPUP = "popup"  # no dialog to who listens; its last button is a cross
    PAGE = "page"
    SAME_URL = "same_url"  # a page at the order's own address, where "Cancel" means to go back
    AMOUNT = "amount"  # a button that says what is refunded
    SCRIPT = "script"  # a button without a form's action: a script sends


class Answer(StrEnum):
    """How the store tells what came of it."""

    STATUS = "status"
    ALERT = "alert"
    TOAST = "toast"
    ERROR = "error"  # a success in red
    NONE = "none"  # only the changed state tells
    BESIDE = "beside"  # with another message, which has nothing to do with it


class Result(StrEnum):
    """How a cancelled order is spoken of."""

    CANCELLED = "cancelled"
    CANCELED = "canceled"  # one l, beside two in the messages
    BY_CUSTOMER = "by_customer"
    FEE = "fee"


class Unwilling(StrEnum):
    """How the store shows that an order which is being prepared cannot be cancelled."""

    MISSING = "missing"  # there is no control
    DISABLED = "disabled"  # there is one, and it is disabled
    SUBMIT = "submit"  # the last button is disabled
    AFTER = "after"  # it refuses after the click


@dataclass(frozen=True)
class Shapes:
    """One face of the boutique."""

    sign_in: SignIn = SignIn.LABELS
    signed_out: SignedOut = SignedOut.REDIRECT
    list: List = List.TABLE
    link: Link = Link.NUMBERED
    pager: Pager = Pager.NEXT
    place: Place = Place.ORDER
    name: Name = Name.PLAIN
    choose: Choose = Choose.WHOLE
    reason: Reason = Reason.NONE
    confirm: Confirm = Confirm.DIALOG
    answer: Answer = Answer.STATUS
    result: Result = Result.CANCELLED
    unwilling: Unwilling = Unwilling.MISSING

    def with_(self, *wishes: str) -> Shapes:
        """The same, but as each of these says: `confirm=native`. `StoreError` for an unknown."""
        kinds = get_type_hints(Shapes)
        changed: dict[str, Any] = {}
        for wish in wishes:
            name, _, value = wish.partition("=")
            if name not in kinds:
                raise _unknown(f"no part of the boutique is called `{name}`", name, kinds)
            values = [each.value for each in kinds[name]]
            if value not in values:
                raise _unknown(f"`{name}` has no shape called `{value}`", value, values)
            changed[name] = kinds[name](value)
        return replace(self, **changed)


SHAPES = {field.name: tuple(get_type_hints(Shapes)[field.name]) for field in fields(Shapes)}


def _unknown(message: str, word: str, known: Any) -> StoreError:
    close = get_close_matches(word, known, n=1)
    return StoreError(
        message, hint=f"did you mean `{close[0]}`?" if close else "there are " + ", ".join(known)
    )
