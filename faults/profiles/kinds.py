"""All kinds of mistakes, and which right profile each case makes one in."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice

from faults.profiles import controls, places, wording
from faults.profiles.right import Right, right_profiles
from faults.profiles.slip import Mistake, Slip
from mock_store.rules import State

THROW, MUG, CABLE, LONG = "Wool throw", "Stoneware mug", "USB-C cable", "USB-C cable (2 m)"
KEPT = frozenset({MUG})


def _none(_right: Right) -> Iterator[Slip]:
    yield Slip(())


RIGHT = Mistake("no mistake", "the profile is right", _none)
KINDS = (RIGHT, *places.KINDS, *controls.KINDS, *wording.KINDS)
_PRESSED = ("confirm", "place", "name", "choose", "opens", "paid")
_AT_ONCE = ("confirm=link", "confirm=onclick", "confirm=native", "opens=post_cancels")
# What shops say of orders that are open again, or not yet cancelled.
_REINSTATED = ("Canceled Reversal", "Cancelled in error, received again", "Cancellation failed",
               "Received back")  # fmt: skip
_OF_ANSWERS = ("answers swapped", "answers otherwise", "labels swapped")


@dataclass(frozen=True)
class MistakenProfile:
    """Everything that a seed decides: the mistake, and what is in the store."""

    seed: int
    kind: Mistake
    right: Right
    slip: Slip
    state: State  # of the order that may be cancelled
    says: str  # what the order's page says as its state; "" for what the state is called
    paid: bool  # whether it is paid
    quirk: str  # how the store answers a cancellation of it, if not as it should
    asks_one: bool  # whether one of its items is asked for, not all
    kept_first: bool  # whether the kept item is the first of its order
    rehearses_kept: bool  # which of both orders the rehearsal is about
    let_in: bool  # whether the run begins signed in

    @property
    def told(self) -> str:
        """The mistake in a line."""
        return f"{self.kind.name} ({self.right.shape}): {self.slip.told(self.right)}"


def draw(seed: int, kind: Mistake | None = None) -> MistakenProfile:
    """The case of this seed; each kind comes as often as every other, where none is named."""
    chance = random.Random(f"profiles {seed}")  # noqa: S311 (to be repeated, not secret)
    kind = kind or KINDS[seed % len(KINDS)]
    right = chance.choice(_rights_for(kind))
    made = chance.choice(_slips(kind, right))
    states = [State.ORDERED] * 9 + [State.PREPARING]
    if right.part == "unwilling":
        states += [State.PREPARING] * 20
    if made.state in set(State):
        states += [State(made.state)] * 12
    answers = 0.4 if kind.name in _OF_ANSWERS else 0.08
    signs_in = right.part == "sign_in" or any(
        change.at[1:2] in (("sign_in",), ("home",)) for change in made.changes
    )
    return MistakenProfile(
        seed=seed,
        kind=kind,
        right=right,
        slip=made,
        state=chance.choice(states),
        says=chance.choice(_REINSTATED)
        if kind in (RIGHT, *wording.KINDS) and chance.random() < 0.1
        else "",
        paid=chance.random() < 0.5,
        quirk=chance.choice(("refuses", "pending")) if chance.random() < answers else "",
        asks_one=chance.random() < (0.5 if right.part == "choose" else 0.2)
        and right.part != "title",  # there the titles are written otherwise
        kept_first=chance.random() < 0.5,
        rehearses_kept=chance.random() < 0.4,
        let_in=not signs_in,
    )


def seeds_of(names: Sequence[str], seeds: range) -> list[int]:
    """Those of *seeds* whose kind has one of these names, or begins with one; all without any."""
    if not names:
        return list(seeds)
    own = {at for at, kind in enumerate(KINDS) if kind.name.startswith(tuple(names))}
    return [seed for seed in seeds if seed % len(KINDS) in own]


@cache
def _rights_for(kind: Mistake) -> list[Right]:
    """Mistakes in what is pressed are made where shops differ in that, two times of three; what
    cancels by a plain link or at a first button is the most dangerous to err in.
    """
    able = [right for right in right_profiles() if _slips(kind, right)]
    if kind not in controls.KINDS:
        return able
    pressed = [right for right in able if right.part in _PRESSED]
    at_once = [right for right in pressed if right.shape in _AT_ONCE]
    return [
        *able,
        *islice(cycle(pressed), len(able) if pressed else 0),
        *islice(cycle(at_once), len(able) if at_once else 0),
    ]


@cache
def _slips(kind: Mistake, right: Right) -> list[Slip]:
    return list(kind.slips(right))
