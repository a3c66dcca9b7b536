"""Following a flow: from what was asked to an outcome and the evidence for it."""

from __future__ import annotations

import secrets
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Error

from automation.errors import InputError, JournalFault, TryLater
from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser
from automation.run.diagnosis import plainly
from automation.run.early_change import change, note_read_again, verdict_on
from automation.run.endings import Hiccup, SignedOut, WalkEnded
from automation.run.evidence import Evidence
from automation.run.facts import as_titles, read_last, states
from automation.run.fees import is_kept
from automation.run.following import Asked, Following, Tools
from automation.run.healing import heal
from automation.run.journal import Journal
from automation.run.judgement import Verdict
from automation.run.masking import Masker
from automation.run.places import private_folder, write_private
from automation.run.reader import OrderReader
from automation.run.record import Run, StepTaken
from automation.run.report import write_report
from automation.run.settling import settle_all
from automation.run.stopping import Stopping
from automation.run.storefront_holds import hold, see_that_it_is_not_held
from automation.run.visit import visiting
from automation.run.walk_result import Result
from automation.run.watcher import Watcher

_WALKS = 3  # how often a walk may begin: everything before the click may be repeated


def follow(
    asked: Asked, browser: OpenBrowser, journal: Journal, *, watcher: Watcher, stopping: Stopping
) -> Run:
    """Follow a flow once. Ends in a `Run`, or raises an `UnorderError` or `Stopped`."""
    started = datetime.now(UTC)
    run_id = _new_id(asked.bound.flow.name, started)
    folder = private_folder(journal.path.parent / run_id)
    evidence = Evidence(folder, Masker(asked.storefront, asked.bound.order))
    watcher.begins(run_id, asked.bound.flow.name, commit=asked.commit)
    see_that_it_is_not_held(journal, asked.storefront)
    if asked.commit:
        journal.see_that_it_is_ready()
    journal.write(run_id, "asked", _as_data(asked))
    result = Result()
    steps: list[StepTaken] = []
    with ExitStack() as stack:
        if asked.commit and asked.bound.order:
            stack.enter_context(journal.locked(str(asked.subject)))
            if Effect.ENDS_SUBSCRIPTION not in asked.bound.effects:  # these have names, not numbers
                stack.enter_context(journal.locked(asked.subject.whoever))
        try:
            visit = stack.enter_context(
                visiting(
                    browser,
                    asked.storefront,
                    asked.account,
                    evidence.masker,
                    phone=asked.bound.flow.phone,
                    covered=asked.covered,
                )
            )
            if asked.storefront.has_accounts:
                watcher.signed_in(asked.account.name)
            stack.enter_context(watcher.looking_at(visit.page))
            tools = Tools(visit, journal, evidence, watcher, stopping)
            if asked.settles:
                _settle_first(asked, tools)
            steps = _walk_and_read_again(asked, run_id, tools, result)
            if result.verdict.outcome.exit_code == 0:
                visit.ended_well()
        except WalkEnded as ending:
            result.verdict, result.hint = ending.verdict, ending.hint
        except Error as problem:
            result.verdict = _browser_failed(problem)
    if result.verdict.outcome is Outcome.CHANGED_BEFORE_THE_CLICK:
        reason = evidence.masker.text(result.verdict.reason)  # a request's address is in it
        hold(journal, asked.storefront, run_id, reason)
    with suppress(OSError):  # a patch is a help, no part of the outcome
        result.notes += heal(asked.storefront, folder)
    run = _as_run(asked, run_id, folder, started, result, steps, evidence, browser)
    run = keep(_closed(journal, run, clicked=result.answer is not None))
    watcher.ended(run)
    return run


def keep(run: Run) -> Run:
    """Write the run's record and its report; what could not be written is noted, never raised."""
    try:
        write_private(run.folder / "run.json", run.as_json().encode())
        write_report(run)
    except OSError as problem:
        return _noting(run, f"the report was not kept: {problem.strerror or problem}")
    return run


def _closed(journal: Journal, run: Run, *, clicked: bool) -> Run:
    """Write down that a run ended. After the click a full disk must not hide its outcome."""
    try:
        journal.write(run.id, "ended", {"outcome": run.outcome.label, "reason": run.reason})
    except JournalFault as problem:
        if not clicked:
            raise
        return _noting(run, problem.message)
    return run


def _noting(run: Run, note: str) -> Run:
    return run if note in run.notes else replace(run, notes=(*run.notes, note))


def _browser_failed(problem: Error) -> Verdict:
    """Playwright's errors never leave the commit: when one comes here, nothing was clicked."""
    return Verdict(Outcome.BROKEN, f"the browser failed: {plainly(problem)}")


def _settle_first(asked: Asked, tools: Tools) -> None:
    held = str(asked.subject) if asked.commit else ""
    for run in settle_all(
        tools.visit,
        tools.journal,
        tools.stopping,
        storefront=asked.storefront.key,
        account=asked.account.name,
        held=held,
        settling=lambda intent: tools.watcher.settling(intent.subject.order),
    ):
        keep(run)


def _walk_and_read_again(
    asked: Asked, run_id: str, tools: Tools, result: Result
) -> list[StepTaken]:
    """Walk, and see whether the order is still as it was, however the walk ended."""
    steps: list[StepTaken] = []
    try:
        steps = _walk(asked, run_id, tools, result)
    except WalkEnded as ending:
        result.verdict, result.hint = ending.verdict, ending.hint
    except (InputError, TryLater):
        _read_again(asked, run_id, tools, result)
        if result.verdict.outcome is not Outcome.CHANGED_BEFORE_THE_CLICK:
            raise
        return steps
    _read_again(asked, run_id, tools, result)
    result.notes += tools.visit.blocker.notes
    return steps


def _read_again(asked: Asked, run_id: str, tools: Tools, result: Result) -> None:
    """After a press without the click, the order as it is now decides what may be said of it."""
    if not result.pressed or result.first is None or result.answer is not None:
        return
    left_early, now = tools.visit.blocker.left_early, result.looked
    if now is None:
        # A flow without a click has no effect; its order is read as any other is.
        effect = next(iter(asked.bound.effects), Effect.CANCELS_ITEMS)
        now = OrderReader(tools.visit, asked.bound.order, tools.evidence, effect).read_back()
    if now is None:
        result.notes.append("the order could not be read again; `unorder verify` reads it")
        if left_early:
            reason = f"`{left_early[-1].step}` asked for `{left_early[-1].request}`, and the order "
            result.verdict = Verdict(Outcome.UNKNOWN, f"{reason}could not be read again since")
            result.hint = "`unorder verify` reads the order again; never click before it has"
        return
    changed = change(result.first, now)
    note_read_again(tools.journal, run_id, changed)
    if changed is None:
        return
    verdict = verdict_on(changed, left_early)
    if verdict is None:
        result.notes.append(f"the order changed meanwhile, and not by this run: {changed}")
        return
    result.verdict, result.after = verdict, now
    result.hint = "look at the order and at what the step presses; nothing is followed here until "
    result.hint += f"you have: unorder release --store {asked.storefront.opened_as.store}"


def _walk(asked: Asked, run_id: str, tools: Tools, result: Result) -> list[StepTaken]:
    """Walk to the end, beginning again where the store only hiccuped or asked to sign in."""
    for walks in range(1, _WALKS + 1):
        result.before = result.looked = None
        following = Following(asked, run_id, tools, result)
        try:
            following.go()
        except SignedOut as asked_to:
            tools.watcher.again("the session had ended")
            tools.visit.sign_in_again()
            left = Verdict(Outcome.NEEDS_PERSON, f"{asked_to}, {_WALKS} times")
            hint = f"sign in by hand: unorder sign-in --store {asked.storefront.opened_as.store}"
        except Hiccup as hiccup:
            left, hint = Verdict(Outcome.BROKEN, f"{hiccup}, {_WALKS} times"), None
            if walks < _WALKS:
                tools.watcher.again(str(hiccup))
                tools.visit.come_to_rest()
        except WalkEnded as ending:
            result.verdict, result.hint = ending.verdict, ending.hint
            return following.walk.steps
        except Error as problem:
            result.verdict = _browser_failed(problem)
            return following.walk.steps
        else:
            return following.walk.steps
    result.verdict, result.hint = left, hint
    return following.walk.steps


def _as_data(asked: Asked) -> dict[str, object]:
    return {
        "flow": asked.bound.flow.name,
        "storefront": asked.storefront.name,
        "base_url": asked.storefront.base_url,
        "account": asked.account.name,
        "order": asked.bound.order,
        "items": as_titles(asked.bound.items),
        "commit": asked.commit,
    }


def _as_run(  # noqa: PLR0917 (everything that a record is made from)
    asked: Asked,
    run_id: str,
    folder: Path,
    started: datetime,
    result: Result,
    steps: list[StepTaken],
    evidence: Evidence,
    browser: OpenBrowser,
) -> Run:
    titles = as_titles(asked.bound.items)
    money = result.money or is_kept(result.verdict.outcome, result.before, result.after, None)
    return Run(
        id=run_id,
        flow=asked.bound.flow.name,
        summary=asked.bound.flow.summary,
        storefront=asked.storefront.name,
        store_title=asked.storefront.title,
        base_url=asked.storefront.base_url,
        language=asked.storefront.language,
        account=asked.account.name,
        order=asked.bound.order,
        asked=None if titles is None else tuple(titles),
        committed=asked.commit,
        outcome=result.verdict.outcome,
        reason=result.verdict.reason,
        hint=result.hint,
        said=result.answer.heard if result.answer else None,
        items=states(read_last(result.before, result.after)),
        started=started,
        ended=datetime.now(UTC),
        steps=tuple(steps),
        moments=tuple(result.moments),
        before=result.before,
        after=result.after,
        fee=money.fee,
        refund=money.refund,
        requests_seen=result.requests_seen,
        browser=browser.name,
        notes=(*_unknown_words(asked.storefront), *evidence.notes, *result.notes),
        folder=folder,
    ).masked(evidence.masker.text)


def _unknown_words(storefront: Storefront) -> list[str]:
    if storefront.description or not storefront.labels.unknown:
        return []
    unknown = ", ".join(f"`{name}`" for name in storefront.labels.unknown)
    trusted = "ids, addresses and the order read again decide"
    return [f"the profile has no words for {unknown} in `{storefront.language}`: {trusted}"]


def _new_id(flow: str, started: datetime) -> str:
    return f"{started:%Y-%m-%dT%H%M%SZ}-{flow}-{secrets.token_hex(2)}"
