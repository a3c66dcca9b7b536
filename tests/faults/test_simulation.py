"""Bad days by the thousand, in a short form: `make faults` has the long one."""

from __future__ import annotations

import pytest

from faults.campaign import Sum, hunt, run
from faults.mutants import MUTANTS
from faults.shop import Mode
from faults.simulation import simulate
from faults.trouble import Fault

SEEDS = 300


@pytest.fixture(scope="module")
def total() -> Sum:
    return run(range(SEEDS), Mode, workers=1)


def test_nothing_that_must_never_be(total: Sum) -> None:
    assert total.seeds == SEEDS * len(Mode)
    assert total.clicks > SEEDS / 2
    assert [f"seed {seed} {mode.value}: {found}" for seed, mode, found in total.failing] == []


def test_every_fault_strikes_in_each_of_its_windows(total: Sum) -> None:
    missed = [(fault.name, window.name) for fault in Fault for window in fault.windows
              if not total.fired[fault, window]]  # fmt: skip

    assert missed == []


def test_the_real_journal_has_its_share(total: Sum) -> None:
    assert total.on_disk > 0


@pytest.mark.parametrize("mode", Mode)
def test_a_seed_tells_the_same_story_again(mode: Mode) -> None:
    first, second = (simulate(11, mode, told=True) for _ in range(2))

    assert first == second
    assert first.story


def test_every_planted_bug_is_caught() -> None:
    caught = hunt(range(20_000), workers=1, until_caught=True)

    assert len(caught) == len(MUTANTS) >= 10
    assert [one.name for one in caught if one.first is None] == []


def test_the_mutants_are_gone_again() -> None:
    with MUTANTS[0].lives():
        assert any(simulate(seed, Mode.LEGACY).findings for seed in range(40))

    assert not any(simulate(seed, Mode.LEGACY).findings for seed in range(40))
