"""Taking the steps of a flow, one page after the other, up to the click that cannot be undone."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Error, Page, TimeoutError  # noqa: A004

from automation.errors import InputError, TryLater
from automation.flow.library import is_ones_own
from automation.flow.model import Step
from automation.outcome import Outcome
from automation.pages.absent import NotThere
from automation.pages.base import CommittingPage, PageObject, Word
from automation.pages.choosing import NotOffered, NoWay
from automation.pages.memberships import MembershipsPage, NoAnswer
from automation.pages.order import OrderPage
from automation.pages.orders import OrderNotListed
from automation.pages.overlay import overlay_in
from automation.pages.pressing import Press
from automation.pages.spots import Spot
from automation.pages.tally import GoesInCircles
from automation.run.arrival import arrive, status_of, translated
from automation.run.diagnosis import Instead, in_words, look_at, plainly, spot_of
from automation.run.endings import Hiccup, SignedOut, WalkEnded
from automation.run.evidence import NOT_SEEN, Evidence, Seen
from automation.run.judgement import Verdict
from automation.run.network.press_check import how_to_declare
from automation.run.not_listed import in_circles, not_found
from automation.run.outline import what_matters
from automation.run.record import StepTaken
from automation.run.stopping import Stopping
from automation.run.visit import Visit
from automation.run.watcher import Watcher

_OUTLINE_LINES = 12
_CORRECT_CLOSE = (
    "see in a browser what closes it, and correct `close` of that entry of `covers` in the"
    " storefront's profile"
)
_NAME_IT = "if a shopper can close it, name it in the storefront's profile: covers:"


@dataclass(frozen=True)
class Move:
    """One step, ready to be taken: its word, what it is given, and how it is told."""

    number: int
    of: int
    step: Step
    arguments: Mapping[str, Any]
    sentence: str
    given: str

    @property
    def word(self) -> Word:
        return self.step.word

    @property
    def name(self) -> str:
        return f"{self.number:02d}-{self.word}"


class Walk:
    """Where one stands in a store, and the steps taken to come there."""

    def __init__(
        self,
        visit: Visit,
        evidence: Evidence,
        watcher: Watcher,
        stopping: Stopping,
        *,
        order: str,
        pictured: bool,
    ) -> None:
        self._order = order
        self._visit = visit
        self._evidence = evidence
        self._watcher = watcher
        self._stopping = stopping
        self._pictured = pictured  # whether each step is, or only where it breaks
        visit.storefront.presses.look = self._look_at
        self._tabs: list[Page] = []  # those that were open before the newest step
        self.here: PageObject | None = None
        self.steps: list[StepTaken] = []

    def take(self, move: Move) -> None:
        """Take one step, and wait until its page is there."""
        self._stopping.check()
        self._visit.blocker.step_begins(str(move.word))
        self._watcher.taking(move.step)
        self._watcher.starting(move.number, move.of, move.sentence)
        started, clearing = time.monotonic(), self._visit.clearing
        declined = clearing.declined
        try:
            self._act(move)
        except (SignedOut, Hiccup, TryLater):
            self._see_that_nothing_was_blocked(move, started)
            raise
        except WalkEnded as ending:
            self._see_that_nothing_was_blocked(move, started)
            self._took(move, started, problem=ending.verdict.reason)
            raise
        except Error as problem:
            self._see_that_nothing_was_blocked(move, started)
            self._see_that_nothing_lies_over_it(move, started, problem)
            if clearing.declined > declined:
                # It took the click, if it came between the pointer's going down and its going up.
                raise Hiccup("something came over the page") from problem
            self._broke(move, started, problem)
        self._see_that_nothing_was_blocked(move, started)
        self._took(move, started)

    def picture_where_it_stands(self) -> None:
        """See that there is a picture of what the last step left."""
        if self.steps and self.steps[-1].picture is None:
            last = self.steps[-1]
            seen = self._evidence.capture(self._visit.page, f"{last.number:02d}-{last.word}")
            self.steps[-1] = replace(last, picture=seen.picture, outline=seen.outline, url=seen.url)

    def note_click(self, move: Move, started: float, seen: Seen) -> None:
        """Note the click that cannot be undone, which the commit protocol made."""
        self._note(move, time.monotonic() - started, seen)

    def stand_on(self, move: Move) -> PageObject:
        """The page on which this step is taken."""
        if isinstance(self.here, move.word.page):
            return self.here
        return move.word.page(self._visit.page, self._visit.storefront)

    def _act(self, move: Move) -> None:
        self._tabs = self._visit.walked_on
        try:
            led_to = getattr(self.stand_on(move), move.word.name)(**move.arguments)
        except OrderNotListed as gap:
            raise not_found(gap, self._visit.storefront.description) from gap
        except GoesInCircles as circle:
            raise in_circles(circle, self._visit.storefront.description) from circle
        except NoAnswer as gap:
            offered = ", ".join(f"`{each}`" for each in gap.offered)
            raise WalkEnded(
                Verdict(Outcome.NEEDS_PERSON, f"an offer to stay has no declared no: {offered}"),
                hint="nothing was ended; decide by hand, or add its words to the profile",
            ) from gap
        except NoWay as gap:
            reason = f"the store offers no way to cancel it: there is no {gap.spot}"
            there = f"; {found}" if (found := self.instead_of(gap.spot)) else ""
            hint = f"if its page does offer it, correct that place in the profile{there}"
            raise WalkEnded(Verdict(Outcome.REFUSED, reason), hint=hint) from gap
        except NotOffered as gap:
            raise InputError(
                f"the store does not offer `{gap.asked}` here",
                hint="it offers: " + ", ".join(f"`{each}`" for each in gap.offered)
                if gap.offered
                else "it has no place for it: leave it out, or tell the profile where that is",
            ) from gap
        except TimeoutError:
            raise
        except Error as problem:
            visit = self._visit
            missing = visit.missing.of(visit.page)
            raise translated(problem, visit.storefront, missing) from problem
        if isinstance(led_to, PageObject):
            if led_to.page is not self._visit.page:
                self._visit.go_on_in(led_to.page)
            arrive(
                led_to,
                self._visit.missing,
                loaded=move.word.from_anywhere,
                meanwhile=self._see_that_nothing_may_cancel,
            )
            self.here = led_to

    def _see_that_nothing_may_cancel(self) -> None:
        """`WalkEnded` where something asked for what may cancel the order."""
        each = self._visit.blocker.offence
        if each is None:
            return
        asked = f"`{each.step}` asked for" if each.step else "a page asked for"
        reason = f"{asked} `{each.request}`, which may cancel the order; it was blocked"
        hint = how_to_declare(each.request, self._order, self._visit.storefront.secrets)
        raise WalkEnded(Verdict(Outcome.GUARDED, f"request_blocker: {reason}"), hint=hint)

    def _see_that_nothing_was_blocked(self, move: Move, started: float) -> None:
        try:
            self._see_that_nothing_may_cancel()
        except WalkEnded as ending:
            self._took(move, started, problem=ending.verdict.reason)
            raise

    def _look_at(self, press: Press) -> None:
        objection = self._visit.blocker.look_at(press)
        if objection:
            verdict = Verdict(Outcome.GUARDED, f"request_blocker: {objection.reason}")
            raise WalkEnded(verdict, hint=objection.hint)

    def _see_that_nothing_lies_over_it(self, move: Move, started: float, problem: Error) -> None:
        """What cannot be pressed away ends the walk, and is named: to begin again is no help."""
        page = self._visit.page
        with suppress(Error):  # the browser may be gone
            self._evidence.masker.learn(page)
        reason, hint = self._visit.clearing.stays(), _CORRECT_CLOSE
        if reason is None:
            overlay = overlay_in(problem, page)
            if overlay is None:
                return
            reason = f"{overlay} lies over what is to be pressed"
            hint = f"{_NAME_IT} [{{seen: '{overlay.name}', close: …}}]"
        reason = self._evidence.masker.text(reason)
        self._took(move, started, problem=reason)
        raise WalkEnded(Verdict(Outcome.BROKEN, reason), hint=hint) from problem

    def _broke(self, move: Move, started: float, problem: Error) -> None:
        if status_of(self._visit.page) >= 500:  # noqa: PLR2004 (server errors)
            raise Hiccup("the store answered with an error") from problem
        spot, shown = spot_of(problem), self._evidence.outline(self._visit.page)
        there = in_words(problem, spot, self._instead(spot, shown))
        why = self._evidence.masker.text(plainly(problem))
        blocked = self._visit.blocker.told_of(str(move.word))
        problem_shown = f"{why}{blocked}\n  The page shows:\n{_beginning_of(shown)}"
        self._took(move, started, problem=problem_shown)
        at = f" ({move.step.place})" if is_ones_own(move.step.place) else ""
        raise WalkEnded(
            Verdict(
                Outcome.BROKEN, f"broke at step {move.number} of {move.of}, {move.word}{at}: {why}"
            ),
            hint=there or self._perhaps_another_key(move),
        ) from problem

    def instead_of(self, spot: Spot) -> str:
        """What the page holds instead of what the profile says is at this spot, in words."""
        shown = self._evidence.outline(self._visit.page)
        return in_words(NotThere(spot, ""), spot, self._instead(spot, shown))

    def instead_of_the_control(self, here: CommittingPage) -> str | None:
        """What the page holds where the control of the profile is not found."""
        described = self._visit.storefront.description
        with suppress(Error):  # then there is nothing to add
            if described and not here.control().count():
                control = Spot("cancel.commit", (described.cancel.commit.look,))
                return self.instead_of(control) or None
        return None

    def _instead(self, spot: Spot | None, shown: str) -> Instead:
        visit = self._visit
        tabs = sum(page not in self._tabs for page in visit.walked_on)
        blocked = visit.missing.hosts(visit.storefront.hosts)
        return look_at(visit.page, spot, shown, tabs=tabs, blocked=blocked)

    def _perhaps_another_key(self, move: Move) -> str | None:
        key = self._visit.storefront.order_key
        if key is None or not (move.word.from_anywhere and issubclass(move.word.page, OrderPage)):
            return None
        return f"see that the key in `{key.kept_in}` is the one of order {key.order}"

    def _took(self, move: Move, started: float, problem: str | None = None) -> None:
        seconds = time.monotonic() - started
        seen = NOT_SEEN
        if self._pictured or problem:
            seen = self._evidence.capture(self._visit.page, move.name)
        elif isinstance(self.here, OrderPage | MembershipsPage):
            with suppress(Error):  # what is read of it is kept: what of that is personal?
                self._evidence.masker.learn(self._visit.page)
        # Only now, since the page's own words are known as personal when it was captured.
        self._note(move, seconds, seen, problem and self._evidence.masker.text(problem))

    def _note(self, move: Move, seconds: float, seen: Seen, problem: str | None = None) -> None:
        step = StepTaken(
            number=move.number,
            of=move.of,
            word=str(move.word),
            sentence=move.sentence,
            given=move.given,
            seconds=round(seconds, 3),
            irreversible=move.word.irreversible is not None,
            picture=seen.picture,
            outline=seen.outline,
            url=seen.url,
            problem=problem,
        )
        self.steps.append(step)
        self._watcher.took(step)


def _beginning_of(outline: str) -> str:
    lines = what_matters(outline)
    more = [f"… {len(lines) - _OUTLINE_LINES} more"] if lines[_OUTLINE_LINES:] else []
    return "\n".join(f"    {line}" for line in [*lines[:_OUTLINE_LINES], *more])
