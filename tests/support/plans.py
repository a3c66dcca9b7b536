"""Plans and rules files for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from orders import order

from automation.jobs.book import Where
from automation.jobs.plan import Listed, Plan, Planned, Source
from automation.jobs.planfile import sealed
from automation.jobs.reading import RulesFile, read_rules
from automation.jobs.route import Route
from automation.pages.readings import Order, State
from automation.run.settings import Settings
from automation.run.unchanged import digest_of

ROBIN, SAM = Where("mock", "robin"), Where("mock", "sam")
NOW = datetime.now(UTC).replace(microsecond=0)


def number(n: int) -> str:
    return f"112-0000000-{n:07d}"


def planned(n: int, where: Where = ROBIN, facts: Order | None = None) -> Planned:
    facts = facts or order(("Desk lamp", State.ORDERED), number=number(n))
    facts = replace(facts, account="")
    return Planned(
        where=where,
        key=f"mock@127.0.0.1:1 {where.account}",
        order=number(n),
        route=Route.CANCEL,
        titles=("Desk lamp",),
        whole=True,
        why=("lamps: an item of that title",),
        words="",
        reason=None,
        closes=NOW + timedelta(days=n),
        facts=facts,
        digest=digest_of(facts),
    )


def a_plan(*orders: Planned) -> Plan:
    orders = orders or (planned(1),)
    wheres = dict.fromkeys(each.where for each in orders)
    return sealed(
        Plan(
            id="2026-11-25T010000Z-plan-abcd",
            rules="nightly",
            made=NOW,
            expires=NOW + timedelta(hours=12),
            source=Source("/rules.yaml", "0" * 64, "rules: nightly"),
            lists=tuple(Listed(where, 12, 3, 9) for where in wheres),
            held=(),
            orders=orders,
            notes=("the rule `mugs` chooses nothing",),
        )
    )


def resealed(plan: Plan, **changed: object) -> Plan:
    """The same plan with something changed, and a hash that fits it again."""
    return sealed(replace(plan, **changed))  # type: ignore[arg-type]  # as the test says


def write_rules(
    folder: Path,
    address: str,
    cancel: str,
    *,
    more: str = "",
    accounts: tuple[str, ...] = ("robin",),
) -> Path:
    """A rules file for accounts of the practice store at *address*."""
    listed = "".join(f"  - {{store: mock, base_url: '{address}', account: {name}}}\n"
                     for name in accounts)  # fmt: skip
    path = folder / "rules.yaml"
    path.write_text(f"rules: nightly\naccounts:\n{listed}cancel:\n{cancel}{more}")
    return path


def rules_of(path: Path, *accounts: str, more: str = "") -> RulesFile:
    """Rules that choose everything in these accounts, read from *path*."""
    listed = "".join(f"  - {{store: mock, account: {name}}}\n" for name in accounts)
    cancel = "cancel:\n  - {name: all, orders: all}\n"
    path.write_text(f"rules: nightly\naccounts:\n{listed}{cancel}{more}")
    return read_rules(path, Settings())
