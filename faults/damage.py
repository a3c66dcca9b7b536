"""Damages a journal in every way that a disk or a hand can, and sees whether it is noticed.

A journal that was left by a killed process is put back, damaged at one place, opened and proved. It
must be refused, or hold exactly what it held; at most notes at its very end may be gone.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from automation.errors import JournalFault
from automation.outcome import Outcome
from automation.pages.opened import OpenedAs
from automation.pages.readings import Item, Order, State
from automation.run import intents
from automation.run.facts import Subject
from automation.run.journal import NAME, Entry, Journal
from automation.run.judgement import Verdict, Wanted
from automation.run.readback import Notes

NOTICED, WITHOUT_EFFECT = "refused", "without effect"
LOST_NOTES, SILENT = "notes at its end are gone", "SILENT DIFFERENCE"
_WAYS = ("a bit flipped", "a bit flipped in the write-ahead file", "cut short",
         "the write-ahead file cut short", "the write-ahead file deleted",
         "a page of zeros")  # fmt: skip
_MATTERS = {"intent", "record"}
_PAGE = 4096


def damage(times: int, *, seed: int = 0) -> Counter[tuple[str, str]]:
    """How often each way of damaging had each consequence."""
    chance = random.Random(f"damage {seed}")  # noqa: S311 (to be repeated, not secret)
    found: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory(prefix="unorder-damage-") as folder, _state_in(Path(folder)):
        runs = Path(folder) / "runs"
        files, truth = _left_by_a_killed_process(runs)
        for _ in range(times):
            way = chance.choice(_WAYS)
            _put_back(runs, _damaged(files, way, chance))
            found[way, _consequence(runs, truth)] += 1
    return found


@contextmanager
def _state_in(folder: Path) -> Iterator[None]:
    with patch.dict(os.environ, {"UNORDER_STATE": str(folder / "state")}):
        yield


def _left_by_a_killed_process(runs: Path) -> tuple[dict[str, bytes], list[Entry]]:
    """A journal with settled intents, and one open whose rows are in the write-ahead file only."""
    journal = Journal.open(runs)
    for number in range(1, 25):
        _one_run(journal, number, settled=True)
    journal.close()
    journal = Journal.open(runs)
    _one_run(journal, 25, settled=True)
    _one_run(journal, 26, settled=False)
    journal.write("r27", "note", {"said": "the last words"})
    files = {path.name: path.read_bytes() for path in runs.glob(f"{NAME}*")}
    truth = journal.entries()
    journal.close()
    return files, truth


def _one_run(journal: Journal, number: int, *, settled: bool) -> None:
    run, order = f"r{number}", f"112-0000000-{number:07d}"
    journal.write(run, "asked", {"order": order})
    item = Item("Desk lamp", State.ORDERED, "Not yet shipped", 1, "€ 10.00", "Varnholt")
    intent = intents.arm(
        journal,
        run=run,
        subject=Subject("mock", "robin", order),
        flow="cancel-items",
        store=OpenedAs("mock", "http://127.0.0.1:1", "en"),
        wanted=Wanted(("Desk lamp",), ("Desk lamp",)),
        before=Order(order, "3 November 2026", "€ 10.00", (item,), "Robin Vale"),
        attempt=1,
        now=1000.0,
    )
    notes = Notes(journal, intent, run)
    notes.write("clicked", {})
    if settled:
        notes.record(Verdict(Outcome.CANCELLED, "Desk lamp: Cancelled"))


def _damaged(files: dict[str, bytes], way: str, chance: random.Random) -> dict[str, bytes]:
    wal = f"{NAME}-wal"
    name = wal if "write-ahead" in way else NAME
    content = bytearray(files[name])
    at = chance.randrange(len(content))
    if "flipped" in way:
        content[at] ^= 1 << chance.randrange(8)
    elif "cut" in way:
        del content[at:]
    elif "zeros" in way:
        page = at // _PAGE * _PAGE
        content[page : page + _PAGE] = bytes(_PAGE)
    # The shared-memory file is made anew from the others when nobody has them open.
    kept = {NAME: files[NAME], wal: files[wal], name: bytes(content)}
    return {NAME: kept[NAME]} if "deleted" in way else kept


def _put_back(runs: Path, files: dict[str, bytes]) -> None:
    for path in runs.glob(f"{NAME}*"):
        path.unlink()
    for name, content in files.items():
        (runs / name).write_bytes(content)


def _consequence(runs: Path, truth: list[Entry]) -> str:
    try:
        journal = Journal.open(runs)
    except JournalFault:
        return NOTICED
    try:
        journal.prove()
        found = journal.entries()
        looked_up = [each for entry in truth for each in journal.entries(subject=entry.subject)]
        listed = journal.of_kind("intent", "record")
    except JournalFault:
        return NOTICED
    finally:
        journal.close()
    whole = [each for entry in truth for each in truth if each.subject == entry.subject]
    if found == truth and looked_up == whole and len(listed) == _count(truth):
        return WITHOUT_EFFECT
    lost = truth[len(found) :]
    if found == truth[: len(found)] and not any(entry.kind in _MATTERS for entry in lost):
        return LOST_NOTES
    return SILENT


def _count(entries: list[Entry]) -> int:
    return sum(entry.kind in _MATTERS for entry in entries)
