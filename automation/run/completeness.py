"""Whether the lines that were read are all that an order has, by what its page says. Pure."""

from __future__ import annotations

from decimal import Decimal

from automation.pages.readings import Counted, Item, Order, Priced, Sums
from automation.pages.regions import count_in
from automation.run.amounts import amount

UNPROVED = (
    "lines cannot be proved to be all: the profile names no `subtotal` and no `count` of them, and "
    "does not say `complete: true` (`order.lines`)"
)


def not_accounted_for(order: Order) -> str | None:
    """Why lines may be missing from what was read, in plain words; `None` if none can be."""
    tally = order.tally
    if tally is None:
        return None
    if tally.subtotal is None and tally.count is None:
        return None if tally.vouched else UNPROVED
    return _by_their_count(order.items, tally) or _by_their_prices(order.items, tally)


def what_proves_the_lines(order: Order) -> list[str]:
    """What a rehearsal notes: nothing where the page itself proves that all lines were read."""
    unread = not_accounted_for(order)
    if unread is None:
        return the_authors_word(order)
    return [f"{unread}; a keep-list by item or seller would hold this order back"]


def the_authors_word(order: Order) -> list[str]:
    """What to note where nothing but the profile says that all lines were read."""
    tally = order.tally
    if tally is None or not tally.vouched or not_accounted_for(order):
        return []
    if tally.subtotal is not None or tally.count is not None:
        return []
    return ["that every line of the order was read is the profile's word: `order.lines.complete`"]


def _by_their_count(items: tuple[Item, ...], tally: Sums) -> str | None:
    if tally.count is None:
        return None
    stated = count_in(tally.count, default=-1)
    if stated < 0:
        return f"no count of its lines can be read: `{tally.count or 'nothing'}`"
    lines, pieces = len(items), sum(item.quantity for item in items)
    counts = {Counted.LINES: {lines}, Counted.PIECES: {pieces}, None: {lines, pieces}}
    if stated not in counts[tally.counted]:
        read = f"{_many(pieces, 'piece')} of {_many(lines, 'line')}"
        return f"its page says `{tally.count}`, and what was read is {read}"
    if counts[tally.counted] != {stated}:
        return (
            f"whether `{tally.count}` counts lines or pieces is not said: "
            "write `counted: lines` or `counted: pieces` under `order.lines`"
        )
    return None


def _by_their_prices(items: tuple[Item, ...], tally: Sums) -> str | None:
    if tally.subtotal is None:
        return None
    try:
        stated = amount(tally.subtotal)
    except ValueError:
        return f"no subtotal of its lines can be read: `{tally.subtotal or 'nothing'}`"
    each = whole = Decimal(0)
    for item in items:
        try:
            price = amount(item.price)
        except ValueError:
            return f"the price of `{item.title}` cannot be read: `{item.price or 'nothing'}`"
        each, whole = each + price * item.quantity, whole + price
    sums = {Priced.EACH: {each}, Priced.LINE: {whole}, None: {each, whole}}[tally.priced]
    if stated not in sums:
        told = " or ".join(str(one) for one in sorted(sums))
        return f"its page says {tally.subtotal}, and the lines that were read add up to {told}"
    if sums != {stated}:
        return (
            "whether a line's price is of one piece or of all is not said: "
            "write `priced: each` or `priced: line` under `order.lines`"
        )
    return None


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
