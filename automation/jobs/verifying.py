"""Reading again what is not settled for good: clicks, requests, and promised money."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from automation.errors import InputError
from automation.jobs.book import Where
from automation.jobs.crew import Crew, WorkerDied, WorkFailed
from automation.jobs.plan import Held
from automation.jobs.promises import open_refunds
from automation.jobs.reading import Post, post_of
from automation.jobs.refunds import RefundSeen
from automation.jobs.results import TRY_LATER
from automation.outcome import Outcome, gravest
from automation.pages.opened import OpenedAs
from automation.run.early_change import not_read_again
from automation.run.facts import Subject
from automation.run.intents import open_intents
from automation.run.journal import Journal
from automation.run.record import Run
from automation.run.settings import Settings


@dataclass
class Open:
    """Runs of one account whose orders are to be read again."""

    where: Where
    key: str  # the account, as locks and the journal know it
    clicks: list[str] = field(default_factory=list)
    money: list[str] = field(default_factory=list)
    presses: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Verified:
    """What was found out."""

    runs: tuple[Run, ...] = ()
    refunds: tuple[RefundSeen, ...] = ()
    unchanged: tuple[str, ...] = ()  # orders of runs that stopped after a press
    held: tuple[Held, ...] = ()

    @property
    def exit_code(self) -> int:
        codes = [run.exit_code for run in self.runs]
        return gravest(codes + [held.exit_code for held in self.held])


def what_is_open(
    journal: Journal, *, base_url: str | None = None, run: str | None = None
) -> list[Open]:
    """All that is open, by account; or one run alone, by the end of its name."""
    found: dict[Where, Open] = {}

    def of(about: Subject, store: OpenedAs) -> Open:
        where = Where(store.store, about.account, base_url or store.base_url, store.language)
        return found.setdefault(where, Open(where, f"{about.storefront} {about.account}"))

    for intent in open_intents(journal):
        if run is None or intent.run.endswith(run):
            of(intent.subject, intent.store).clicks.append(intent.run)
    for each in open_refunds(journal):
        if run is None or each.run.endswith(run):
            of(each.subject, each.store).money.append(each.run)
    for pressed in not_read_again(journal):
        if run is None or pressed.run.endswith(run):
            of(pressed.subject, pressed.store).presses.append(pressed.run)
    return list(found.values())


def verify(opens: Sequence[Open], crew: Crew, settings: Settings, folder: Path) -> Verified:
    """Read it all again, accounts side by side. Nothing is clicked."""
    posts = []
    held = []
    for each in opens:
        try:
            posts.append(post_of(each.where, settings))
        except InputError as problem:
            held.append(Held(each.where, problem.exit_code, problem.message, problem.hint))
    by_where = {each.where: each for each in opens}
    told = crew.each(posts, lambda post: _account(post, by_where[post.where], crew))
    crew.stopping.check()
    return Verified(
        runs=tuple(run for each in told for name in each.runs if (run := _run(folder / name))),
        refunds=tuple(refund for each in told for refund in each.refunds),
        unchanged=tuple(order for each in told for order in each.unchanged),
        held=(*held, *(hold for each in told for hold in each.held)),
    )


@dataclass(frozen=True)
class _OfAccount:
    """What was found out for one account."""

    runs: tuple[str, ...] = ()
    refunds: tuple[RefundSeen, ...] = ()
    unchanged: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()


def _account(post: Post, opened: Open, crew: Crew) -> _OfAccount:
    if crew.stopping.signal is not None:
        return _OfAccount()
    asked = {"do": "verify", "clicks": opened.clicks, "money": opened.money,
             "presses": opened.presses}  # fmt: skip
    try:
        with crew.worker(post) as worker:
            told = worker.ask(asked)
    except WorkFailed as problem:
        if problem.exit_code == TRY_LATER and not (opened.clicks or opened.presses):
            return _OfAccount()  # money can be looked for another day
        return _OfAccount(
            held=(Held(opened.where, problem.exit_code, problem.message, problem.hint),)
        )
    except WorkerDied as problem:
        return _OfAccount(held=(Held(opened.where, 1, str(problem), None),))
    refunds = [RefundSeen(**{**each, "said": tuple(each["said"])}) for each in told["refunds"]]
    held = [_changed(opened, each) for each in told["presses"] if each["changed"]]
    if told["later"]:
        why, hints = (
            "; ".join(dict.fromkeys(filter(None, each)))
            for each in zip(*told["later"], strict=True)
        )
        held.append(Held(opened.where, TRY_LATER, why, hints or None))
    unchanged = (each["order"] for each in told["presses"] if not each["changed"])
    return _OfAccount(tuple(told["runs"]), tuple(refunds), tuple(unchanged), tuple(held))


def _changed(opened: Open, told: dict[str, str]) -> Held:
    return Held(
        opened.where,
        Outcome.CHANGED_BEFORE_THE_CLICK.exit_code,
        f"order {told['order']} has changed since the run {told['run']} pressed something, and "
        f"that run was stopped before its click: {told['changed']}",
        "look at the order and at the profile; nothing is followed there until you have: "
        f"unorder release --store {opened.where.store} --by NAME --note TEXT",
    )


def _run(folder: Path) -> Run | None:
    with suppress(OSError, ValueError, KeyError, TypeError):  # evidence; the journal knows
        return Run.read(folder)
    return None
