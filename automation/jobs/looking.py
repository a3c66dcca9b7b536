"""Looking through one account: its whole list, and each order that the rules may choose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from automation.jobs.book import WAYS, Book
from automation.jobs.choosing import Chosen, Unsure, choose, may_choose, names_it
from automation.jobs.listing import whole_list
from automation.jobs.orders import read_order
from automation.jobs.plan import Listed, Planned
from automation.jobs.reading import Post
from automation.jobs.route import closes, route_of, without_kept
from automation.outcome import Outcome
from automation.pages.readings import LAPSED, Card, Order, State
from automation.pages.storefront import Storefront
from automation.run.endings import WalkEnded
from automation.run.facts import Subject
from automation.run.intents import intents_of
from automation.run.journal import Journal
from automation.run.judgement import Verdict
from automation.run.rules import Rules
from automation.run.unchanged import digest_of
from automation.run.visit import Visit

_OVER = {State.DELIVERED, State.CANCELLED, State.RETURNED, *LAPSED}


@dataclass(frozen=True)
class Found:
    """What one account has that the rules choose."""

    listed: Listed
    orders: tuple[Planned, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """By what an account is looked through. *limits* are the rules' and the configuration's."""

    book: Book
    limits: Rules
    today: date


def look_through(
    visit: Visit, post: Post, look: Look, journal: Journal, told: Callable[[int, int], None]
) -> Found:
    """Read everything that a plan needs; nothing is clicked. *told* hears how far it is.

    `WalkEnded` and `TryLater` when the account cannot be looked through.
    """
    listing = whole_list(visit)
    cards = listing.cards
    over = [card for card in cards if _is_over(card, post.storefront)]
    to_open = [
        card
        for card in cards
        if may_choose(card.number, look.book.choices)
        and (card not in over or names_it(card.number, look.book.choices))
    ]
    orders: list[Planned] = []
    notes = [] if listing.counted else [_not_counted(len(cards), post)]
    for number, card in enumerate(to_open, 1):
        told(number, len(to_open))
        try:
            order = read_order(visit, card.number, journal.path.parent)
            planned = _plan(order, post, look, journal)
        except (WalkEnded, Unsure) as problem:
            if isinstance(problem, WalkEnded) and _holds_the_account(problem.verdict):
                raise
            why = visit.masker.text(str(problem))
            notes.append(f"order {card.number} of {post.where} is left out: {why}")
        else:
            orders.extend([planned] if planned else [])
    listed = Listed(post.where, len(cards), len(over), len(to_open))
    return Found(listed, tuple(orders), tuple(notes))


def _not_counted(orders: int, post: Post) -> str:
    return f"the list of {post.where}: {orders} read; this store states no count"


def _is_over(card: Card, storefront: Storefront) -> bool:
    """Whether all that the card says is that nothing can be done any more."""
    states = {storefront.state(said) for said in card.said}
    return bool(states) and states <= _OVER


def _holds_the_account(verdict: Verdict) -> bool:
    return verdict.outcome in (Outcome.NEEDS_PERSON, Outcome.GUARDED)


def _plan(order: Order, post: Post, look: Look, journal: Journal) -> Planned | None:
    chosen = choose(order, look.book.choices, look.today)
    if chosen is None and not order.items and names_it(order.number, look.book.choices):
        # A cancelled order's page may hold nothing but that.
        chosen = Chosen((), ("by its number",), WAYS, None, whole=True)
    if chosen is None:
        return None
    chosen = without_kept(chosen, order, look.limits)
    subject = Subject(post.storefront.key, post.account.name, order.number)
    routed = route_of(order, chosen, look.limits, intents_of(journal, subject))
    return Planned(
        where=post.where,
        key=post.key,
        order=order.number,
        route=routed.route,
        titles=routed.titles,
        whole=chosen.whole and (not routed.route.to_do or len(routed.titles) == len(order.items)),
        why=chosen.why,
        words=routed.words,
        reason=chosen.reason,
        closes=closes(order, routed, post.storefront, look.today, look.book.zone),
        facts=replace(order, account=""),  # its owner's name is nobody's business
        digest=digest_of(order),
    )
