"""What mistaken profiles led to, as tables and as lines to replay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from faults.profiles.exempt import CLASSES
from faults.profiles.kinds import KINDS
from faults.profiles.planted import Shown
from faults.profiles.stage import Played
from faults.profiles.truths import Zero
from faults.tables import table

_WORDS = ("rehearsed", "cancelled", "guarded", "broken", "refused", "too_late")


def of_kinds(played: list[Played]) -> str:
    """Each kind of mistake: how its runs ended, the zeros, and what is exempt."""
    head = ["mistake", "cases", "`check` refuses", *_WORDS, "other",
            *(zero.value for zero in Zero), "exempt"]  # fmt: skip
    groups = [(kind.name, [one for one in played if one.kind == kind.name]) for kind in KINDS]
    rows = [_row(name, cases) for name, cases in groups if cases]
    return table(head, [*rows, _row("**all**", played)])


def of_exempt(played: list[Played]) -> str:
    """Each class of exempt cases, and how many cases are in it."""
    # A case with a finding beside what is exempt is no exempt case.
    count = Counter(name for one in played if not one.breaches for name in set(one.exempt))
    rows = [
        (one.name, one.reason, count[one.name], f"{100 * count[one.name] / len(played):.1f} %")
        for one in CLASSES
    ]
    return table(["exempt", "why", "cases", "of all"], rows)


def of_planted(shown: list[Shown]) -> str:
    """Each planted bug, what showed it, and the case that was the first to."""
    rows = [
        (
            one.name,
            one.sentence,
            ", ".join(sorted(zero.value for zero in one.case.zeros)) if one.case else "SURVIVED",
            one.case.kind if one.case else "·",
            one.case.seed if one.case else f"none of {one.cases}",
        )
        for one in shown
    ]
    return table(["planted bug", "what it does", "shown as", "by the mistake", "seed"], rows)


def findings(played: list[Played]) -> Iterator[str]:
    """A line for each thing that must not be, and how to see it again."""
    for one in played:
        for breach in one.breaches:
            run = one.runs[breach.at]
            how = "commit" if run.commit else "rehearsal"
            yield (
                f"python -m faults profiles --seed {one.seed}   {breach.zero.value}: "
                f"{breach.sentence} [{how} of {run.order}: {run.word}: {run.reason}] {one.told}"
            )


def story(one: Played) -> Iterator[str]:
    """One case, run by run."""
    yield one.told
    if one.refused:
        yield f"check refuses: {one.refused}"
    for run in one.runs:
        asked = "all" if run.asked is None else ", ".join(run.asked)
        how = "commit" if run.commit else "rehearse"
        yield f"{how} {run.order} ({asked}): {run.word}: {run.reason}"
        for number in run.changed:
            yield f"    {number}: {run.before[number]} → {run.after[number]}"


def _row(name: str, cases: list[Played]) -> list[object]:
    words = Counter(run.word for one in cases for run in one.runs)
    other = words.total() - sum(words[word] for word in _WORDS)
    return [
        name,
        len(cases),
        _shown(sum(bool(one.refused) for one in cases)),
        *(_shown(words[word]) for word in _WORDS),
        _shown(other),
        *(sum(zero in one.zeros for one in cases) for zero in Zero),
        _shown(sum(bool(one.exempt and not one.breaches) for one in cases)),
    ]


def _shown(count: int) -> object:
    return count or "·"
