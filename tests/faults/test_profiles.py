"""Mistaken profiles: that the mistakes are mistakes, and a small run of them on the boutique."""

from __future__ import annotations

import copy

import pytest

from faults.profiles.kinds import KINDS, draw
from faults.profiles.right import right_profiles
from faults.profiles.slip import Mistake

_LEAST = 50  # cases of each kind in a run of 2,000


@pytest.mark.parametrize("kind", KINDS[1:], ids=lambda kind: kind.name)
def test_a_mistake_changes_a_profile_and_leaves_the_right_one_alone(kind: Mistake) -> None:
    slips = [(right, slip) for right in right_profiles() for slip in kind.slips(right)]
    assert len(slips) >= _LEAST

    for right, slip in slips[:: len(slips) // _LEAST]:
        before = copy.deepcopy(right.data)
        assert slip.made_in(right) != before, slip.told(right)
        assert right.data == before


def test_each_kind_has_its_share_of_a_full_run() -> None:
    assert 2000 // len(KINDS) >= _LEAST


def test_a_seed_replays() -> None:
    assert [draw(seed).told for seed in range(64)] == [draw(seed).told for seed in range(64)]
