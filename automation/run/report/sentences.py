"""An outcome in one plain sentence."""

from __future__ import annotations

from automation.outcome import Again, Outcome
from automation.pages.readings import State
from automation.run.guard import GUARDS
from automation.run.record import Run
from automation.run.report.wording import Wording

_OWN = {Outcome.CANCELLED, Outcome.REHEARSED, Outcome.ALREADY_CANCELLED, Outcome.PARTLY_CANCELLED,
        Outcome.UNKNOWN}  # fmt: skip
_SAYS_ENOUGH = {Outcome.CANCELLED, Outcome.ALREADY_CANCELLED}
_GUARDS = {guard.__name__ for guard in GUARDS}


def summary_line(run: Run) -> str:
    """What happened to which order, as one would say it."""
    words = Wording(run.language)
    outcome = run.outcome
    if outcome in _OWN:
        told = words(_key(run), items=_items(run, words), order=run.order)
    else:
        told = f"{words('other', order=run.order)} {outcome.sentence(words.language)}"
    told = told[:1].upper() + told[1:]
    if outcome not in _SAYS_ENOUGH:
        return f"{told} {_sentence(plainly(run.reason))}"
    return f"{told} {_money(run, words)}".rstrip()


def _money(run: Run, words: Wording) -> str:
    """What the store keeps and pays back, where the reason is not told."""
    shown = run.after or run.before
    read = shown is not None and shown.fee is not None
    told = [words("fee_kept" if read else "fee_named", fee=run.fee)] if run.fee else []
    told += [words("pays_back", refund=run.refund)] if run.refund else []
    return " ".join(told)


def plainly(reason: str) -> str:
    """A reason as one would say it, without the name of the guard that gave it.

    Journals and scripts know a guard by its name; a reader needs it only where the guard failed.
    """
    guard, _, told = reason.partition(": ")
    if guard not in _GUARDS:
        return reason
    return told.replace("this guard", f"the guard `{guard}`", 1)


def what_next(run: Run) -> str:
    """What the reader may do now; "" where there is nothing to do."""
    words = Wording(run.language)
    again = run.outcome.again
    told = ""
    if again is not Again.NO_NEED:
        told = f"{words('again')} {words(f'again_{again.name.lower()}')}"
    return " ".join(part for part in (told, _sentence(run.hint) if run.hint else "") if part)


def _key(run: Run) -> str:
    """Which text tells it: several things *were* cancelled before, and one *was*, or all was."""
    if (
        run.outcome is Outcome.ALREADY_CANCELLED
        and run.before
        and (run.before.whole is State.CANCELLED)
    ):
        return f"{run.outcome.label}_whole"
    several = run.outcome is Outcome.ALREADY_CANCELLED and len(_cancelled(run)) != 1
    return f"{run.outcome.label}_several" if several else run.outcome.label


def _cancelled(run: Run) -> list[str]:
    asked = set(run.asked or run.items)
    return [title for title, state in run.items.items() if state == "cancelled" and title in asked]


def _items(run: Run, words: Wording) -> str:
    quoted = [f"`{title}`" for title in _cancelled(run)]
    if len(quoted) > 1:
        return f"{', '.join(quoted[:-1])} {words('and')} {quoted[-1]}"
    return quoted[0] if quoted else words("some_items")


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
