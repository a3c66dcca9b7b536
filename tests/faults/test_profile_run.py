"""A small run of mistaken profiles in the browser, and two planted bugs that it must show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from automation.run.browser import OpenBrowser
from faults.profiles.kinds import KINDS, draw, seeds_of
from faults.profiles.planted import PLANTED, Planted, live
from faults.profiles.report import findings
from faults.profiles.stage import Stage

# Of each of these a case broke a zero before: a rehearsal cancelled, a kept item went, a word was
# false.
_ONCE_WRONG = ("no mistake", "reads too much", "first row only", "in opens", "answers swapped",
               "state too short")  # fmt: skip
SEEDS = seeds_of(_ONCE_WRONG, range(len(KINDS)))


@pytest.fixture
def stage(tmp_path: Path, browser_of_ours: OpenBrowser) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(tmp_path, stack, browser_of_ours)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_that_must_not_be_comes_of_a_mistake(stage: Stage, seed: int) -> None:
    played = stage.play(draw(seed))

    assert list(findings([played])) == []


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3 * len(KINDS)))
def test_nothing_that_must_not_be_comes_of_many(stage: Stage, seed: int) -> None:
    played = stage.play(draw(seed))

    assert list(findings([played])) == []


@pytest.mark.thorough
@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_bug_is_shown(stage: Stage, planted: Planted) -> None:
    shown = live(planted, stage)

    assert shown.case is not None
