"""Plans, summaries and reports as pages that open from disk."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from automation.jobs.money import together
from automation.jobs.plan import Plan
from automation.jobs.route import Route
from automation.run.places import write_private

# How a route looks.
_TONES = {
    Route.CANCEL: "good",
    Route.REQUEST: "waits",
    Route.CONTACT: "waits",
    Route.CAPPED: "held",
    Route.KEPT: "held",
    Route.HELD: "person",
    Route.ALREADY: "idle",
    Route.TOO_LATE: "no",
    Route.NOT_OFFERED: "no",
}


def write_plan_page(plan: Plan, path: Path) -> None:
    """Write the plan as a page; readable by its owner only."""
    counts = [(route, count) for route in Route if (count := plan.count(route))]
    _write(
        "plan.html",
        path,
        plan=plan,
        counts=counts,
        money=together(order.facts.total for order in plan.to_do),
        others=[order for order in plan.orders if not order.route.to_do],
        tones={route.value: tone for route, tone in _TONES.items()},
    )


def _write(template: str, path: Path, **facts: Any) -> None:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 (start-up)

    environment = Environment(
        loader=PackageLoader("automation.jobs"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["quoted"] = _quoted
    environment.filters["moment"] = _moment
    environment.filters["day"] = _day
    write_private(path, environment.get_template(template).render(**facts).encode())


def _quoted(text: str) -> Markup:
    """What stands in backticks in plain words is strong on a page."""
    return Markup(re.sub(r"`([^`]+)`", r"<strong>\1</strong>", str(escape(text))))  # noqa: S704


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local:%-d %B %Y, %H:%M} {local.tzname()}"


def _day(moment: datetime) -> str:
    return f"{moment:%-d %b %Y}" if (moment.hour, moment.minute) == (0, 0) else _moment(moment)
