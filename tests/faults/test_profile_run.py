"""A small run of mistaken profiles in the browser, and two planted bugs that it must show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from automation.run.browser import OpenBrowser
from faults.profiles.controls import DECLARED
from faults.profiles.kinds import KINDS, draw
from faults.profiles.planted import PLANTED, Planted, live
from faults.profiles.report import findings
from faults.profiles.stage import Stage
from faults.profiles.truths import Zero

# A rehearsal that cancelled, a kept item that was, words that were false: each was seen once.
SEEDS = (0, 17, 79, 81, 88, 101, 113, 120)


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


def test_a_false_declaration_is_believed_and_what_came_of_it_is_told(stage: Stage) -> None:
    """No page contradicts it before it is pressed: the order, read again, does."""
    played = stage.play(draw(0, DECLARED))

    assert Zero.REHEARSAL_SENDS in played.zeros
    assert Zero.FALSE_WORD not in played.zeros
    assert played.runs[0].word == "changed_before_the_click"


@pytest.mark.thorough
@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_bug_is_shown(stage: Stage, planted: Planted) -> None:
    shown = live(planted, stage)

    assert shown.case is not None
