"""A station: takes shares, and does each order with a worker of its own, as on one machine."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from automation.errors import UnorderError
from automation.jobs.applying import Hands
from automation.jobs.crew import Crew, WorkFailed
from automation.jobs.hands import lend_workers
from automation.jobs.reading import RulesFile, rules_in
from automation.jobs.results import TRY_LATER, Result
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.scale.results import result_as_data
from automation.scale.share import Data, Share

# A dead machine's locks are held until the database notices: half a minute.
_TRIES, _BETWEEN = 12, 5.0  # seconds
_READS_BACK = 120.0


class Floor:
    """Where shares are worked on: a worker for each, from its first order to its last."""

    def __init__(self, runs: Path, settings: Settings, stopping: Stopping) -> None:
        self._runs, self._settings, self._stopping = runs, settings, stopping
        self._turn = threading.Lock()
        self._hands: dict[str, tuple[ExitStack, Hands]] = {}
        self._crews: dict[str, Crew] = {}
        self._idle = threading.Condition()
        self._busy = 0
        self._held: dict[str, str] = {}  # shares of which nothing more can be done, and why

    def do(self, share: Data, order: Data) -> Data:
        """One order of a share: what came of it, as data. It never raises.

        Once it was asked to stop it does not return either: the order is not noted as done, and is
        gone on with, by reading, when the station is there again.
        """
        with self._idle:
            self._busy += 1
        try:
            result = self._one(Share.from_data({**share, "orders": [order]}))
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()
        if self._stopping.signal is not None:
            threading.Event().wait()
        return result

    def ended(self, share: Data) -> None:
        """The worker of a share may go."""
        name = Share.from_data({**share, "orders": []}).id
        self._held.pop(name, None)
        self._leave(name)

    def _leave(self, name: str) -> None:
        with self._turn:
            self._crews.pop(name, None)
            stack, _ = self._hands.pop(name, (ExitStack(), None))
        stack.close()

    def stop(self) -> None:
        """Ask every worker to stop where that does no harm, and wait until they have."""
        for crew in list(self._crews.values()):
            crew.stop()
        with self._idle:
            self._idle.wait_for(lambda: not self._busy, _READS_BACK)

    def _one(self, share: Share) -> Data:
        if share.id in self._held:
            return _not_begun(self._held[share.id])
        try:
            rules = rules_in(share.rules, Path(share.path), self._settings)
            no = rules.book.why_not_now(datetime.now(UTC)) if share.commit else None
            if no:
                return _not_begun(no)
            result = self._try(share, rules)
        except WorkFailed as problem:
            if problem.holds:
                self._held[share.id] = problem.message
            return _failed(problem)
        except UnorderError as problem:
            return _failed(problem)
        except Exception as problem:  # noqa: BLE001 (one order's trouble is not the others')
            return {"exit": 1, "reason": f"a bug of unorder: {problem!r}", "outcome": None}
        if result.holds_the_account:
            self._held[share.id] = result.reason
        return result_as_data(result)

    def _try(self, share: Share, rules: RulesFile) -> Result:
        (order,) = share.orders
        for _ in range(_TRIES):
            try:
                return self._hands_for(share, rules).apply(order)
            except WorkFailed as problem:
                later = problem.exit_code == TRY_LATER and problem.holds
                if not later or self._stopping.signal is not None:
                    raise
                self._leave(share.id)
                self._stopping.pause(_BETWEEN)
        raise WorkFailed(
            {"message": f"{share.where} was held by another machine", "hint": None,
             "exit": TRY_LATER}
        )  # fmt: skip

    def _hands_for(self, share: Share, rules: RulesFile) -> Hands:
        with self._turn:
            held = self._hands.get(share.id)
            if held is None:
                crew = Crew(self._runs, self._stopping, workers=1, rules=rules)
                stack = ExitStack()
                lend = lend_workers(crew, share.plan, commit=share.commit)
                hands = stack.enter_context(lend(rules.post(share.where)))
                held = self._hands[share.id] = (stack, hands)
                self._crews[share.id] = crew
        return held[1]


def _not_begun(why: str) -> Data:
    return {"exit": TRY_LATER, "reason": why, "outcome": None}


def _failed(problem: UnorderError) -> Data:
    return {"exit": problem.exit_code, "reason": problem.message, "hint": problem.hint,
            "outcome": None}  # fmt: skip
