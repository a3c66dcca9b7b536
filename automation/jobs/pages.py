"""Plans, summaries and reports as pages that open from disk."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from automation.jobs.ledger import Upshot
from automation.jobs.money import Part, worth
from automation.jobs.plan import Plan
from automation.jobs.results import Summary
from automation.jobs.route import Route
from automation.outcome import Outcome
from automation.run.places import write_private
from automation.run.report import plainly

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
_BY_CODE = {0: "good", 3: "held", 4: "no", 5: "person", 6: "unknown", 8: "waits", 9: "broken",
            10: "unknown", 75: "idle"}  # fmt: skip
_WAITS = 8
_MINUTE = 60


def write_plan_page(plan: Plan, path: Path) -> None:
    """Write the plan as a page; readable by its owner only."""
    counts = [(route, count) for route in Route if (count := plan.count(route))]
    _write(
        "plan.html",
        path,
        plan=plan,
        counts=counts,
        money=worth(Part(order.facts, order.titles) for order in plan.to_do),
        others=[order for order in plan.orders if not order.route.to_do],
        tones={route.value: tone for route, tone in _TONES.items()},
    )


def write_summary_page(summary: Summary, folder: Path, path: Path) -> None:
    """Write what became of a plan as a page, beside the *folder* of each run's report."""
    waiting = [result for result in summary.results if result.exit_code == _WAITS]
    done = [result for result in summary.results if result.exit_code == 0]
    cancelled = [Part(result.order.facts, result.order.titles) for result in done
                 if result.outcome is Outcome.CANCELLED]  # fmt: skip
    _write(
        "summary.html",
        path,
        summary=summary,
        folder=folder,
        name=path.stem,
        verdict=_verdict(summary),
        money=worth(cancelled),
        took=length(summary.ended - summary.started),
        codes={result.word: result.exit_code for result in summary.results},
        tone=_tone,
        attention=[result for result in summary.results if result not in (*done, *waiting)],
        waiting=waiting,
        done=done,
        refunds=[refund for refund in summary.refunds if refund.said],
    )


def write_report_page(upshot: Upshot, since: datetime, folder: Path, path: Path) -> None:
    """Write what became of these orders since then, and of the money, as a page."""
    waiting = [line for line in upshot.newest if line.exit_code == _WAITS]
    attention = [line for line in upshot.newest if line.exit_code not in (0, _WAITS)]
    told = (*upshot.acted, *waiting, *attention)
    now = datetime.now(UTC)
    _write(
        "report.html",
        path,
        orders=len(upshot.newest),
        since=since,
        now=now,
        today=now.date(),
        folder=folder,
        cancelled=upshot.acted,
        waiting=waiting,
        attention=attention,
        others=[line for line in upshot.newest if line not in told],
        worth=worth(Part(line.facts, line.done) for line in upshot.acted if line.facts),
        money=upshot.promises,
        tone=_tone,
    )


def in_words(summary: Summary) -> str:
    """All of it in a few words: `12 cancelled, 1 guarded`."""
    counts = summary.counts
    told = [f"{count} {word.replace('_', ' ')}" for word, count in counts.items()]
    return ", ".join(told) or ("no plan" if summary.why else "nothing to do")


def _verdict(summary: Summary) -> str:
    """The heading: how many of how many."""
    done = sum(result.exit_code == 0 for result in summary.results)
    if not summary.results:
        return in_words(summary)
    what = "done" if summary.commit else "would go well"
    return f"{done} of {len(summary.results)} {what}"


def length(span: timedelta) -> str:
    """`3.2 s`, `4 min 10 s`, `2 h 5 min`."""
    seconds = span.total_seconds()
    if seconds < _MINUTE:
        return f"{round(seconds, 1):g} s"
    minutes, rest = divmod(round(seconds), _MINUTE)
    if minutes < _MINUTE:
        return f"{minutes} min {rest} s"
    return f"{minutes // _MINUTE} h {minutes % _MINUTE} min"


def _tone(exit_code: int, word: str) -> str:
    return "idle" if word == "not begun" else _BY_CODE.get(exit_code, "broken")


def _write(template: str, path: Path, **facts: Any) -> None:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 (start-up)

    environment = Environment(
        loader=PackageLoader("automation.jobs"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["quoted"] = _quoted
    environment.filters["plainly"] = plainly
    environment.filters["moment"] = _moment
    environment.filters["day"] = _day
    environment.globals["part"] = Part
    write_private(path, environment.get_template(template).render(**facts).encode())


def _quoted(text: str) -> Markup:
    """What stands in backticks in plain words is strong on a page."""
    return Markup(re.sub(r"`([^`]+)`", r"<strong>\1</strong>", str(escape(text))))  # noqa: S704


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local:%-d %B %Y, %H:%M} {local.tzname()}"


def _day(moment: datetime) -> str:
    return f"{moment:%-d %b %Y}" if (moment.hour, moment.minute) == (0, 0) else _moment(moment)
