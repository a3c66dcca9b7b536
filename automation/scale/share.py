"""One account's share of a plan: what is put into the queue. JSON, and no secret in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from automation.jobs.book import Where
from automation.jobs.plan import Plan, Planned
from automation.jobs.planfile import planned_as_data, planned_from_data

Data = dict[str, Any]


@dataclass(frozen=True)
class Share:
    """These orders of one account, most urgent first. *rules* are every word of them."""

    plan: str
    where: Where
    key: str
    path: str
    rules: str
    commit: bool
    start: str  # which start of the plan put it in
    orders: tuple[Planned, ...]

    @property
    def id(self) -> str:
        """Its name in the queue. Each start has its own: what another did stands in the journal."""
        return f"{self.plan} {self.key} {self.start}"

    def as_data(self) -> Data:
        return {
            "plan": self.plan,
            "where": vars(self.where).copy(),
            "key": self.key,
            "path": self.path,
            "rules": self.rules,
            "commit": self.commit,
            "start": self.start,
            "orders": [planned_as_data(order) for order in self.orders],
        }

    @classmethod
    def from_data(cls, data: Data) -> Share:
        orders = tuple(planned_from_data(order) for order in data["orders"])
        return cls(**{**data, "where": Where(**data["where"]), "orders": orders})


def shares_of(plan: Plan, orders: tuple[Planned, ...], start: str, *, commit: bool) -> list[Share]:
    """These orders of the plan, by account."""
    wheres = dict.fromkeys((order.where, order.key) for order in orders)
    return [
        Share(plan.id, where, key, plan.source.path, plan.source.text, commit, start,
              tuple(order for order in orders if order.where == where))
        for where, key in wheres
    ]  # fmt: skip
