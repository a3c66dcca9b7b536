"""Telling people, after the record: counts and the name of the plan, no order and no person.

What is slow or dead there never delays a run beyond a few seconds, and never fails one.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Protocol

from automation.errors import InputError
from automation.jobs.book import EVERYTHING, TROUBLE, Notice
from automation.jobs.results import TRY_LATER, Summary
from automation.outcome import Outcome
from automation.run.report import plainly

PATIENCE = 5.0  # seconds for all of them together
_FINE = {0, 8}


class Post(Protocol):
    """Sends one message to one address; raises whatever goes wrong."""

    def __call__(self, address: str, title: str, text: str) -> None: ...


@dataclass(frozen=True)
class Message:
    """What one notice says."""

    title: str
    text: str


def happened(summary: Summary) -> dict[str, int]:
    """How often each thing happened that somebody may want to be told of."""
    found = dict(summary.counts)
    for settled in summary.settled:
        found[settled.outcome.label] = found.get(settled.outcome.label, 0) + 1
    beside = {
        "held": len(summary.held),
        "overdue": sum(refund.overdue for refund in summary.refunds),
        "no plan": int(summary.why is not None),
    }
    return found | {word: count for word, count in beside.items() if count}


def message_for(notice: Notice, summary: Summary) -> Message | None:
    """What this notice says of this summary; `None` if nothing of its concern happened."""
    found = happened(summary)
    about = {word for word in found if _concerns(word, notice)}
    if not about and EVERYTHING not in notice.of:
        return None
    told = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in found.items())
    lines = [told or "nothing to do"]
    if notice.orders:
        lines += [
            f"{result.order.order} ({result.order.where}): {result.word}: {plainly(result.reason)}"
            for result in summary.results
            if result.word in about
        ]
        lines += [f"{held.where}: {held.reason}: {held.hint or ''}" for held in summary.held]
    how = "" if summary.commit else " (rehearsal)"
    lines.append(f"{summary.plan}, exit {summary.exit_code}")
    return Message(f"unorder: {summary.rules}{how}", "\n".join(lines))


def _concerns(word: str, notice: Notice) -> bool:
    if EVERYTHING in notice.of or word in notice.of:
        return True
    return TROUBLE in notice.of and _code(word) not in _FINE


def _code(word: str) -> int:
    try:
        return Outcome.named(word).exit_code
    except KeyError:
        return TRY_LATER  # what is no outcome is worth a look


def send_all(notices: tuple[Notice, ...], summary: Summary, post: Post) -> list[str]:
    """Send what is to be sent of this summary; what could not be, in plain words."""
    return _send_each([(at, notice, message) for at, notice in enumerate(notices, 1)
                       if (message := message_for(notice, summary))], post)  # fmt: skip


def send_failure(notices: tuple[Notice, ...], rules: str, unit: str, post: Post) -> list[str]:
    """Tell who hears of trouble that a night ended without a word."""
    message = Message(f"unorder: {rules}", f"{unit} failed; its journal says more")
    return _send_each([(at, notice, message) for at, notice in enumerate(notices, 1)
                       if {TROUBLE, EVERYTHING} & set(notice.of)], post)  # fmt: skip


def _send_each(told: list[tuple[int, Notice, Message]], post: Post) -> list[str]:
    """Send all at once, and return within `PATIENCE`. One that hangs holds up no other."""
    problems: list[str] = []
    threads = []
    for at, notice, message in told:
        # A daemon, so that one that hangs does not keep the process.
        given = (at, notice, message, post, problems)
        threads.append((at, threading.Thread(target=_send, args=given, daemon=True)))
    for _, thread in threads:
        thread.start()
    until = time.monotonic() + PATIENCE
    for at, thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
        if thread.is_alive():
            problems.append(f"the notice {at} was not sent within {PATIENCE:g} s")
    return problems


def _send(at: int, notice: Notice, message: Message, post: Post, problems: list[str]) -> None:
    try:
        post(notice.to.read(), message.title, message.text)
    except InputError as problem:  # it never shows the secret
        problems.append(f"the notice {at} was not sent: {problem.message}")
    except Exception as problem:  # noqa: BLE001 (whatever it is, the run is over and well)
        problems.append(f"the notice {at} was not sent: {type(problem).__name__}")


def by_apprise(address: str, title: str, text: str) -> None:
    """Send by Apprise; `InputError` if it is not installed, or does not know the address."""
    try:
        from apprise import Apprise  # noqa: PLC0415 (an extra)
    except ImportError:
        raise InputError("Apprise is not installed: pip install 'unorder[notify]'") from None
    sender = Apprise()
    if not sender.add(address):
        raise InputError("Apprise does not know this kind of address")
    if not sender.notify(title=title, body=text):
        raise InputError("the service did not take it")
