"""What a store keeps of a cancellation, and what it pays back: told before the click and after."""

from __future__ import annotations

from dataclasses import dataclass

from automation.outcome import Outcome
from automation.pages.description import Description
from automation.pages.readings import Order, Selection
from automation.run.rules import Rules

# After these a fee that the confirmation named may be kept.
_MAY_BE_KEPT = {
    Outcome.CANCELLED, Outcome.PARTLY_CANCELLED, Outcome.REQUESTED, Outcome.UNKNOWN,
}  # fmt: skip


@dataclass(frozen=True)
class Money:
    """A fee and a refund as the store shows them; `None` for what it does not show."""

    fee: str | None = None
    refund: str | None = None

    def __bool__(self) -> bool:
        """Whether the store shows any of it."""
        return self.fee is not None or self.refund is not None

    def told(self, fee: str, refund: str) -> str:
        """What follows a sentence: *fee* and *refund* introduce the two."""
        parts = ((fee, self.fee), (refund, self.refund))
        return "".join(f"; {said} {shown}" for said, shown in parts if shown)


def would_be_kept(order: Order, selection: Selection) -> Money:
    """What the pages show before the click; the confirmation's fee before the order's."""
    return Money(selection.fee or order.fee, order.refund)


def is_kept(
    outcome: Outcome, before: Order | None, after: Order | None, named: str | None
) -> Money:
    """What the order shows after a run. *named* is the fee that the confirmation showed."""
    shown = after or (before if outcome is Outcome.ALREADY_CANCELLED else None)
    fee, refund = (shown.fee, shown.refund) if shown else (None, None)
    return Money(fee or (named if outcome in _MAY_BE_KEPT else None), refund)


def in_a_reason(money: Money, after: Order | None) -> str:
    """What follows the reason of an outcome: what the order shows, or what was named before."""
    read = after is not None and after.fee is not None
    fee = "the store keeps a fee of" if read else "the confirmation named a fee of"
    return money.told(fee, "it pays back")


def unseen(rules: Rules, looked_for: Description | None) -> str | None:
    """That the cap of fees guards nothing here, where the profile names no place for a fee."""
    if rules.caps.fee_an_order is None or (looked_for and looked_for.tells_fees):
        return None
    return (
        "the profile names no place for a fee (`order.fee`, `cancel.fee`): "
        "the cap `fee_an_order` guards nothing here"
    )
