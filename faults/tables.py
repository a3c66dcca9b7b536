"""Tables for a terminal and for `docs/reliability.md`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from faults.campaign import Caught, Sum
from faults.checker import Kind, Word
from faults.days import Ended as Day
from faults.processes import FATES, Ended
from faults.trouble import Fault, Window

FOUR = (Kind.WRONG_CANCEL, Kind.DOUBLE_SUBMIT, Kind.LOST_RECORD, Kind.FALSE_RECORD)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table whose columns line up."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in cells]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def of_faults(total: Sum) -> str:
    """Fault by window, how often each fired, and how the orders ended."""
    windows = [window.value.partition(" ")[0] for window in Window]
    rows = [
        (
            fault.sentence,
            *(total.fired[fault, window] if window in fault.windows else "·" for window in Window),
            *(total.outcomes[fault, word.value] for word in Word),
        )
        for fault in Fault
    ]
    return table(["fault", *windows, *(word.value for word in Word)], rows)


def of_zeros(kinds: Counter[Kind]) -> str:
    """The four zeros, and the fifth."""
    rows = [(kind.value, kinds[kind]) for kind in (*FOUR, Kind.UNKNOWN_LEFT)]
    return table(["histories with a", ""], rows)


def of_mutants(caught: list[Caught]) -> str:
    """Which planted bug was caught as what, and in how many histories."""
    rows = [
        (
            one.name,
            one.sentence,
            ", ".join(f"{kind.value} {count}" for kind, count in one.kinds.most_common())
            or "SURVIVED",
            f"{one.failing} of {one.runs}",
        )
        for one in caught
    ]
    return table(["mutant", "what it does", "caught as", "histories"], rows)


def of_processes(ended: list[Ended]) -> str:
    """Each fate: how many processes had it, and how they ended."""
    ends: Counter[tuple[str, str]] = Counter()
    for one in ended:
        ends.update(one.ends)
    said = sorted({end for _, end in ends})
    rows = [
        (fate, sum(ends[fate, end] for end in said), *(ends[fate, end] or "·" for end in said))
        for fate in FATES
    ]
    return table(["fate", "processes", *said], rows)


def of_stores(ended: list[Ended]) -> str:
    """Each way in which the store behaved, and what is known of the orders in the end."""
    words: Counter[tuple[str, Word]] = Counter()
    cases = Counter(one.case.store for one in ended)
    for one in ended:
        words.update((one.case.store, word) for word in one.judged.orders.values())
    rows = [
        (store, count, *(words[store, word] for word in Word)) for store, count in cases.items()
    ]
    return table(["the store", "cases", *(word.value for word in Word)], sorted(rows))


def of_days(ended: list[Day]) -> str:
    """What was killed, in which window it struck, and what the struck run said."""
    kills = Counter(one.case.kill for one in ended)
    windows = sorted({one.window for one in ended})
    words = Counter((one.case.kill, word) for one in ended for word in one.judged.orders.values())
    struck = Counter((one.case.kill, one.window) for one in ended)
    rows = [
        (kill, count, *(struck[kill, window] or "·" for window in windows),
         *(words[kill, word] for word in Word))
        for kill, count in sorted(kills.items())
    ]  # fmt: skip
    return table(["killed", "cases", *windows, *(word.value for word in Word)], rows)


def of_broken(ended: list[Day]) -> str:
    """How the connection or the store was broken, and what came of it."""
    names = Counter((one.case.quirk or one.case.store) for one in ended)
    words: Counter[tuple[str, Word]] = Counter()
    clicks: Counter[str] = Counter()
    requests: Counter[str] = Counter()
    for one in ended:
        name = one.case.quirk or one.case.store
        clicks[name] += one.clicks
        requests[name] += one.requests
        words.update((name, word) for word in one.judged.orders.values())
    rows = [
        (name, count, clicks[name], requests[name], *(words[name, word] for word in Word))
        for name, count in sorted(names.items())
    ]
    return table(["broken", "cases", "clicks", "requests", *(word.value for word in Word)], rows)


def of_words(ended: list[Day]) -> str:
    """In which window a run was struck, and what it said itself."""
    windows = Counter(one.window for one in ended)
    said = sorted({one.said[0] for one in ended})
    both = Counter((one.window, one.said[0]) for one in ended)
    rows = [
        (window, count, *(both[window, word] or "·" for word in said))
        for window, count in sorted(windows.items())
    ]
    return table(["struck in", "runs", *said], rows)


def of_damage(found: Counter[tuple[str, str]]) -> str:
    """Each way of damaging a journal, and what came of it."""
    whats = sorted({what for _, what in found})
    ways = sorted({way for way, _ in found})
    rows = [(way, *(found[way, what] or "·" for what in whats)) for way in ways]
    return table(["damage", *whats], rows)
