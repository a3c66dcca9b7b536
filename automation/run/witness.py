"""A second note of each click whose outcome is not known yet, kept apart from the journal.

A journal can be deleted, restored from an old copy, lose what stood in its write-ahead file, or be
another one because a run was given another folder. It cannot tell that by itself: what is left of
it is sound. These notes lie in the user's own state and say what it should hold.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from automation.errors import JournalFault, UnorderError
from automation.run.places import state_folder, write_durable


@dataclass(frozen=True)
class Noted:
    """An intent, as far as one must know it to miss it."""

    subject: str
    run: str
    journal: str  # the name of the journal that holds it


class Witness:
    """The notes of one user."""

    def note(self, noted: Noted) -> None:
        """Note an intent; when this returns it is on the disk. `JournalFault`: do not click."""
        try:
            path = _path(noted.subject)
            write_durable(path, json.dumps(asdict(noted)).encode())
        except (OSError, UnorderError) as problem:
            raise JournalFault(
                f"the intent could not be noted a second time: {problem}",
                hint="nothing was clicked; UNORDER_STATE names another folder for such notes",
            ) from problem

    def forget(self, subject: str) -> None:
        """What became of it is known and written down."""
        try:
            _path(subject).unlink(missing_ok=True)
        except (OSError, UnorderError):
            return  # the journal holds the outcome; a note too many only asks to look there

    def reach(self, journal: str, seq: int, own_hash: str) -> None:
        """Note how far a journal has come, as far as it matters: to the newest outcome."""
        with suppress(OSError, UnorderError):  # the journal holds it; this is only to miss it by
            head = json.dumps({"seq": seq, "hash": own_hash}).encode()
            write_durable(_head(journal), head)

    def reached(self, journal: str) -> tuple[int, str] | None:
        """How far that journal had come, when it was last noted."""
        try:
            head = json.loads(_head(journal).read_text("utf-8"))
            return int(head["seq"]), str(head["hash"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def of(self, subject: str) -> Noted | None:
        """What is noted of this subject."""
        return _read(_path(subject))

    def all(self) -> list[Noted]:
        found = [_read(path) for path in sorted(state_folder("armed").glob("*.json"))]
        return [noted for noted in found if noted is not None]

    def place(self, subject: str) -> Path:
        """The file to remove by hand once one has looked at the order oneself."""
        return _path(subject)


def _path(subject: str) -> Path:
    return state_folder("armed") / f"{_name(subject)}.json"


def _head(journal: str) -> Path:
    return state_folder("journals") / f"{_name(journal)}.json"


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _read(path: Path) -> Noted | None:
    try:
        return Noted(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as problem:
        raise JournalFault(
            f"`{path}` should name an intent and cannot be read: {problem}",
            hint="nothing was clicked; look at `unorder runs` and at the orders, then remove it",
        ) from problem
