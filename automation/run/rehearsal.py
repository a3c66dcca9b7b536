"""What a rehearsal says that a click would do."""

from __future__ import annotations

from automation.pages.base import Effect
from automation.pages.readings import Selection
from automation.run.fees import Money
from automation.run.judgement import Wanted

_WOULD = {
    Effect.CANCELS_ITEMS: "cancel",
    Effect.ASKS_THE_SELLER: "ask the seller to cancel",
    Effect.WRITES_TO_THE_SELLER: "write to the seller about",
    Effect.RETURNS_ITEMS: "begin to return",
    Effect.ENDS_SUBSCRIPTION: "end",
}
_ASKS = "ask the store, which then decides, to cancel"


def it_would(wanted: Wanted, selection: Selection, money: Money) -> str:
    """In one sentence: to which items, whether at once, and at which fee."""
    would = _WOULD[wanted.effect]
    if selection.asks is not None:
        would = _ASKS if selection.asks else f"{would} at once"
    kept = money.told("the store would keep a fee of", "it would pay back")
    return f"it would {would}: {', '.join(wanted.titles)}{kept}"
