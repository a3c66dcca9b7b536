"""The hands that apply a plan to one account: a worker, and another one where the first died."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from automation.jobs.applying import Hands, Lend
from automation.jobs.crew import Crew, Worker, WorkerDied
from automation.jobs.plan import Planned
from automation.jobs.planfile import planned_as_data
from automation.jobs.reading import Post
from automation.jobs.results import Result
from automation.outcome import Outcome

_STARTS = 3  # how often one order may cost a worker its life


def lend_workers(crew: Crew, plan: str, *, commit: bool) -> Lend:
    """Hands for each account, of this crew."""

    @contextmanager
    def lend(post: Post) -> Iterator[Hands]:
        hands = _Hands(crew, post, plan, commit=commit)
        try:
            yield hands
        finally:
            hands.leave()

    return lend


class _Hands:
    """Asking for the same order again does no harm: its worker looks into the journal first."""

    def __init__(self, crew: Crew, post: Post, plan: str, *, commit: bool) -> None:
        self._crew = crew
        self._post = post
        self._task = {"do": "apply", "plan": plan, "commit": commit}
        self._stack = ExitStack()
        self._worker: Worker | None = None

    def apply(self, order: Planned) -> Result:
        started = time.monotonic()
        for _ in range(_STARTS):
            try:
                told = self._hired().ask({**self._task, "order": planned_as_data(order)})
            except WorkerDied:
                self.leave()
                continue
            outcome = Outcome.named(told["outcome"])
            seconds = time.monotonic() - started
            return Result(order, outcome, told["reason"], outcome.exit_code, told["run"],
                          told["hint"], seconds)  # fmt: skip
        return Result(
            order,
            Outcome.UNKNOWN,
            "the process that worked for it died again and again",
            Outcome.UNKNOWN.exit_code,
            hint="`unorder verify` reads the order again",
        )

    def leave(self) -> None:
        self._stack.close()
        self._worker = None

    def _hired(self) -> Worker:
        if self._worker is None:
            self._worker = self._stack.enter_context(self._crew.worker(self._post))
        return self._worker
