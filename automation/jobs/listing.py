"""Reading an account's whole order list. Half a list is no list."""

from __future__ import annotations

from playwright.sync_api import Error

from automation.errors import InputError
from automation.outcome import Outcome
from automation.pages.orders import OrdersPage
from automation.pages.readings import Card
from automation.pages.storefront import Storefront
from automation.run.arrival import arrive, translated
from automation.run.endings import Hiccup, SignedOut, WalkEnded
from automation.run.judgement import Verdict
from automation.run.visit import Visit

_TRIES = 3


def see_that_there_is_a_list(storefront: Storefront) -> None:
    """`InputError` for a store without one: nothing can be looked through."""
    if not storefront.has_list:
        raise InputError(
            f"{storefront.title} has no list of orders, so it cannot be looked through",
            hint="its orders are cancelled one by one: unorder cancel ORDER --key env:NAME",
        )


def whole_list(visit: Visit) -> tuple[Card, ...]:
    """Every order of the list. `WalkEnded` when what was read is not what the store says it has.

    The list is read anew when the store hiccups, and when it changes under the reader's hands.
    """
    why = ""
    for _ in range(_TRIES):
        try:
            cards, stated = _pages(visit)
        except SignedOut:
            visit.sign_in_again()
            why = "the store asks to sign in again and again"
            continue
        except Hiccup as hiccup:
            why = str(hiccup)
            continue
        if stated is None:
            why = f"{len(cards)} orders were read, but the store does not say how many there are"
            break
        if len(cards) == stated:
            return cards
        why = f"the store says that there are {stated} orders, and {len(cards)} were read"
    raise WalkEnded(
        Verdict(Outcome.BROKEN, f"the order list could not be read completely: {why}"),
        hint="nothing is planned from half a list; try again later",
    )


def _pages(visit: Visit) -> tuple[tuple[Card, ...], int | None]:
    page = visit.storefront.kind(OrdersPage)(visit.page, visit.storefront)
    cards: dict[str, Card] = {}
    try:
        page.open()
        while True:
            arrive(page, visit.missing)
            page.settled()
            listed = page.read()
            cards |= {card.number: card for card in listed.cards}
            if not listed.more:
                return tuple(cards.values()), listed.stated
            page.turn()
    except Error as problem:
        told = translated(problem, visit.storefront)
        if told is problem:
            raise Hiccup(problem.message.partition("\n")[0]) from problem
        raise told from problem
