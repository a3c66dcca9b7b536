"""Requests that a store has not decided: what an earlier run asked for is not asked for again."""

from __future__ import annotations

from collections.abc import Iterable

from automation.outcome import Outcome
from automation.pages.readings import Order
from automation.pages.values import Items
from automation.run.facts import Subject
from automation.run.intents import Intent, intents_of
from automation.run.journal import Journal
from automation.run.judgement import Verdict, Wanted, chosen


def not_decided(earlier: Iterable[Intent], titles: Iterable[str]) -> Verdict | None:
    """`requested`, if one of these items was asked for and the store has not decided."""
    about = set(titles)
    for intent in earlier:
        if intent.outcome is Outcome.REQUESTED and about & set(intent.wanted.titles):
            since = f"the store was asked on {intent.at:%Y-%m-%d}, and has not decided"
            return Verdict(Outcome.REQUESTED, since)
    return None


def unless_asked(
    judged: Verdict | Wanted, order: Order, items: Items, journal: Journal, subject: Subject
) -> Verdict | Wanted:
    """What was judged of the page, unless the store was asked and its page does not show that.

    Only an earlier run knows then why nothing is offered, or that what is offered was used.
    """
    if isinstance(judged, Verdict) and judged.outcome is not Outcome.REFUSED:
        return judged
    about = judged.titles if isinstance(judged, Wanted) else [
        item.title for item in chosen(order, items)
    ]  # fmt: skip
    return not_decided(intents_of(journal, subject), about) or judged
