"""Histories by the thousand: the real commit protocol on bad days, judged by the checker."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from unittest.mock import patch

from automation.run.journal import Journal
from automation.run.rules import Keep, Rules
from faults.checker import Finding, Word, judge
from faults.hand import Hand, Verifying
from faults.history import History, Row, Truth, rows_of
from faults.ledger import MemoryJournal, MemoryWitness
from faults.scene import AnyJournal, Scene
from faults.shop import ORDER, OTHER, Mode, Shop, Thing
from faults.strikes import more, strike
from faults.trouble import Fault, Window, draw
from faults.world import World

TITLES = ("Desk lamp", "USB-C cable", "USB-C cable (2 m)")
_ON_DISK = 50  # of so many seeds, one writes its journal into SQLite files
_MOST_RUNS = 12


@dataclass(frozen=True)
class Result:
    """What one seed led to."""

    seed: int
    mode: Mode
    findings: tuple[Finding, ...]
    fired: Counter[tuple[Fault, Window]]
    outcomes: Counter[str]
    words: Counter[Word]
    clicks: int
    requests: int
    runs: int
    on_disk: bool
    story: tuple[str, ...] = ()


@dataclass
class Drama:
    """One history while it happens."""

    scene: Scene
    journals: dict[str, AnyJournal]
    hands: type[Hand]
    fired: Counter[tuple[Fault, Window]] = field(default_factory=Counter)

    def enter(self, kind: type[Hand], journal: str, *, after: float) -> None:
        """Another run begins, if there are not too many."""
        if self.scene.runs < _MOST_RUNS:
            kind = self.hands if kind is Hand else kind
            hand = kind(self.scene, more(self), partial(strike, self), journal=journal)
            self.scene.world.begin(hand.live, after=after)

    def again_later(self, hand: Hand) -> None:
        """Who schedules runs starts another one, some time after one died."""
        chance = self.scene.world.chance
        if chance.random() < 0.8:
            kind = chance.choice((Hand, Hand, Verifying))
            self.enter(kind, hand.journal_name, after=chance.uniform(0.5, 400))

    def lose(self, hand: Hand) -> bool:
        """Put an old copy in the place of the journal, from before the run's intent."""
        journal = self.journals[hand.journal_name]
        if not isinstance(journal, MemoryJournal):
            return False
        at = [
            i for i, row in enumerate(journal.rows) if (row.run, row.kind) == (hand.run, "intent")
        ]
        if not at:
            return False
        del journal.rows[at[0] :]
        self.scene.shop.truth.lost.add(hand.journal_name)
        return True


def simulate(seed: int, mode: Mode, hands: type[Hand] = Hand, *, told: bool = False) -> Result:
    """Let one history happen, and judge it."""
    world = World(f"{seed} {mode.value}")
    on_disk = world.chance.randrange(_ON_DISK) == 0
    with ExitStack() as stack:
        scene = _scene(world, mode)
        journals = stack.enter_context(_journals(scene, on_disk=on_disk))
        drama = Drama(scene, journals, hands)
        troubles = draw(world.chance)
        _set_rules(scene, {trouble.fault for trouble in troubles})
        first = hands(scene, troubles, partial(strike, drama))
        world.begin(first.live)
        world.run()
        _verify(scene, journals)
        history = History(tuple(_rows(scene, journals)), scene.shop.truth, tuple(scene.told))
    judged = judge(history)
    clicks = {receipt.click for receipt in history.truth.receipts}
    return Result(
        seed, mode, judged.findings, drama.fired,
        Counter(one.outcome or f"exit {one.code}" for one in history.told),
        Counter(judged.orders.values()), len(clicks), len(history.truth.receipts),
        scene.runs, on_disk, tuple(_story(history)) if told else (),
    )  # fmt: skip


def _scene(world: World, mode: Mode) -> Scene:
    count = world.chance.randint(1, 3)
    things = {ORDER: [Thing(title, "ordered") for title in TITLES[:count]],
              OTHER: [Thing(title, "ordered") for title in TITLES]}  # fmt: skip
    wanted = tuple(world.chance.sample(TITLES[:count], world.chance.randint(1, count)))
    everything = count == len(wanted) and world.chance.random() < 0.5
    truth = Truth({ORDER: wanted}, {}, "robin")
    shop = Shop(world, mode, things, truth)
    truth.lines = shop.lines()
    asked = None if everything else wanted
    return Scene(world, shop, asked, Rules(), lambda _name: MemoryJournal("", str, MemoryWitness()))


def _set_rules(scene: Scene, faults: set[Fault]) -> None:
    if Fault.UNREADABLE_TOTAL in faults:
        scene.rules = Rules(Keep(above=Decimal(25)))
        scene.shop.truth.kept.add(ORDER)
    elif scene.world.chance.random() < 0.03:
        scene.rules = Rules(Keep(orders=(ORDER,)))
        scene.shop.truth.kept.add(ORDER)


@contextmanager
def _journals(scene: Scene, *, on_disk: bool) -> Iterator[dict[str, AnyJournal]]:
    """The journals of a history, by name: in memory, or the real ones in a folder of their own."""
    opened: dict[str, AnyJournal] = {}

    def now() -> str:
        return scene.wall_clock().isoformat(timespec="milliseconds")

    with ExitStack() as stack:
        # Which boot of the machine it is would be read from a file each time.
        stack.enter_context(patch("automation.run.intents.boot_id", lambda: "simulated"))
        if on_disk:
            folder = Path(tempfile.mkdtemp(prefix="unorder-simulated-"))
            stack.callback(shutil.rmtree, folder)
            stack.enter_context(patch("automation.run.journal._now", now))
            stack.enter_context(patch.dict(os.environ, {"UNORDER_STATE": str(folder / "state")}))
        witness = MemoryWitness()

        def open_one(name: str) -> AnyJournal:
            if on_disk:
                journal: AnyJournal = Journal.open(folder / name)
                stack.callback(journal.close)
                return opened.setdefault(name, journal) and journal
            return opened.setdefault(name, MemoryJournal(name, now, witness))

        scene.open_journal = open_one
        yield opened


def _verify(scene: Scene, journals: dict[str, AnyJournal]) -> None:
    """The store is well again, and everything that is open is read once more."""
    scene.world.now += 3600
    for name in list(journals):
        for _ in range(2):
            scene.world.begin(Verifying(scene, [], lambda *_: None, journal=name).live)
            scene.world.run()
    scene.shop.truth.verified = not scene.shop.truth.lost


def _rows(scene: Scene, journals: dict[str, AnyJournal]) -> Iterator[Row]:
    for name, journal in journals.items():
        if isinstance(journal, Journal):
            moments = {seq: at for (of, seq), at in scene.moments.items() if of == name}
            yield from rows_of(journal.path, name=name, moments=moments)
            continue
        for row in journal.entries():
            order = row.subject.rpartition(" ")[2]
            at = scene.moments[name, row.seq]
            yield Row(name, row.seq, at, row.run, row.kind, order, row.attempt, row.body)


def _story(history: History) -> Iterator[str]:
    """Everything that happened, in order, for a person to read."""
    lines = [(row.at, f"{row.journal:<9} {row.run:<7} writes {row.kind} {_short(row)}")
             for row in history.rows]  # fmt: skip
    lines += [(r.at, f"store     {r.run:<7} submits {', '.join(r.items)} ({r.click}): {r.answer}")
              for r in history.truth.receipts]  # fmt: skip
    lines += [(c.at, f"store             {c.item}: {c.before} → {c.after} {c.click}")
              for c in history.truth.changes]  # fmt: skip
    lines += [(t.at, f"          {t.run:<7} says {t.outcome or f'exit {t.code}'}")
              for t in history.told]  # fmt: skip
    for at, line in sorted(lines, key=lambda pair: pair[0]):
        yield f"{at - 1000:>9.2f} s  {line}"


def _short(row: Row) -> str:
    shown = {key: row.body[key] for key in ("outcome", "reason", "said", "states", "no", "wanted")
             if key in row.body}  # fmt: skip
    return str(shown) if shown else ""
