"""Reading an account's whole order list. Half a list is no list."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Error

from automation.outcome import Outcome
from automation.pages.orders import OrdersPage
from automation.pages.readings import Card
from automation.pages.tally import GoesInCircles, Tally
from automation.run.arrival import arrive, translated
from automation.run.diagnosis import plainly
from automation.run.endings import Hiccup, SignedOut, WalkEnded
from automation.run.judgement import Verdict
from automation.run.not_listed import in_circles, what_to_name
from automation.run.visit import Visit

_TRIES = 3
_LATER = "nothing is planned from half a list; try again later"


@dataclass(frozen=True)
class WholeList:
    """Every order of an account. *counted* is whether the store says how many there are."""

    cards: tuple[Card, ...]
    counted: bool


def whole_list(visit: Visit) -> WholeList:
    """Every order of the list. `WalkEnded` when what was read is not known to be all of it.

    The list is read anew when the store hiccups, and when it changes under the reader's hands.
    """
    why, hint = "", _LATER
    for _ in range(_TRIES):
        try:
            cards, tally = _pages(visit)
        except SignedOut:
            visit.sign_in_again()
            why = "the store asks to sign in again and again"
            continue
        except Hiccup as hiccup:
            why = str(hiccup)
            continue
        except GoesInCircles as circle:
            raise in_circles(circle, visit.storefront.description) from circle
        if tally.whole:
            return WholeList(cards, counted=tally.stated is not None)
        why = tally.gap
        hint = what_to_name(tally, visit.storefront.description) or _LATER
        if tally.stated is None:
            break  # it will not state a count the next time either
    raise WalkEnded(
        Verdict(Outcome.BROKEN, f"the order list could not be read completely: {why}"), hint=hint
    )


def _pages(visit: Visit) -> tuple[tuple[Card, ...], Tally]:
    page = visit.storefront.kind(OrdersPage)(visit.page, visit.storefront)
    cards: dict[str, Card] = {}
    tally = Tally()
    try:
        page.open()
        while True:
            arrive(page, visit.missing)
            page.settled()
            listed = page.read()
            tally.add(listed)
            cards |= {card.number: card for card in listed.cards}
            if not listed.more:
                return tuple(cards.values()), tally
            page.turn()
    except GoesInCircles:
        raise
    except Error as problem:
        told = translated(problem, visit.storefront)
        if told is problem:
            raise Hiccup(plainly(problem)) from problem
        raise told from problem
