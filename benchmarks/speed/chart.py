"""One picture of the table: how long each way took."""
from __future__ import annotations
from collections.abc import Sequence
from dataclasses import dataclass
from benchmarks.speed.tally import Spread

@dataclass(frozen=True)
class Bar:
    title: str
    group: str
    seconds: Spread
    ours: bool

def drawn(bars: Sequence[Bar]) -> str:
    return ""
