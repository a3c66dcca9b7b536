"""Where a cancellation begins in the boutique, what it asks, and what it answers."""

from __future__ import annotations

from enum import StrEnum


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


class Opens(StrEnum):
    """What stands between the control that begins and the last question.

    Unless it is `one`, the question is a page of its own.
    """

    ONE = "one"
    TWO = "two"  # a page that offers something else, with a link that goes on
    SLOW = "slow"  # the same; a script loads both pages, and each takes 2 seconds
    POST = "post"  # the same with a button, whose POST only checks
    POST_CANCELS = "post_cancels"  # the same button, and its POST cancels


class Confirm(StrEnum):
    """What stands between the shopper and the cancellation."""

    LINK = "link"  # nothing: a plain link cancels at once
    ONCLICK = "onclick"  # nothing: a link without an address, whose script leads there
    NATIVE = "native"  # the browser's own question
    DIALOG = "dialog"  # without a name
    POPUP = "popup"  # no dialog to who listens; its last button is a cross
    PAGE = "page"
    SAME_URL = "same_url"  # a page at the order's own address, where "Cancel" means to go back
    AMOUNT = "amount"  # a button that says what is refunded
    SCRIPT = "script"  # a button without a form's action: a script sends
    TASK = "task"  # a page whose form a script sends; a page that reloads itself answers
    GRAPHQL = "graphql"  # a script sends to the address from which it also reads the state


class Paid(StrEnum):
    """What becomes of a paid order; one that is not paid is cancelled at once.

    Unless it is `cancelled`, the control that begins says "Request cancellation" in both cases.
    """

    CANCELLED = "cancelled"
    ASKS = "asks"  # it is a request; the page that asks once more says so
    ASKS_UNTOLD = "asks_untold"  # it is a request, and nothing says so before


class Answer(StrEnum):
    """How the store tells what came of it."""

    STATUS = "status"
    ALERT = "alert"
    TOAST = "toast"
    ERROR = "error"  # a success in red
    NONE = "none"  # only the changed state tells
    BESIDE = "beside"  # with another message, which has nothing to do with it


class Unwilling(StrEnum):
    """How the store shows that an order which is being prepared cannot be cancelled."""

    MISSING = "missing"  # there is no control
    DISABLED = "disabled"  # there is one, and it is disabled
    SUBMIT = "submit"  # the last button is disabled
    AFTER = "after"  # it refuses after the click
