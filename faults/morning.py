"""The morning after a night: every order's word against the store's truth, by the checker."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from faults.checker import Finding, Kind, judge
from faults.history import History, Row
from faults.night import Night
from faults.roster import Guest
from faults.testimony import rows_in, truth_of
from mock_store.quirks import Quirk
from mock_store.rules import State
from mock_store.store import PlacedOrder, Store

SUBMIT = r"/progress-tracker/package/preship/cancel-items.*"
SHORT = 120.0  # seconds, on a machine that may be very busy
_NEVER_ASKED = "seller"  # what goes to a seller is no submission of a cancellation


@dataclass(frozen=True)
class Judged:
    """One order: the last word about it, what the store knows, and what is wrong."""

    guest: Guest
    word: str  # "" if nothing was run for it
    state: str
    submits: int
    intents: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Morning:
    """All of them."""

    orders: tuple[Judged, ...]
    a_day: int  # the most orders that were clicked for on one day
    cap: int

    @property
    def findings(self) -> list[Finding]:
        found = [finding for order in self.orders for finding in order.findings]
        if self.a_day > self.cap:
            why = f"{self.a_day} orders in a day, but {self.cap} is the cap"
            found.append(Finding(Kind.WRONG_CANCEL, "all", why))
        return found

    @property
    def words(self) -> Counter[str]:
        return Counter(order.word or "nothing was run" for order in self.orders)


def judged(night: Night, store: Store) -> Morning:
    """Read the journal and the store, order by order."""
    rows = rows_in(night.runs)
    intents = [row for row in rows if row.kind == "intent"]
    days = Counter(datetime.fromtimestamp(row.at, UTC).date() for row in intents)
    a_day = max(days.values(), default=0)
    full = a_day >= night.cap
    orders = tuple(
        _order(night, store.order(guest.order), guest, rows, full=full) for guest in night.guests
    )
    return Morning(orders, a_day, night.cap)


def _order(
    night: Night, order: PlacedOrder, guest: Guest, rows: list[Row], *, full: bool
) -> Judged:
    number = order.number
    begun = [row.run for row in rows
             if row.kind == "applies" and row.body["subject"].endswith(number)]  # fmt: skip
    own = [row for row in rows if row.run in begun]
    ends = [row for row in own if row.kind in ("record", "ended")]
    newest = [row.body["outcome"] for row in ends if row.run == begun[-1]] if begun else []
    word = newest[-1] if newest else ""
    submits = order.submits
    intents = sum(row.kind == "intent" for row in own)
    findings = [
        *_by_the_checker(night, order, guest, own),
        *_by_the_roster(order, guest, word, full=full),
    ]
    if begun and not newest:
        findings.append(Finding(Kind.LOST_RECORD, number, f"no word of the run {begun[-1]}"))
    if submits > intents:
        why = f"{submits} submissions, but {intents} intents"
        findings.append(Finding(Kind.DOUBLE_SUBMIT, number, why))
    return Judged(guest, word, order.state, submits, intents, tuple(findings))


def _by_the_checker(
    night: Night, order: PlacedOrder, guest: Guest, own: list[Row]
) -> list[Finding]:
    if _NEVER_ASKED in guest.kind:
        return []
    number = order.number
    posts = [one for one in night.posts
             if one.received and re.fullmatch(f"{SUBMIT}{number}.*", one.path)]  # fmt: skip
    quirk = guest.day.quirk.value if guest.day else ""
    truth = truth_of(guest.asked, quirk, order, own, posts)
    truth.kept = {number} if guest.untouchable else set()
    return list(judge(History(tuple(own), truth), short=SHORT).findings)


def _by_the_roster(order: PlacedOrder, guest: Guest, word: str, *, full: bool) -> list[Finding]:
    """What this order may end in, and what the store must then know of it."""
    number, found = order.number, []
    left_out = full and guest.kind == "no bad day" and not word  # the cap was reached before it
    if word not in guest.ends and not left_out:
        there = " or ".join(sorted(guest.ends))
        why = f"`{word or 'nothing'}` where {there or 'nothing'} was to be ({guest.kind})"
        found.append(Finding(Kind.FALSE_RECORD, number, why))
    if guest.untouchable or not word:
        if order.submits or order.executions:
            found.append(Finding(Kind.WRONG_CANCEL, number, f"it was submitted ({guest.kind})"))
        return found
    cancelled = sum(
        title in guest.asked and state is State.CANCELLED for title, state in order.lines()
    )
    all_of_it = cancelled >= len(guest.asked)
    if (word in {"cancelled", "already_cancelled"}) is not all_of_it and word != "unknown":
        why = f"`{word}`, but {cancelled} of {len(guest.asked)} are cancelled"
        found.append(Finding(Kind.FALSE_RECORD, number, why))
    others = [title for title, state in order.lines()
              if title not in guest.asked and state is State.CANCELLED]  # fmt: skip
    by_others = guest.day is not None and guest.day.quirk is Quirk.CANCELLED_MEANWHILE
    if others and not by_others:
        found.append(Finding(Kind.WRONG_CANCEL, number, f"`{others[0]}` was not asked for"))
    return found
