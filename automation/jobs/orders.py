"""Reading one order by its own address, for a plan or to see what became of it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Error

from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.readings import Order
from automation.pages.storefront import Storefront
from automation.run.diagnosis import plainly
from automation.run.endings import Hiccup, SignedOut, WalkEnded
from automation.run.evidence import Evidence
from automation.run.judgement import Verdict
from automation.run.reader import OrderReader
from automation.run.visit import Visit

_TRIES = 3


def read_order(
    visit: Visit, number: str, folder: Path, storefront: Storefront | None = None
) -> Order:
    """The order as its page shows it now, signing in again if need be.

    `WalkEnded` when it cannot be read, or is another account's. *storefront* is as it is opened, if
    not as the visit's.
    """
    evidence = Evidence(folder, visit.masker)
    reader = OrderReader(visit, number, evidence, Effect.CANCELS_ITEMS, storefront)
    why = ""
    for _ in range(_TRIES):
        try:
            order = reader.look()
        except SignedOut:
            visit.sign_in_again()
            why = "the store asks to sign in again and again"
        except Hiccup as hiccup:
            why = str(hiccup)
        except Error as problem:
            why = plainly(problem)
        else:
            _see_whose_it_is(order, number, visit)
            return order
    raise WalkEnded(Verdict(Outcome.BROKEN, f"it could not be read: {why}"))


def _see_whose_it_is(order: Order, number: str, visit: Visit) -> None:
    if visit.greeted_as and order.account and order.account != visit.greeted_as:
        reason = "the store greets another account than the one that was asked for"
        raise WalkEnded(Verdict(Outcome.GUARDED, reason))
    if order.number != number:
        raise WalkEnded(Verdict(Outcome.BROKEN, f"order {order.number or 'none'} opened instead"))
