"""When orders may be cancelled: the hours, and the stop file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, tzinfo


@dataclass(frozen=True)
class Hours:
    """A stretch of each day, over midnight too. *zone* `None` is the machine's own."""

    opens: time
    closes: time

    def allow(self, now: datetime, zone: tzinfo | None) -> bool:
        """Whether *now*, an aware time, is within them, by the clocks of *zone*."""
        at = now.astimezone(zone).time()
        if self.opens <= self.closes:
            return self.opens <= at < self.closes
        return at >= self.opens or at < self.closes

    def __str__(self) -> str:
        return f"{self.opens:%H:%M} to {self.closes:%H:%M}"
