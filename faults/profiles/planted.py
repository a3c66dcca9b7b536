"""Bugs planted in the code that follows profiles. Mistaken profiles must show each of them.

Nothing in `automation` knows of them: functions are replaced while a bug lives.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from automation.outcome import Outcome
from automation.run import guard, judgement, readback
from automation.run.facts import Answer, Said
from automation.run.following import Following
from automation.run.judgement import Verdict
from automation.run.network.paused import PausedRequest
from automation.run.network.rulings import Phase, Ruling, Rulings
from automation.run.readback import Done
from faults.profiles.controls import DECLARED
from faults.profiles.kinds import MistakenProfile, draw, seeds_of
from faults.profiles.stage import CRASH, Played, Stage
from faults.profiles.truths import Zero

FULL = 2000  # cases of a full run
MOST = 60  # cases that a bug may live through
_ALL = frozenset(Zero)


@dataclass(frozen=True)
class Planted:
    """One bug: what it is, how it lives, and the kinds of mistakes that should show it."""

    name: str
    sentence: str
    lives: Callable[[], AbstractContextManager[object]]
    kinds: tuple[str, ...]
    shapes: tuple[str, ...] = ()  # of the shop; none: whichever
    shown_by: frozenset[Zero] = _ALL

    def cases(self) -> Iterator[MistakenProfile]:
        """What it has to live through; of the kinds of a full run, the cases of a full run."""
        if self.kinds == (DECLARED.name,):
            return (draw(seed, DECLARED) for seed in range(MOST))
        drawn = (draw(seed) for seed in seeds_of(self.kinds, range(FULL)))
        fit = (case for case in drawn if not self.shapes or case.right.shape in self.shapes)
        return islice(fit, MOST)


@dataclass(frozen=True)
class Shown:
    """How a planted bug fared: the case that showed it, if one did, and how many it took."""

    name: str
    sentence: str
    case: Played | None
    cases: int


def hunt(*, workers: int) -> list[Shown]:
    """Let each planted bug live until a case shows it."""
    numbers = range(len(PLANTED))
    if workers == 1:
        return list(map(_hunt_one, numbers))
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return list(pool.imap(_hunt_one, numbers))


def live(planted: Planted, stage: Stage) -> Shown:
    """Let this bug live on a stage until a case shows it."""
    cases = 0
    with planted.lives():
        for case in planted.cases():
            cases += 1
            played = stage.play(case)
            assert not any(run.word == CRASH for run in played.runs), played.runs
            if played.zeros & planted.shown_by:
                return Shown(planted.name, planted.sentence, played, cases)
    return Shown(planted.name, planted.sentence, None, cases)


def _hunt_one(number: int) -> Shown:
    with tempfile.TemporaryDirectory(prefix="unorder-planted-") as folder, ExitStack() as stack:
        return live(PLANTED[number], Stage(Path(folder), stack))


def _replaced(*told: tuple[str, object]) -> Callable[[], AbstractContextManager[object]]:
    """Each of these names with what stands in its place."""

    def lives() -> ExitStack:
        stack = ExitStack()
        for name, instead in told:
            stack.enter_context(patch(f"automation.{name}", instead))
        return stack

    return lives


# What the bugs put in the place of functions.


def _without(*guards: str) -> Callable[[], AbstractContextManager[object]]:
    left = tuple(one for one in guard.GUARDS if one.__name__ not in guards)
    return partial(patch, "automation.run.guard.GUARDS", left)


_settle = readback.settle
_after_the_click = judgement.after_the_click
_on = Rulings.on


def _words_are_trusted(*about: Any, until: float) -> Done:
    answer = about[3]
    word = {Said.YES: Outcome.CANCELLED, Said.NO: Outcome.REFUSED}.get(answer.said)
    if word is None:
        return _settle(*about, until=until)
    return Done(Verdict(word, "the store says so"), answer, None)


def _somebody_was_quicker(answer: Answer, *about: Any) -> Verdict | None:
    verdict = _after_the_click(answer, *about)
    if verdict and verdict.outcome is Outcome.CANCELLED and answer.said is Said.NO:
        return Verdict(Outcome.ALREADY_CANCELLED, verdict.reason)
    return verdict


def _clicks_in_rehearsal(following: Following, site: Any, _request: Any, _here: Any) -> None:
    site.click(10.0)
    following._result.verdict = Verdict(Outcome.REHEARSED, "it would cancel")


def _only_get(rulings: Rulings, request: PausedRequest, phase: Phase, **about: Any) -> Ruling:
    """Only what is asked for by GET is looked at."""
    if request.method != "GET" and phase is Phase.BEFORE:
        return Ruling.ADMIT
    return _on(rulings, request, phase, **about)


def _as_goes_to_says(
    rulings: Rulings, request: PausedRequest, phase: Phase, **about: Any
) -> Ruling:
    """Only what `goes_to` names is blocked, its method included."""
    if phase is not Phase.BEFORE:
        return _on(rulings, request, phase, **about)
    names = rulings.commit.allows(request.method, request.address, request.fields)
    return Ruling.CANCELS if names else Ruling.ADMIT


def _nothing(*_about: object, **_more: object) -> None:
    return None


def _no(*_about: object, **_more: object) -> bool:
    return False


PLANTED: tuple[Planted, ...] = (
    Planted("clicks in rehearsal", "a rehearsal clicks too",
            _replaced(("run.following.Following._rehearse", _clicks_in_rehearsal)),
            ("no mistake",)),
    Planted("no keep-list", "the keep-list is not asked", _without("keep_list"), ("no mistake",)),
    Planted("selection not read", "what the click would cancel is not compared with what was asked",
            _without("exactly_the_wanted", "form_agrees_with_the_order"), ("no mistake",)),
    Planted("keep-list by equality", "a title that only contains what is kept is another title",
            _replaced(("run.rules._may_be", _no)), ("no mistake", "reads too much",
             "answers otherwise", "state too many", "address too wide", "taken otherwise"),
            ("title=code",)),
    Planted("lines not counted", "lines that do not add up to the order's sum are all there is",
            _replaced(("run.rules.not_accounted_for", _nothing)), ("first row only",)),
    Planted("words are trusted", "what the store answers decides, not the order read again",
            _replaced(("run.commit.settle", _words_are_trusted)), ("answers swapped",)),
    Planted("somebody was quicker", "cancelled after words that say no is somebody else's doing",
            _replaced(("run.readback.after_the_click", _somebody_was_quicker)),
            ("answers swapped",)),
    Planted("only GET", "only requests by GET are blocked before the click",
            _replaced(("run.network.rulings.Rulings.on", _only_get),
                      ("run.network.request_blocker.objection_to", _nothing)),
            ("in opens",)),
    Planted("method compared", "only what `goes_to` names is blocked, its method included",
            _replaced(("run.network.rulings.Rulings.on", _as_goes_to_says),
                      ("run.network.request_blocker.objection_to", _nothing)),
            ("in opens, another method", "in opens, segment missing")),
    Planted("addresses not read", "an address that looks like a cancellation is one like others",
            _replaced(("run.network.rulings.looks_like_a_cancellation", _no),
                      ("storefronts.request_keys.looks_like_a_cancellation", _no)),
            ("in opens, segment missing", "in opens, another method"),
            ("confirm=link", "confirm=onclick")),
    Planted("not read after a press", "a walk that pressed and never clicked does not read again",
            _replaced(("run.engine._read_again", _nothing)), (DECLARED.name,),
            shown_by=frozenset({Zero.FALSE_WORD})),
)  # fmt: skip
