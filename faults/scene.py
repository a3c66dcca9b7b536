"""Where simulated runs meet: one store, one lock an order, journals, and what was told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from automation.errors import JournalFault, TryLater
from automation.run.journal import Entry
from automation.run.rules import Rules
from automation.run.witness import Noted
from faults.history import Told
from faults.shop import Shop
from faults.world import World

if TYPE_CHECKING:
    from faults.hand import Hand


class AnyJournal(Protocol):
    """What runs ask of a journal: the real one has it, and the one in memory."""

    path: Any
    witness: Any

    @property
    def name(self) -> str: ...
    def write(
        self, run: str, kind: str, body: Mapping[str, Any], *, subject: str = "", attempt: int = 0
    ) -> Entry: ...
    def entries(self, *, run: str | None = None, subject: str | None = None) -> list[Entry]: ...
    def of_kind(self, *kinds: str, since: str = "") -> list[Entry]: ...
    def holds(self, noted: Noted) -> bool: ...
    def prove(self) -> None: ...
    def close(self) -> None: ...


@dataclass
class Scene:
    """Everything that the runs of one history share."""

    world: World
    shop: Shop
    asked: tuple[str, ...] | None
    rules: Rules
    open_journal: Callable[[str], AnyJournal]
    told: list[Told] = field(default_factory=list)
    moments: dict[tuple[str, int], float] = field(default_factory=dict)
    runs: int = 0
    clicks: int = 0
    _holder: Hand | None = None

    def new_run(self) -> str:
        self.runs += 1
        return f"run-{self.runs}"

    def new_click(self) -> int:
        self.clicks += 1
        return self.clicks

    @contextmanager
    def locked(self, hand: Hand) -> Iterator[None]:
        """The order's lock: who dies lets it go, as with `flock`."""
        if self._holder is not None:
            raise TryLater("another run holds the order")
        self._holder = hand
        try:
            yield
        finally:
            self.let_go(hand)

    def let_go(self, hand: Hand) -> None:
        if self._holder is hand:
            self._holder = None

    def wall_clock(self) -> datetime:
        return datetime.fromtimestamp(self.world.wall + self.world.now, UTC)


class Desk:
    """A journal as one run uses it: it may be struck before and after each entry."""

    def __init__(self, scene: Scene, name: str, hand: Hand) -> None:
        self._scene, self._hand, self._name = scene, hand, name
        self._journal = scene.open_journal(name)
        self.path = self._journal.path
        self.name: str = self._journal.name
        self.witness = _Watched(self._journal.witness, hand)

    def see_that_it_is_ready(self) -> None:
        self._fail_if_full()
        self.prove()
        newest = max((entry.at for entry in self.entries()), default="")
        now = self._scene.wall_clock()
        if newest and now < datetime.fromisoformat(newest) - timedelta(minutes=5):
            raise JournalFault("the clock is behind the journal")

    def write(
        self, run: str, kind: str, body: Mapping[str, Any], *, subject: str = "", attempt: int = 0
    ) -> Entry:
        self._hand.step(0.0)
        self._fail_if_full()
        entry = self._journal.write(run, kind, body, subject=subject, attempt=attempt)
        self._scene.moments[self._name, entry.seq] = self._scene.world.now
        if kind == "intent":
            self._hand.intent_is_written()
        self._hand.step(0.005)
        return entry

    def entries(self, *, run: str | None = None, subject: str | None = None) -> list[Entry]:
        return self._journal.entries(run=run, subject=subject)

    def of_kind(self, *kinds: str, since: str = "") -> list[Entry]:
        return self._journal.of_kind(*kinds, since=since)

    def holds(self, noted: Noted) -> bool:
        return self._journal.holds(noted)

    def prove(self) -> None:
        self._journal.prove()
        for noted in self.witness.all():
            if noted.journal == self.name and not self.holds(noted):
                raise JournalFault("the journal has lost an intent")

    def _fail_if_full(self) -> None:
        if self._hand.writes_that_fail > 0:
            self._hand.writes_that_fail -= 1
            raise JournalFault("database or disk is full")


class _Watched:
    """The witness as one run uses it."""

    def __init__(self, witness: Any, hand: Hand) -> None:
        self._witness, self._hand = witness, hand

    def note(self, noted: Noted) -> None:
        if self._hand.writes_that_fail > 0:
            raise JournalFault("no space left on device")
        self._witness.note(noted)
        self._hand.step(0.005)

    def forget(self, subject: str) -> None:
        self._witness.forget(subject)

    def reach(self, journal: Any, seq: int, own_hash: str) -> None:
        self._witness.reach(journal, seq, own_hash)

    def of(self, subject: str) -> Noted | None:
        noted: Noted | None = self._witness.of(subject)
        return noted

    def all(self) -> list[Noted]:
        found: list[Noted] = self._witness.all()
        return found
