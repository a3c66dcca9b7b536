"""Judges a history. It knows journals and the store's record, and nothing of the code between them.

Each order's story is told as ok, fail or unknown; each way in which a journal and the world do not
fit together is a `Finding`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from faults.history import History, Receipt, Row, Told

SHORT = 45.0  # seconds: a last look (30), the arming deadline (10), and the way to the store
_DONE = {"cancelled", "already_cancelled"}
_NOT_DONE = {"not_cancelled", "refused", "too_late"}
_OPEN = {"unknown", "requested"}
_NOTHING_CLICKED = {
    "already_cancelled",
    "guarded",
    "broken",
    "not_found",
    "rehearsed",
    "needs_person",
    "not_in_app",
}
_GOES = {"ordered", "preparing"}  # what may be cancelled


class Kind(Enum):
    """What a history must never show, and what it must not end with."""

    WRONG_CANCEL = "wrong cancel"
    DOUBLE_SUBMIT = "double submit by us"
    LOST_RECORD = "lost record"
    FALSE_RECORD = "false record"
    UNKNOWN_LEFT = "unknown left"
    BROKE = "a process hung or broke"


class Word(Enum):
    """What is known of an operation, in the three words of such checkers."""

    OK = "ok"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """One way in which a history is wrong."""

    kind: Kind
    order: str
    why: str

    def __str__(self) -> str:
        return f"{self.kind.value}: order {self.order}: {self.why}"


@dataclass(frozen=True)
class Judged:
    """A history, judged."""

    findings: tuple[Finding, ...]
    orders: dict[str, Word]


def judge(history: History, *, short: float = SHORT) -> Judged:
    """Everything that is wrong with a history, and what it says of each order.

    *short* is how many seconds a click may come after what it acts on, and a record after its read.
    """
    view = _View(history, short)
    findings = [*_wrong_cancels(view), *_double_submits(view), *_lost(view), *_false(view),
                *_left(view)]  # fmt: skip
    orders = {order: view.word(order) for order in history.truth.asked}
    return Judged(tuple(dict.fromkeys(findings)), orders)


class _View:
    """A history, with what the rules ask of it."""

    def __init__(self, history: History, short: float) -> None:
        self.short = short
        self.truth = history.truth
        self.told = history.told
        self.rows = history.rows
        self.intents = [row for row in history.rows if row.kind == "intent"]
        self.records = [row for row in history.rows if row.kind == "record"]

    def intent_of(self, run: str, order: str) -> Row | None:
        return next((r for r in self.intents if r.run == run and r.order == order), None)

    def records_of(self, intent: Row) -> list[Row]:
        return [
            row
            for row in self.records
            if (row.journal, row.order, row.attempt)
            == (intent.journal, intent.order, intent.attempt)
        ]

    def receipts_of(self, order: str) -> list[Receipt]:
        return sorted((r for r in self.truth.receipts if r.order == order), key=lambda r: r.at)

    def state(self, order: str, item: str, at: float) -> str:
        """The state of an item at a moment."""
        (state,) = (one.state for one in self.truth.lines[order] if one.item == item)
        return self._last(order, item, state, at, quantity=False)

    def quantities(self, order: str, item: str, since: float, until: float) -> set[int]:
        """Every quantity that an item had in a stretch of time."""
        moments = [since, *(c.at for c in self.truth.changes if since < c.at <= until)]
        (count,) = (one.quantity for one in self.truth.lines[order] if one.item == item)
        return {int(self._last(order, item, str(count), at, quantity=True)) for at in moments}

    def _last(self, order: str, item: str, value: str, at: float, *, quantity: bool) -> str:
        for change in self.truth.changes:
            if (change.order, change.item) == (order, item) and change.at <= at:
                value = change.after if change.after.isdigit() is quantity else value
        return value

    def changed_by_others(self, receipt: Receipt, item: str, *, since: float) -> bool:
        """Whether an item changed shortly before a click, and not by that click."""
        return any(
            (change.order, change.item) == (receipt.order, item)
            and since < change.at <= receipt.at
            and change.click != receipt.click
            for change in self.truth.changes
        )

    def cancelled(self, order: str, items: tuple[str, ...], at: float) -> int:
        return sum(self.state(order, item, at) == "cancelled" for item in items)

    def word(self, order: str) -> Word:
        said = [row.body["outcome"] for row in self.records if row.order == order]
        if not said:
            said = [told.outcome for told in self.told if told.order == order and told.outcome]
        if not said:
            return Word.UNKNOWN if self.receipts_of(order) else Word.FAIL
        last = next((s for s in reversed(said) if s in _DONE | {"partly_cancelled"}), said[-1])
        if last in _OPEN:
            return Word.UNKNOWN
        return Word.OK if last in _DONE | {"partly_cancelled"} else Word.FAIL


def _wrong_cancels(view: _View) -> Iterator[Finding]:
    truth = view.truth
    for change in truth.changes:
        if not change.click or change.after != "cancelled":
            continue
        if change.item not in truth.asked.get(change.order, ()):
            yield Finding(Kind.WRONG_CANCEL, change.order, f"`{change.item}` was not asked for")
        if change.order in truth.kept:
            yield Finding(Kind.WRONG_CANCEL, change.order, "it was to be kept")
    for receipt in truth.receipts:
        if not receipt.excused:
            yield from _of_receipt(view, receipt)


def _of_receipt(view: _View, receipt: Receipt) -> Iterator[Finding]:
    order = receipt.order
    if receipt.account != view.truth.account:
        yield Finding(Kind.WRONG_CANCEL, order, f"by the account {receipt.account}")
    known = {line.item for line in view.truth.lines[order]}
    for item in set(receipt.items) & known:
        before = receipt.at - view.short
        state = view.state(order, item, before)
        if state not in _GOES and not view.changed_by_others(receipt, item, since=before):
            yield Finding(Kind.WRONG_CANCEL, order, f"`{item}` was {state} long before the click")
    intent = view.intent_of(receipt.run, order)
    if intent is None:
        return
    if receipt.at - intent.at > view.short:
        late = f"its click came {receipt.at - intent.at:.0f} s after its intent"
        yield Finding(Kind.WRONG_CANCEL, order, late)
    for line in intent.body["before"]["items"]:
        item, count = line["title"], line["quantity"]
        if item in receipt.items and item in known:
            lately = view.quantities(order, item, receipt.at - view.short, receipt.at)
            if count not in lately:
                yield Finding(Kind.WRONG_CANCEL, order, f"{count} of `{item}` were long not so")
    yield from _changed_facts(view, intent)


def _changed_facts(view: _View, intent: Row) -> Iterator[Finding]:
    facts = [r for r in view.rows if r.kind == "facts" and r.run == intent.run and r.at < intent.at]
    if facts:
        first = {(i["title"], i["quantity"], i["price"]) for i in facts[-1].body["items"]}
        wanted = {
            (i["title"], i["quantity"], i["price"])
            for i in intent.body["before"]["items"]
            if i["title"] in intent.body["wanted"]
        }
        if not wanted <= first:
            yield Finding(Kind.WRONG_CANCEL, intent.order, "its facts had changed since first read")


def _double_submits(view: _View) -> Iterator[Finding]:
    for order in view.truth.asked:
        clicks: dict[str, Receipt] = {}
        for receipt in view.receipts_of(order):
            clicks.setdefault(receipt.click, receipt)
        met: list[Receipt] = []
        for click in clicks.values():
            for earlier in met:
                if not _settled(view, earlier, click):
                    yield Finding(
                        Kind.DOUBLE_SUBMIT,
                        order,
                        f"{click.run} clicked while it was open what {earlier.run} had done",
                    )
            met.append(click)


def _settled(view: _View, earlier: Receipt, click: Receipt) -> bool:
    """Whether the earlier click's outcome was written down for good before the later one."""
    if earlier.run == click.run:
        return False
    intent = view.intent_of(earlier.run, earlier.order)
    return intent is not None and any(
        record.body["outcome"] not in _OPEN and record.at <= click.at
        for record in view.records_of(intent)
    )


def _lost(view: _View) -> Iterator[Finding]:
    for receipt in view.truth.receipts:
        intent = view.intent_of(receipt.run, receipt.order)
        if view.truth.lost:
            continue
        if intent is None:
            yield Finding(Kind.LOST_RECORD, receipt.order, f"no intent of the run {receipt.run}")
        elif intent.at > receipt.at:
            yield Finding(Kind.LOST_RECORD, receipt.order, "its intent was written after its click")
    for intent in view.intents:
        if view.truth.verified and not view.records_of(intent):
            yield Finding(Kind.LOST_RECORD, intent.order, f"no outcome of the run {intent.run}")


def _false(view: _View) -> Iterator[Finding]:
    for intent in view.intents:
        wanted, asked = tuple(intent.body["wanted"]), tuple(intent.body["asked"])
        for row in view.records_of(intent):
            said = row.body["outcome"]
            if why := _belied(view, intent, said, row.at, wanted, asked):
                yield Finding(Kind.FALSE_RECORD, intent.order, f"`{said}`, but {why}")
    for told in view.told:
        clicked = any(r.run == told.run and r.order == told.order for r in view.truth.receipts)
        if told.outcome in _NOTHING_CLICKED and clicked:
            yield Finding(Kind.FALSE_RECORD, told.order, f"`{told.outcome}`, but it clicked")
        if not told.outcome and told.code != 1 and clicked:
            yield Finding(Kind.FALSE_RECORD, told.order, f"left with {told.code}, but it clicked")
        asked = view.truth.asked.get(told.order, ())
        if told.outcome in _DONE and (why := _not_all(view, told, asked)):
            yield Finding(Kind.FALSE_RECORD, told.order, f"`{told.outcome}`, but {why}")


def _not_all(view: _View, told: Told, asked: tuple[str, ...]) -> str:
    count = view.cancelled(told.order, asked, told.at)
    return "" if count == len(asked) else f"{count} of {len(asked)} are cancelled"


def _belied(
    view: _View, intent: Row, said: str, at: float, wanted: tuple[str, ...], asked: tuple[str, ...]
) -> str:
    """Why a record is false; "" if it is not."""
    order = intent.order
    now, lately = (view.cancelled(order, asked, moment) for moment in (at, at - view.short))
    if said in _DONE:
        done = "" if now == len(asked) else f"{now} of {len(asked)} are cancelled"
        return "this run had clicked" if said == "already_cancelled" else done
    if said == "partly_cancelled":
        partly = 0 < now < len(asked) or 0 < lately < len(asked)
        return _later(view, intent, at, wanted) if partly else f"{now} of {len(asked)} are"
    if said in _NOT_DONE:
        if count := view.cancelled(order, wanted, at - view.short):
            return f"{count} of {len(wanted)} were cancelled"
        return _later(view, intent, at, wanted)
    if said == "requested":
        received = [r for r in view.receipts_of(order) if r.answer == "pending"]
        asked_for = any(c.order == order and c.after == "requested" for c in view.truth.changes)
        return "" if received or asked_for else "nothing was requested"
    return "" if said == "unknown" else "that is no outcome of a click"


def _later(view: _View, intent: Row, at: float, wanted: tuple[str, ...]) -> str:
    """What the intent's own click did after its record said that all was over."""
    own = {r.click for r in view.truth.receipts if (r.run, r.order) == (intent.run, intent.order)}
    for change in view.truth.changes:
        if change.click in own and change.at > at and change.item in wanted:
            return f"`{change.item}` was {change.after} by that click {change.at - at:.0f} s later"
    return ""


def _left(view: _View) -> Iterator[Finding]:
    if not view.truth.verified:
        return
    for intent in view.intents:
        records = view.records_of(intent)
        unknown = records and records[-1].body["outcome"] == "unknown"
        if unknown and intent.order not in view.truth.lied:
            yield Finding(Kind.UNKNOWN_LEFT, intent.order, records[-1].body["reason"])
