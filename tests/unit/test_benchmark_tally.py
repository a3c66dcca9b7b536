"""What `make bench` tells of what it measured. No time is asserted."""

import pytest

from benchmarks.speed.tally import Spread, ratio, spread, turned


def test_a_spread_is_the_median_and_both_ends() -> None:
    assert spread([3.0, 1.0, 10.0]) == Spread(median=3.0, least=1.0, most=10.0)
    assert spread([4.0, 2.0]).median == 3.0


def test_a_ratio_compares_what_was_measured_in_the_same_round() -> None:
    """The third round was slow for both: that is no news of either."""
    assert ratio([2.0, 3.0, 40.0], [1.0, 1.0, 10.0]) == Spread(median=3.0, least=2.0, most=4.0)


def test_rounds_that_are_missing_make_no_ratio() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratio([2.0, 3.0], [1.0])


def test_each_round_begins_with_another_way() -> None:
    begun = [turned(["a", "b", "c"], number) for number in range(4)]
    assert begun == [["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"], ["a", "b", "c"]]
    assert turned([], 3) == []
