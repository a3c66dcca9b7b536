"""A damaged journal is refused, or says exactly what it said."""

from __future__ import annotations

from faults.damage import NOTICED, SILENT, damage


def test_no_damage_makes_a_silent_difference() -> None:
    found = damage(120, seed=1)

    assert sum(found.values()) == 120
    assert {way: count for (way, what), count in found.items() if what == SILENT} == {}
    assert {way for way, what in found if what == NOTICED} >= {
        "a bit flipped", "cut short", "the write-ahead file deleted", "a page of zeros",
    }  # fmt: skip
