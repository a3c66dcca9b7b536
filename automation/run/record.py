"""What a run was and what it left behind: the record that reports and JSON are made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from automation.outcome import Outcome
from automation.pages.readings import Order
from automation.run.facts import order_as_data, order_from_data
from automation.run.plain import json_text


@dataclass(frozen=True)
class StepTaken:
    """One step as it was taken. *picture* and *outline* are file names in the run's folder."""

    number: int
    of: int
    word: str
    sentence: str
    given: str
    seconds: float
    irreversible: bool = False
    picture: str | None = None
    outline: str | None = None
    url: str = ""
    problem: str | None = None


class Look(StrEnum):
    """Why an order was looked at once more."""

    READ_AGAIN = "read_again"  # right after the click
    VERIFIED = "verified"  # by a later run


@dataclass(frozen=True)
class Moment:
    """A picture that belongs to no step."""

    look: Look
    picture: str | None
    outline: str | None
    url: str


@dataclass(frozen=True)
class Run:
    """Following one flow once."""

    id: str
    flow: str
    summary: str
    storefront: str
    store_title: str
    base_url: str
    language: str
    account: str
    order: str
    asked: tuple[str, ...] | None  # titles; None: all
    committed: bool  # whether it was told to act, not whether it did
    outcome: Outcome
    reason: str
    hint: str | None
    said: str | None  # the store's own words
    items: Mapping[str, str]  # title → state, as last read
    started: datetime
    ended: datetime
    steps: tuple[StepTaken, ...] = ()
    moments: tuple[Moment, ...] = ()
    before: Order | None = None
    after: Order | None = None
    fee: str | None = None  # what the store keeps, or would keep, as it shows that
    refund: str | None = None  # what it pays back, or would
    requests_seen: int | None = None  # what the browser sent for the click, as far as it tells
    browser: str = ""
    trace: str | None = None
    film: str | None = None  # a file name in the run's folder
    notes: tuple[str, ...] = ()  # evidence that could not be kept, and why
    folder: Path = field(default=Path(), compare=False)

    @property
    def exit_code(self) -> int:
        return self.outcome.exit_code

    @property
    def report(self) -> Path:
        return self.folder / "report.html"

    def masked(self, mask: Callable[[str], str]) -> Run:
        """The same, with nothing personal or secret left in what the store says, and where.

        Where a step was taken was masked as it was taken; what has been learned since counts too.
        """
        return replace(
            self,
            reason=mask(self.reason),
            hint=self.hint and mask(self.hint),
            said=self.said and mask(self.said),
            steps=tuple(
                replace(step, url=mask(step.url), problem=step.problem and mask(step.problem))
                for step in self.steps
            ),
            moments=tuple(replace(moment, url=mask(moment.url)) for moment in self.moments),
            notes=tuple(map(mask, self.notes)),
            before=self.before and masked(self.before, mask),
            after=self.after and masked(self.after, mask),
            fee=self.fee and mask(self.fee),
            refund=self.refund and mask(self.refund),
        )

    def line(self) -> dict[str, Any]:
        """The closing line of JSON."""
        return {
            "run": self.id,
            "flow": self.flow,
            "store": self.storefront,
            "account": self.account,
            "order": self.order,
            "outcome": self.outcome.label,
            "exit": self.exit_code,
            "items": dict(self.items),
            "fee": self.fee,
            "refund": self.refund,
            "reason": self.reason,
            "report": str(self.report),
        }

    def as_json(self) -> str:
        """Everything, as `run.json` holds it."""
        data = asdict(self)
        del data["folder"]
        data["outcome"] = self.outcome.label
        for moment in ("started", "ended"):
            data[moment] = getattr(self, moment).isoformat(timespec="milliseconds")
        for name in ("before", "after"):
            order = getattr(self, name)
            data[name] = order and order_as_data(order, words=True)
        return json_text(data, indent=2) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Run:
        """What `run.json` in *folder* holds; `OSError`, `ValueError` or `KeyError` if none."""
        data = json.loads((folder / "run.json").read_text("utf-8"))
        data["outcome"] = Outcome.named(data["outcome"])
        for moment in ("started", "ended"):
            data[moment] = datetime.fromisoformat(data[moment])
        for name in ("before", "after"):
            data[name] = data[name] and order_from_data(data[name])
        data["steps"] = tuple(StepTaken(**step) for step in data["steps"])
        data["moments"] = tuple(
            Moment(**{**moment, "look": Look(moment["look"])}) for moment in data["moments"]
        )
        data["notes"] = tuple(data["notes"])
        data["asked"] = data["asked"] and tuple(data["asked"])
        return cls(**data, folder=folder)


def masked(order: Order, mask: Callable[[str], str]) -> Order:
    """The same order, with nothing personal left in what the store says of it."""
    items = tuple(replace(item, said=mask(item.said)) for item in order.items)
    return replace(
        order,
        items=items,
        refunds=tuple(map(mask, order.refunds)),
        fee=order.fee and mask(order.fee),
        refund=order.refund and mask(order.refund),
    )
