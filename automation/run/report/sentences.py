"""An outcome in one plain sentence."""

from __future__ import annotations

from automation.outcome import Again, Outcome
from automation.run.record import Run


def summary_line(run: Run) -> str:
    """What happened to which order, as one would say it."""
    cancelled = [title for title, state in run.items.items() if state == "cancelled"]
    asked = set(run.asked or run.items)
    titles = _joined([title for title in cancelled if title in asked])
    order = f"order {run.order}"
    match run.outcome:
        case Outcome.CANCELLED:
            return f"Cancelled {titles} of {order}; the order, read again, says so."
        case Outcome.REHEARSED:
            return f"Rehearsed on {order}; nothing was clicked. {_sentence(run.reason)}"
        case Outcome.ALREADY_CANCELLED:
            return f"{titles} of {order} was cancelled before; nothing had to be done."
        case Outcome.PARTLY_CANCELLED:
            return f"Cancelled only {titles or 'some items'} of {order}. {_sentence(run.reason)}"
        case Outcome.UNKNOWN:
            return f"Whether {order} is cancelled is not known. {_sentence(run.reason)}"
        case outcome:
            return f"{order.capitalize()}: {outcome.sentence} {_sentence(run.reason)}"


def what_next(run: Run) -> str:
    """What the reader may do now; "" where there is nothing to do."""
    again = run.outcome.again
    told = "" if again is Again.NO_NEED else f"May it be tried again? {_sentence(again.value)}"
    return " ".join(part for part in (told, _sentence(run.hint) if run.hint else "") if part)


def _joined(titles: list[str]) -> str:
    quoted = [f"`{title}`" for title in titles]
    return ", ".join(quoted[:-1]) + " and " + quoted[-1] if len(quoted) > 1 else "".join(quoted)


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
