"""The keep-list and the caps as files hold them: the configuration, and rules."""

from __future__ import annotations

from automation.run.rules import Caps, Keep, Rules
from automation.source import Mapping
from automation.source.shapes import AMOUNT, COUNT, TEXTS, Key, Shape

KEEP = Shape(
    Keep,
    "`keep`",
    (
        Key("orders", TEXTS, "Numbers of orders that are never cancelled."),
        Key(
            "items",
            TEXTS,
            "Titles of items that are never cancelled, also where a store writes more or less.",
        ),
        Key(
            "exactly",
            TEXTS,
            "Titles of items that are never cancelled, whole; capitals are forgiven.",
        ),
        Key("sellers", TEXTS, "Sellers whose items are never cancelled."),
        Key("above", AMOUNT, "Orders of more than this in total are never cancelled."),
    ),
)
CAPS = Shape(
    Caps,
    "`caps`",
    (
        Key("orders_a_run", COUNT, "How many orders one run may cancel."),
        Key("orders_a_day", COUNT, "How many orders may be cancelled in a day, over all runs."),
        Key("money_a_run", AMOUNT, "For how much, in order totals, one run may cancel."),
        Key("money_a_day", AMOUNT, "For how much may be cancelled in a day, over all runs."),
        Key("fee_an_order", AMOUNT, "The most that a store may keep of one cancellation."),
    ),
)


def limits_in(top: Mapping) -> Rules:
    """What the keys `keep` and `caps` of *top* say; nothing where they are not there."""
    keep, caps = top.get("keep"), top.get("caps")
    return Rules(
        KEEP.read(keep) if keep else Keep(),
        CAPS.read(caps) if caps else Caps(),
    )
