"""Tables of a night, for a terminal and for `docs/scale.md`."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median

from faults.morning import Judged, Morning
from faults.night import Night, Sample
from faults.tables import table

_MIB = 1024


def of_words(morning: Morning) -> str:
    """How the orders ended, by what was the matter with them."""
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for order in morning.orders:
        kinds[order.guest.kind].append(order)
    rows = []
    for kind, orders in kinds.items():
        words = Counter(order.word or "nothing was run" for order in orders)
        said = ", ".join(f"{count} {word}" for word, count in words.most_common())
        rows.append((kind, len(orders), said, sum(order.submits for order in orders),
                     sum(len(order.findings) for order in orders)))  # fmt: skip
    return table(["what was the matter", "orders", "ended", "submissions", "wrong"], rows)


def of_starts(night: Night) -> str:
    """Each start: what became of it, and its memory."""
    lives: dict[int, list[Sample]] = defaultdict(list)
    for sample in night.samples:
        lives[sample.life].append(sample)
    rows = []
    for life, code in enumerate(night.exits, 1):
        seen = lives[life]
        killed = night.kills[life - 1] if life <= len(night.kills) else f"exit {code}"
        work = seen[-1].submits - seen[0].submits if seen else 0
        rows.append((life, killed, work, *_memory(seen)))
    return table(["start", "ended", "submissions", "parent PSS first, last third",
                  "parent RSS at most", "worker PSS first, last third"], rows)  # fmt: skip


def _memory(seen: list[Sample]) -> tuple[str, str, str]:
    third = len(seen) // 3
    if not third:
        return "·", "·", "·"
    workers = [each.worker_pss for each in seen if each.worker_pss]
    few = len(workers) // 3
    return (
        _from_to([each.parent_pss for each in seen[:third]],
                 [each.parent_pss for each in seen[-third:]]),
        f"{max(each.parent_rss for each in seen) / _MIB:.0f} MiB",
        _from_to(workers[:few], workers[-few:]) if few else "·",
    )  # fmt: skip


def _from_to(first: list[int], last: list[int]) -> str:
    return f"{median(first) / _MIB:.1f}, {median(last) / _MIB:.1f} MiB"
