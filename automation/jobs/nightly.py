"""One night: settle what is open, plan, apply. An interrupted night is gone on with."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from automation.errors import InputError, Refused
from automation.jobs.admission import admit
from automation.jobs.plan import Plan
from automation.jobs.planfile import read_plan
from automation.jobs.planning import NoPlan
from automation.jobs.reading import RulesFile
from automation.jobs.results import Settled, Summary
from automation.jobs.verifying import Open, Verified, what_is_open
from automation.run.journal import Journal
from automation.run.settings import Settings

PLAN = "plan.json"


def opens_of(rules: RulesFile, journal: Journal) -> list[Open]:
    """What is open in the accounts of these rules; others are somebody else's."""
    mine = {post.key for post in rules.posts}
    return [each for each in what_is_open(journal) if each.key in mine]


def unfinished(rules: RulesFile, journal: Journal, settings: Settings, folder: Path) -> Plan | None:
    """The plan of these very rules that was begun and not ended, if it may still be applied."""
    begun = [entry.run for entry in journal.of_kind("apply")]
    ended = {entry.run for entry in journal.of_kind("applied")}
    for name in reversed([run for run in begun if run not in ended]):
        try:
            plan = read_plan(folder / name / PLAN)
            admit(plan, journal, settings, datetime.now(UTC))
        except (InputError, Refused):
            continue
        if plan.source.sha256 == rules.sha256 and plan.source.path == str(rules.path.resolve()):
            return plan
    return None


def note_ended(summary: Summary, journal: Journal) -> None:
    """Write down that a plan was applied to its end, if it was."""
    if summary.signal is None:
        body = {"outcomes": summary.counts, "exit": summary.exit_code}
        journal.write(summary.plan, "applied", body)


def night_without_a_plan(
    rules: RulesFile, problem: NoPlan, started: datetime, *, commit: bool
) -> Summary:
    """What is told of a night on which nothing could be planned."""
    return Summary(
        plan=f"{started:%Y-%m-%dT%H%M%SZ}-night-{secrets.token_hex(2)}",
        rules=rules.book.name,
        commit=commit,
        started=started,
        ended=datetime.now(UTC),
        results=(),
        held=problem.held,
        why=problem,
    )


def with_what_was_verified(summary: Summary, verified: Verified) -> Summary:
    """The same summary, with what was settled and seen before anything was planned."""
    settled = tuple(
        Settled(run.order, run.account, run.outcome, run.reason, run.id) for run in verified.runs
    )
    held = (*verified.held, *(each for each in summary.held if each not in verified.held))
    return replace(summary, settled=settled, refunds=verified.refunds, held=held)
