"""What the page of an order of the boutique looks like."""

from __future__ import annotations

from enum import StrEnum


class Title(StrEnum):
    """What the title of a line is written with."""

    PLAIN = "plain"
    CODE = "code"  # "Stoneware mug (STO05)"
    QUANTITY = "quantity"  # the quantity follows the title, and has no column
    LINKED = "linked"  # leads to the product; one that the shop deleted is plain text


class Lines(StrEnum):
    TABLE = "table"
    BODIES = "bodies"  # a `tbody` for each
    TOTAL = "total"  # the total is a row like the lines


class Sums(StrEnum):
    """What the order's page adds up."""

    TOTAL = "total"
    ALL = "all"  # a subtotal, how many pieces, and a total
    NONE = "none"


class Stamp(StrEnum):
    """How a state is written, on the order and in the list."""

    PLAIN = "plain"
    GLUED = "glued"  # its label touches it: "StatusReceived"
    LABELLED = "labelled"  # "Order Status: Received"


class Result(StrEnum):
    """How a cancelled order is spoken of."""

    CANCELLED = "cancelled"
    CANCELED = "canceled"  # one l, beside two in the messages
    BY_CUSTOMER = "by_customer"
    FEE = "fee"


class Requested(StrEnum):
    """Where an order says that its cancellation was requested."""

    STATE = "state"
    ALERT = "alert"  # above; its state says what it said before


class Fee(StrEnum):
    """A fee that is kept on a cancellation."""

    NONE = "none"
    SHOWN = "shown"  # before the click, and afterwards on the order
    AFTER = "after"  # only afterwards
    UNSTATED = "unstated"  # as SHOWN; and the order's state says what it said before
