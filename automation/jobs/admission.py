"""Whether a plan may be applied: made here, not too old, and by rules that still stand."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from automation.errors import Refused
from automation.jobs.plan import Plan
from automation.jobs.reading import RulesFile, rules_in
from automation.run.journal import Journal
from automation.run.settings import Settings

_CLOCK_TOLERANCE = timedelta(minutes=5)
_AGAIN = "nothing was clicked; make a new plan: unorder plan RULES"


def admit(plan: Plan, journal: Journal, settings: Settings, now: datetime) -> RulesFile:
    """The rules of a plan that may be applied now; `Refused` says why it may not."""
    if now >= plan.expires:
        raise Refused(f"this plan expired at {plan.expires.astimezone():%Y-%m-%d %H:%M %Z}",
                      hint=_AGAIN)  # fmt: skip
    if plan.made > now + _CLOCK_TOLERANCE:
        raise Refused(
            f"this plan was made at {plan.made.astimezone():%Y-%m-%d %H:%M %Z}, which is still "
            "to come",
            hint="nothing was clicked; set the clock right",
        )
    made_here = any(
        entry.body["sha256"] == plan.sha256
        for entry in journal.entries(run=plan.id)
        if entry.kind == "plan"
    )
    if not made_here:
        raise Refused(
            f"this plan was not made with the journal `{journal.name}`",
            hint="nothing was clicked; apply it where it was made, with the same --runs",
        )
    _see_that_it_is_the_newest(plan, journal)
    path = Path(plan.source.path)
    # Bytes that are not UTF-8 any more become what no plan can hold.
    if path.is_file() and path.read_text("utf-8", "surrogateescape") != plan.source.text:
        raise Refused(f"the rules `{path}` were changed since this plan was made", hint=_AGAIN)
    return rules_in(plan.source.text, path, settings)


def note_applied(plan: Plan, journal: Journal) -> None:
    """Write down that the plan is applied for good: older plans of its accounts are stale now."""
    journal.write(plan.id, "apply", {"accounts": sorted({order.key for order in plan.to_do})})


def _see_that_it_is_the_newest(plan: Plan, journal: Journal) -> None:
    mine = {order.key for order in plan.to_do}
    for entry in journal.of_kind("apply"):
        later = datetime.fromisoformat(entry.at) > plan.made
        if entry.run != plan.id and later and mine & set(entry.body["accounts"]):
            raise Refused(
                f"this plan is stale: `{entry.run}` was applied to the same accounts since",
                hint=_AGAIN,
            )
