"""A small run of mistaken profiles in the browser, and two planted bugs that it must show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from automation.run.browser import OpenBrowser
from faults.profiles.kinds import KINDS, draw
from faults.profiles.planted import PLANTED, Planted, live
from faults.profiles.report import findings
from faults.profiles.stage import Stage

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
