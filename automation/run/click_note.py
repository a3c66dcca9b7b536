"""Noting the one click as a step of the walk, with what the store answered."""

from __future__ import annotations

from collections.abc import Callable

from automation.run.evidence import Evidence
from automation.run.facts import Answer
from automation.run.visit import Visit
from automation.run.walk import Move, Walk
from automation.run.watcher import Watcher


class NotesTheClick(Watcher):
    """Keeps what the store answered, before anything else is opened."""

    def __init__(
        self,
        visit: Visit,
        evidence: Evidence,
        watcher: Watcher,
        walk: Walk,
        move: Move,
        *,
        now: Callable[[], float],
    ) -> None:
        self._visit = visit
        self._evidence = evidence
        self._watcher = watcher
        self._walk = walk
        self._move = move
        self._now = now
        self._started = now()

    def armed(self) -> None:
        self._started = self._now()
        self._watcher.armed()

    def clicked(self) -> None:
        self._watcher.clicked()

    def reading_back(self, answer: Answer) -> None:
        seen = self._evidence.capture(self._visit.page, self._move.name)
        self._walk.note_click(self._move, self._started, seen)
        self._watcher.reading_back(answer)
