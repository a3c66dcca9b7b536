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
from pathlib import Path
from typing import Any
from unittest.mock import patch

from automation.outcome import Outcome
from automation.run import guard, readback
from automation.run.facts import Said
from automation.run.following import Following
from automation.run.judgement import Verdict
from automation.run.readback import Done
from faults.profiles.kinds import KINDS, draw
from faults.profiles.stage import Played, Stage

MOST = 60  # cases that a bug may live through


@dataclass(frozen=True)
class Planted:
    """One bug: what it is, how it lives, and the kinds of mistakes that should show it."""

    name: str
    sentence: str
    lives: Callable[[], AbstractContextManager[object]]
    kinds: tuple[str, ...]

    def seeds(self) -> Iterator[int]:
        """The cases that it has to live through, which are those of a full run."""
        own = [at for at, kind in enumerate(KINDS) if kind.name in self.kinds]
        turns = -(-MOST // len(own))
        return (turn * len(KINDS) + at for turn in range(turns) for at in own)


@dataclass(frozen=True)
class Shown:
    """How a planted bug fared: the case that showed it, if one did, and how many it took."""

    planted: Planted
    case: Played | None
    cases: int


def hunt(*, workers: int) -> list[Shown]:
    """Let each planted bug live until a case shows it."""
    numbers = range(len(PLANTED))
    if workers == 1:
        return list(map(hunt_one, numbers))
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return list(pool.imap(hunt_one, numbers))


def hunt_one(number: int) -> Shown:
    """Let this bug live until a case shows it."""
    planted = PLANTED[number]
    cases = 0
    with tempfile.TemporaryDirectory(prefix="unorder-planted-") as folder, ExitStack() as stack:
        stage = Stage(Path(folder), stack)
        stack.enter_context(planted.lives())
        for seed in planted.seeds():
            cases += 1
            played = stage.play(draw(seed))
            if played.breaches:
                return Shown(planted, played, cases)
    return Shown(planted, None, cases)


def _replaced(target: str, new: object) -> Callable[[], AbstractContextManager[object]]:
    return partial(patch, target, new)


def _without(*guards: str) -> Callable[[], AbstractContextManager[object]]:
    left = tuple(one for one in guard.GUARDS if one.__name__ not in guards)
    return _replaced("automation.run.guard.GUARDS", left)


_settle = readback.settle


def _words_are_trusted(*about: Any, until: float) -> Done:
    answer = about[3]
    word = {Said.YES: Outcome.CANCELLED, Said.NO: Outcome.REFUSED}.get(answer.said)
    if word is None:
        return _settle(*about, until=until)
    return Done(Verdict(word, "the store says so"), answer, None)


def _rehearses_to_the_end(following: Following, site: Any, _request: Any, _here: Any) -> None:
    site.click(10.0)
    following._result.verdict = Verdict(Outcome.REHEARSED, "it would cancel")


PLANTED: tuple[Planted, ...] = (
    Planted("clicks in rehearsal", "a rehearsal clicks too",
            _replaced("automation.run.following.Following._rehearse", _rehearses_to_the_end),
            ("no mistake",)),
    Planted("no keep-list", "the keep-list is not asked", _without("keep_list"), ("no mistake",)),
    Planted("selection not read", "what the click would cancel is not compared with what was asked",
            _without("exactly_the_wanted", "form_agrees_with_the_order"), ("switched", "no mistake",
             "first row only")),
    Planted("words are trusted", "what the store answers decides, not the order read again",
            _replaced("automation.run.commit.settle", _words_are_trusted),
            ("answers swapped", "answers otherwise")),
)  # fmt: skip
