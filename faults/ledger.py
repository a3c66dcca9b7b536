"""A journal in memory, with the interface of the real one, for histories by the thousand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from automation.run.journal import AlreadyArmed, Entry
from automation.run.witness import Noted


@dataclass
class MemoryWitness:
    """The notes of `automation.run.witness`, in memory."""

    notes: dict[str, Noted] = field(default_factory=dict)

    def note(self, noted: Noted) -> None:
        self.notes[noted.subject] = noted

    def forget(self, subject: str) -> None:
        self.notes.pop(subject, None)

    def of(self, subject: str) -> Noted | None:
        return self.notes.get(subject)

    def reach(self, journal: str, seq: int, own_hash: str) -> None:
        """How far a journal came is kept by the real one only."""

    def all(self) -> list[Noted]:
        return list(self.notes.values())


class MemoryJournal:
    """Entries in a list. What is written was turned into JSON and back, as on a disk."""

    def __init__(self, name: str, now: Callable[[], str], witness: MemoryWitness) -> None:
        self.path = Path(name)
        self.name = name
        self.witness = witness
        self.rows: list[Entry] = []
        self._now = now

    def write(
        self, run: str, kind: str, body: Mapping[str, Any], *, subject: str = "", attempt: int = 0
    ) -> Entry:
        if kind == "intent" and any(
            (row.kind, row.subject, row.attempt) == (kind, subject, attempt) for row in self.rows
        ):
            raise AlreadyArmed
        held = json.loads(json.dumps(body))
        entry = Entry(len(self.rows) + 1, self._now(), run, kind, subject, attempt, held, "", "")
        self.rows.append(entry)
        return entry

    def entries(self, *, run: str | None = None, subject: str | None = None) -> list[Entry]:
        return [
            row
            for row in self.rows
            if run in (None, row.run) and subject in (None, row.subject)
        ]  # fmt: skip

    def of_kind(self, *kinds: str, since: str = "") -> list[Entry]:
        return [row for row in self.rows if row.kind in kinds and row.at >= since]

    def holds(self, noted: Noted) -> bool:
        entries = self.entries(subject=noted.subject)
        return any(entry.kind == "intent" and entry.run == noted.run for entry in entries)

    def prove(self) -> None:
        """Nothing is ever damaged here; what is lost, the witness knows."""

    def close(self) -> None:
        """There is no file."""
