"""A plan as a file: written whole, and believed only when every byte is as it was written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from automation.errors import InputError
from automation.jobs.book import Where
from automation.jobs.plan import Held, Listed, Plan, Planned, Source
from automation.jobs.route import Route
from automation.run.facts import order_as_data, order_from_data
from automation.run.places import write_private
from automation.run.unchanged import digest_of

FORMAT = "unorder-plan"
VERSION = 1
_LARGEST = 64 * 2**20  # bytes
_AGAIN = "make it again: unorder plan RULES -o PLAN"


def sealed(plan: Plan) -> Plan:
    """The same plan with the hash of all that it says."""
    return replace(plan, sha256=_sha256(_as_data(plan)))


def write_plan(plan: Plan, path: Path) -> None:
    """Write a sealed plan; readable by its owner only."""
    data = {**_as_data(plan), "sha256": plan.sha256}
    write_private(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def read_plan(path: Path) -> Plan:
    """The plan in a file. `InputError` if it is none, is cut short, or was changed since."""
    data = _json(path)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(f"`{path}` is not a plan of unorder", hint=_AGAIN)
    if data.get("version") != VERSION:
        raise InputError(
            f"`{path}` is a plan of version {data.get('version')!r}; this unorder reads {VERSION}",
            hint=_AGAIN,
        )
    written = data.pop("sha256", None)
    if not _is_sealed_by(written, data):
        raise InputError(
            f"`{path}` was changed since it was written",
            hint=f"a plan is not edited; change the rules and {_AGAIN}",
        )
    try:
        plan = replace(_from_data(data), sha256=written)
    except (KeyError, ValueError, TypeError, AttributeError) as problem:
        raise InputError(f"`{path}` cannot be read: {problem!r}", hint=_AGAIN) from problem
    for order in plan.orders:
        if order.digest != digest_of(order.facts):
            raise InputError(
                f"`{path}`: the facts of order {order.order} are not those of its digest",
                hint=_AGAIN,
            )
    return plan


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"`{path}` is larger than {_LARGEST // 2**20} MiB", hint=_AGAIN)
        return json.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise InputError(
            f"cannot read `{path}`: {problem.strerror}", hint="see that the path is right"
        ) from problem
    except json.JSONDecodeError as problem:
        raise InputError(
            f"{path}:{problem.lineno}:{problem.colno}: this is not JSON: it was cut short or "
            "changed",
            hint=_AGAIN,
        ) from None
    except (ValueError, RecursionError) as problem:  # no UTF-8, a number without end, too deep
        raise InputError(f"`{path}` is not a plan of unorder", hint=_AGAIN) from problem


def _is_sealed_by(written: object, data: dict[str, Any]) -> bool:
    try:
        return written == _sha256(data)
    except UnicodeEncodeError:  # half a character, which no plan is written with
        return False


def _sha256(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _as_data(plan: Plan) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": plan.id,
        "rules": plan.rules,
        "made": plan.made.isoformat(timespec="seconds"),
        "expires": plan.expires.isoformat(timespec="seconds"),
        "source": asdict(plan.source),
        "lists": [asdict(listed) for listed in plan.lists],
        "held": [asdict(held) for held in plan.held],
        "orders": [planned_as_data(order) for order in plan.orders],
        "notes": list(plan.notes),
    }


def planned_as_data(order: Planned) -> dict[str, Any]:
    """One order as JSON can hold it."""
    return {
        **asdict(order),
        "route": order.route.value,
        "titles": list(order.titles),
        "why": list(order.why),
        "closes": order.closes and order.closes.isoformat(),
        "facts": order_as_data(order.facts, words=True),
    }


def _from_data(data: dict[str, Any]) -> Plan:
    return Plan(
        id=data["id"],
        rules=data["rules"],
        made=datetime.fromisoformat(data["made"]),
        expires=datetime.fromisoformat(data["expires"]),
        source=Source(**data["source"]),
        lists=tuple(listed_from_data(listed) for listed in data["lists"]),
        held=tuple(Held(**{**held, "where": Where(**held["where"])}) for held in data["held"]),
        orders=tuple(planned_from_data(order) for order in data["orders"]),
        notes=tuple(data["notes"]),
    )


def listed_from_data(data: dict[str, Any]) -> Listed:
    """How a list was read, as JSON holds it."""
    return Listed(**{**data, "where": Where(**data["where"])})


def planned_from_data(data: dict[str, Any]) -> Planned:
    """What `planned_as_data` gave, read again."""
    return Planned(
        **{
            **data,
            "where": Where(**data["where"]),
            "route": Route(data["route"]),
            "titles": tuple(data["titles"]),
            "why": tuple(data["why"]),
            "closes": data["closes"] and datetime.fromisoformat(data["closes"]),
            "facts": order_from_data(data["facts"]),
        }
    )
