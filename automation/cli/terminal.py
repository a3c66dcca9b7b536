"""Progress: a line a step, live in a terminal, plain in a pipe."""

from __future__ import annotations

import os
import sys
import threading
import time

import click

from automation.cli.pipe import even_if_nobody_reads
from automation.outcome import Outcome
from automation.run.facts import Answer, Said
from automation.run.plain import plain
from automation.run.record import Run, StepTaken
from automation.run.watcher import Watcher

_COLOURS = {
    0: "green",
    3: "yellow",
    4: "yellow",
    5: "magenta",
    6: "red",
    8: "cyan",
    9: "red",
    10: "red",
}
_SAID = {
    Said.YES: "the store says yes",
    Said.NO: "the store says no",
    Said.PENDING: "the store says that it is trying",
    Said.OTHER: "the store says something else",
    Said.SILENCE: "the store says nothing that is known",
}
_SECONDS_AT = 64  # column


class Progress(Watcher):
    """Writes to standard error, so that standard output stays for the result."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty() and not os.environ.get("CI")
        self._ticker: _Ticker | None = None
        self.run = ""  # its name, once it has one

    def begins(self, run: str, flow: str, *, commit: bool) -> None:
        self.run = run
        how = click.style("commits", bold=True) if commit else "rehearses"
        self._line(f"{click.style(flow, bold=True)} {how} · {run}")

    def signed_in(self, account: str) -> None:
        self._line(f"   signed in as {account}")

    def settling(self, order: str) -> None:
        self._line(f"   first reading order {plain(order)} again: an earlier run left it open")

    def starting(self, number: int, of: int, sentence: str) -> None:  # noqa: ARG002 (a line says which step, not how many)
        if self._live:
            self._ticker = _Ticker(f"{number:>2} {sentence}")

    def took(self, step: StepTaken) -> None:
        self._still()
        mark = click.style("✗", fg="red") if step.problem else click.style("✓", fg="green")
        given = f" {click.style(plain(step.given), fg='cyan')}" if step.given else ""
        text = f"{step.number:>2} {mark} {step.sentence}{given}"
        self._line(f"{_padded(text)}{step.seconds:5.1f} s")

    def armed(self) -> None:
        self._line(f"   {click.style('!', bold=True)} the intent is written down; clicking once")

    def clicked(self) -> None:
        if self._live:
            self._ticker = _Ticker("   waiting for the store's answer")

    def reading_back(self, answer: Answer) -> None:
        self._still()
        words = f": “{plain(answer.heard)}”" if answer.heard else ""
        if answer.said is Said.SILENCE and answer.words:
            words = f": {plain(answer.words)}"
        self._line(f"   {_SAID[answer.said]}{words}")
        self._line("   reading the order again")

    def again(self, why: str) -> None:
        self._still()
        self._line(f"   {plain(why)}; beginning again from the first step")

    def ended(self, run: Run) -> None:  # noqa: ARG002 (the closing lines are the command's)
        self._still()

    def _still(self) -> None:
        if self._ticker:
            self._ticker.stop()
            self._ticker = None

    def _line(self, text: str) -> None:
        with even_if_nobody_reads():
            click.echo(text, err=True)


class _Ticker:
    """Keeps one line alive with the seconds that have passed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._begun = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()
        sys.stderr.write("\r\033[K")

    def _tick(self) -> None:
        while not self._over.wait(0.1):
            passed = time.monotonic() - self._begun
            sys.stderr.write(f"\r\033[K{_padded(self._text)}{passed:5.1f} s")
            sys.stderr.flush()


def outcome_in_colour(outcome: Outcome) -> str:
    return click.style(outcome.label, fg=_COLOURS.get(outcome.exit_code, "red"), bold=True)


def _padded(text: str) -> str:
    return text + " " * max(1, _SECONDS_AT - len(click.unstyle(text)))
