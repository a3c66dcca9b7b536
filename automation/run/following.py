"""One walk of a flow: its steps, the facts met on the way, and the click at its end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Error

from automation.flow.binding import Bound
from automation.flow.model import FirstOf, SignCall, Step
from automation.outcome import Outcome
from automation.pages.base import CommittingPage, PageObject
from automation.pages.memberships import MembershipsPage, NotListed
from automation.pages.order import OrderPage
from automation.pages.readings import Order
from automation.pages.storefront import Storefront
from automation.pages.values import Items, SubscriptionName
from automation.run.accounts import Account
from automation.run.advice import advice
from automation.run.arrival import translated, visible, wait_for_any
from automation.run.click_note import NotesTheClick
from automation.run.commit import Request, commit, look_and_ask
from automation.run.completeness import the_authors_word, what_proves_the_lines
from automation.run.early_change import Pressed, change, note_first_press, verdict_on
from automation.run.endings import WalkEnded
from automation.run.evidence import Evidence
from automation.run.facts import Said, Subject, as_order, order_as_data
from automation.run.fees import in_a_reason, is_kept, unseen, would_be_kept
from automation.run.guard import first_judged
from automation.run.journal import Journal
from automation.run.judgement import Verdict, Wanted
from automation.run.reader import OrderReader
from automation.run.record import Look, Moment
from automation.run.rehearsal import it_would
from automation.run.requested import unless_asked
from automation.run.rules import Rules
from automation.run.site import BrowserSite
from automation.run.stopping import Stopping
from automation.run.unchanged import cancelled_meanwhile, difference
from automation.run.visit import Visit
from automation.run.walk import Move, Walk
from automation.run.walk_result import Result
from automation.run.watcher import Watcher

_SAID = {"refused": Said.NO, "too_late": Said.NO, "pending": Said.PENDING,
         "requested": Said.PENDING}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Everything that a run is told before it begins."""

    bound: Bound
    storefront: Storefront
    account: Account
    rules: Rules
    commit: bool
    covered: bool = False  # whether the pages cover what is personal themselves, for a film
    planned: Order | None = None  # as it was when a plan was made
    settles: bool = True  # first what earlier runs of the account left open
    each_step: bool = True  # whether every step is pictured, or the click and what broke only

    @property
    def subject(self) -> Subject:
        return Subject(self.storefront.key, self.account.name, self.bound.order)


@dataclass(frozen=True)
class Tools:
    """What a walk works with."""

    visit: Visit
    journal: Journal
    evidence: Evidence
    watcher: Watcher
    stopping: Stopping


class Following:
    """Follows a bound flow from its first step to an outcome."""

    def __init__(self, asked: Asked, run_id: str, tools: Tools, result: Result) -> None:
        self._asked = asked
        self._run = run_id
        self._tools = tools
        self._result = result
        self._wanted: Wanted | None = None
        self.walk = Walk(
            tools.visit,
            tools.evidence,
            tools.watcher,
            tools.stopping,
            order=asked.bound.order,
            pictured=asked.each_step,
        )

    def go(self) -> None:
        """Take every step. The outcome stands in the result, or in a `WalkEnded`."""
        self._follow(self._asked.bound)

    def _follow(self, bound: Bound) -> None:
        steps = [step for step in bound.flow.steps if self._is_taken(bound, step)]
        for number, step in list(enumerate(steps, 1))[self._begin(steps) :]:
            if isinstance(step, FirstOf):
                self._fork(bound, step)
                return
            move = self._move(bound, step, number, len(steps))
            if step.word.irreversible:
                self._come_to_the_click(bound, move)
                return
            self._note_first_press()
            self.walk.take(move)
            if self._result.before is None:
                self._read_facts(bound)
        reason = "the flow ends without a click that cannot be undone"
        self._result.verdict = Verdict(Outcome.REHEARSED, reason)

    def _note_first_press(self) -> None:
        result, asked = self._result, self._asked
        if result.first is None or result.pressed or not self._tools.visit.blocker.blocks:
            return
        pressed = Pressed(self._run, asked.subject, asked.storefront.opened_as, result.first)
        note_first_press(self._tools.journal, pressed)
        result.pressed = True

    def _begin(self, steps: list[Step | FirstOf]) -> int:
        """Where to take a flow up: at the first step on the page where the walk stands already."""
        for at, step in enumerate(steps):
            if (
                isinstance(step, Step)
                and not step.word.from_anywhere
                and isinstance(self.walk.here, step.word.page)
            ):
                return at
        return 0

    def _is_taken(self, bound: Bound, step: Step | FirstOf) -> bool:
        """Whether a step was asked for, and the store has it: others are not counted."""
        if isinstance(step, FirstOf):
            return True
        values = bound.arguments(step.word, step.given).values()
        asked_for = not values or any(value is not None for value in values)
        return asked_for and step.word.page.has_step(step.word.name, self._asked.storefront)

    def _move(self, bound: Bound, step: Step, number: int, of: int) -> Move:
        arguments = self._narrowed(bound.arguments(step.word, step.given))
        return Move(
            number=number,
            of=of,
            step=step,
            arguments=arguments,
            sentence=step.sentence(self._asked.storefront.language),
            given=", ".join(str(value) for value in arguments.values()),
        )

    def _narrowed(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """The items that were asked for, without those that cannot be cancelled any more."""
        if self._wanted is None:
            return arguments
        wanted = Items(self._wanted.titles)
        return {name: wanted if isinstance(value, Items) else value
                for name, value in arguments.items()}  # fmt: skip

    def _read_facts(self, bound: Bound) -> None:
        """Read what the flow is about, as soon as the walk stands where it can be read."""
        here, effects = self.walk.here, bound.effects
        if isinstance(here, OrderPage):
            try:
                order = here.read()
            except Error as problem:
                raise translated(problem, self._asked.storefront) from problem
        elif isinstance(here, MembershipsPage):
            order = self._subscription(here, SubscriptionName(bound.order))
        else:
            return
        self._result.before = order
        self._see_that_it_did_not_change_before(order)
        self._tools.visit.blocker.about(order)
        self._tools.journal.write(self._run, "facts", order_as_data(order))
        if order.number != bound.order:
            reason = f"order {bound.order} was asked for, but {order.number or 'none'} opened"
            hint = advice(Outcome.GUARDED, order, self._asked.storefront.description)
            raise WalkEnded(Verdict(Outcome.GUARDED, f"same_order: {reason}"), hint=hint)
        planned = self._asked.planned
        changed = planned and difference(planned, order)
        if changed and not cancelled_meanwhile(order, bound.items):
            raise WalkEnded(Verdict(Outcome.GUARDED, f"as_planned: {changed}"))
        if not effects:
            return
        judged = first_judged(order, bound.items, effects, self._asked.rules)
        judged = unless_asked(judged, order, bound.items, self._tools.journal, self._asked.subject)
        if isinstance(judged, Verdict):
            looked_for = self._asked.storefront.description
            hints = [advice(judged.outcome, order, looked_for)]
            if looked_for and judged.outcome is Outcome.REFUSED:
                hints.append(self.walk.instead_of(looked_for.cancel.first))
            raise WalkEnded(judged, hint="; ".join(filter(None, hints)) or None)
        self._wanted = judged

    def _see_that_it_did_not_change_before(self, order: Order) -> None:
        """A walk that begins anew must not take what the one before it did for another's deed."""
        first = self._result.first = self._result.first or order
        changed = change(first, order)
        verdict = changed and verdict_on(changed, self._tools.visit.blocker.left_early)
        if verdict:
            raise WalkEnded(verdict)

    def _subscription(self, page: MembershipsPage, name: SubscriptionName) -> Order:
        try:
            return as_order(page.read(name), self._asked.storefront)
        except NotListed as gap:
            listed = ", ".join(f"`{each}`" for each in gap.listed) or "none"
            reason = f"`{gap.name}` is not listed; there are: {listed}"
            raise WalkEnded(Verdict(Outcome.NOT_FOUND, reason)) from gap

    def _fork(self, bound: Bound, fork: FirstOf) -> None:
        here = self.walk.here
        assert here is not None
        signs = [self._sign(bound, branch.sign, here) for branch in fork.branches]
        wait_for_any(signs, seconds=self._asked.storefront.patience.step)
        for branch, sign in zip(fork.branches, signs, strict=True):
            if visible(sign) and branch.follow:
                self._follow(bound.followed(branch.follow))
                return
            if visible(sign):
                end = Outcome.REQUESTED.label if branch.end == "pending" else branch.end or "broken"
                self._tools.watcher.decided(end, sign)
                outcome = Outcome.named(end)
                raise WalkEnded(
                    Verdict(outcome, branch.sign.word.sentence),
                    hint=advice(outcome, self._result.before),
                )
        raise WalkEnded(Verdict(Outcome.BROKEN, "none of the ways that the flow knows is offered"))

    def _sign(self, bound: Bound, call: SignCall, here: PageObject) -> Any:
        page = (
            here if isinstance(here, call.word.page) else call.word.page(here.page, here.storefront)
        )
        arguments = self._narrowed(bound.arguments(call.word, call.given))
        return getattr(page, call.word.name)(**arguments)

    def _come_to_the_click(self, bound: Bound, move: Move) -> None:
        here = self.walk.stand_on(move)
        assert isinstance(here, CommittingPage)
        assert self._result.before is not None
        assert self._wanted is not None
        if move.word.irreversible is not self._wanted.effect:
            raise WalkEnded(Verdict(Outcome.BROKEN, "its page offers another way than it did"))
        tools = self._tools
        tools.stopping.check()
        self.walk.picture_where_it_stands()
        tools.watcher.at_the_click(move.step)
        reader = OrderReader(tools.visit, bound.order, tools.evidence, self._wanted.effect)
        ends: dict[Said, list[Any]] = {}
        for end in bound.flow.ends:
            group = ends.setdefault(_SAID.get(end.name, Said.YES), [])
            group.extend(self._sign(bound, call, here) for call in end.signs)
        site = BrowserSite(
            tools.visit, here=here, word=move.word, arguments=move.arguments, ends=ends,
            reader=reader, masker=tools.evidence.masker,
        )  # fmt: skip
        request = Request(
            run=self._run,
            subject=self._asked.subject,
            flow=bound.flow.name,
            store=self._asked.storefront.opened_as,
            account=tools.visit.greeted_as,
            wanted=self._wanted,
            first=self._result.before,
            rules=self._asked.rules,
            settle=self._asked.storefront.patience.settle,
        )
        if note := unseen(self._asked.rules, self._asked.storefront.description):
            self._result.notes.append(note)
        if self._asked.commit:
            self._commit(site, request, reader, move)
            if self._result.answer is None:
                self._result.hint = self._result.hint or self.walk.instead_of_the_control(here)
        else:
            self._rehearse(site, request, here)
        self._result.looked = site.looked

    def _rehearse(self, site: BrowserSite, request: Request, here: CommittingPage) -> None:
        self._result.notes += what_proves_the_lines(request.first)
        looked = look_and_ask(site, self._tools.journal, request)
        if isinstance(looked, Verdict):
            self._result.verdict = looked
            self._result.hint = self.walk.instead_of_the_control(here)
            return
        self._tools.watcher.left_unclicked(here.control())
        result = self._result
        result.money = would_be_kept(looked.order, looked.selection)
        said = it_would(request.wanted, looked.selection, result.money)
        result.verdict = Verdict(Outcome.REHEARSED, said)
        result.hint = "add --commit to do it"

    def _commit(self, site: BrowserSite, request: Request, reader: OrderReader, move: Move) -> None:
        tools = self._tools
        watching = NotesTheClick(
            tools.visit,
            tools.evidence,
            tools.watcher,
            self.walk,
            move,
            now=tools.stopping.monotonic,
        )
        self._result.notes += the_authors_word(request.first)
        done = commit(site, tools.journal, tools.stopping, request, watching)
        result = self._result
        result.verdict, result.answer, result.after = done.verdict, done.answer, done.after
        result.money = is_kept(done.verdict.outcome, result.before, done.after, done.fee)
        kept = in_a_reason(result.money, done.after)
        result.verdict = replace(done.verdict, reason=done.verdict.reason + kept)
        result.hint = advice(done.verdict.outcome, done.after or result.before)
        result.requests_seen = site.requests_seen if done.answer else None
        if reader.seen:
            seen = reader.seen
            result.moments.append(Moment(Look.READ_AGAIN, seen.picture, seen.outline, seen.url))
        if done.answer and done.answer.said is Said.SILENCE and done.answer.words:
            result.notes.append(f"the click had no answer that is known: {done.answer.words}")
        heard = done.answer
        if done.verdict.outcome is Outcome.CANCELLED and heard and heard.said is Said.NO:
            result.notes.append(
                f"the store's words say no (“{heard.words}”), and its page says cancelled: "
                "the page decides"
            )
        result.notes += [
            f"{host} ended the connection without an answer; it was not sent again"
            for host in sorted(site.silent)
        ]
        if done.fault:
            result.notes.append(f"{done.fault.message}; the next run reads the order again")
