"""Keeping what a store answered to the clicks of a test's runs."""

from __future__ import annotations

from automation.run.facts import Answer
from automation.run.watcher import Watcher


class Heard(Watcher):
    """Keeps each answer as the run understood it."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []

    def reading_back(self, answer: Answer) -> None:
        self.answers.append(answer)
