"""Whether an order changed in a run that never clicked, and whether a step of it may be why.

Before its first press a walk writes an entry, so that the order is read again after a kill too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from automation.outcome import Outcome
from automation.pages.opened import OpenedAs
from automation.pages.readings import Order, Way
from automation.run.facts import Subject, order_as_data, order_from_data
from automation.run.journal import Entry, Journal
from automation.run.judgement import Verdict
from automation.run.network.request_blocker import LeftEarly
from automation.run.unchanged import difference

_BEGINS, _READ = "pressing", "read_after_press"


@dataclass(frozen=True)
class Pressed:
    """A walk that pressed something before its click. *first* is the order before that."""

    run: str
    subject: Subject
    store: OpenedAs
    first: Order


def note_first_press(journal: Journal, pressed: Pressed) -> None:
    """Write down that the walk presses something now."""
    body = {
        "subject": str(pressed.subject),
        "store": pressed.store.as_data(),
        "first": order_as_data(pressed.first),
    }
    journal.write(pressed.run, _BEGINS, body)


def note_read_again(journal: Journal, run: str, changed: str | None) -> None:
    """Write down that the order was read after the last press, and what had changed."""
    journal.write(run, _READ, {"changed": changed})


def not_read_again(journal: Journal, *, run: str | None = None) -> list[Pressed]:
    """The walks whose order nobody has read since they pressed something, oldest first.

    Not those that armed a click: what became of that is settled as a click's effect is.
    """
    read = {entry.run for entry in journal.of_kind(_READ, "intent")}
    return [
        _pressed(entry)
        for entry in journal.of_kind(_BEGINS)
        if entry.run not in read and run in (None, entry.run)
    ]


def change(first: Order, now: Order) -> str | None:
    """The first fact that has changed; not what its page offers, which may come late."""
    return difference(_without_ways(first), _without_ways(now))


def verdict_on(changed: str, left_early: Sequence[LeftEarly]) -> Verdict | None:
    """What it means that the order changed; `None` where this run sent nothing that could do it."""
    if not left_early:
        return None
    last = left_early[-1]
    return Verdict(
        Outcome.CHANGED_BEFORE_THE_CLICK,
        f"{changed}; `{last.step}` had asked for `{last.request}`, and the click was not made",
    )


def _without_ways(order: Order) -> Order:
    return replace(order, items=tuple(replace(item, way=Way.NONE) for item in order.items))


def _pressed(entry: Entry) -> Pressed:
    body: dict[str, Any] = dict(entry.body)
    return Pressed(
        entry.run,
        Subject.parse(body["subject"]),
        OpenedAs(**body["store"]),
        order_from_data(body["first"]),
    )
