"""What can go wrong in a simulated history, and in which of its six windows."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum


class Window(Enum):
    """The six stretches of a run."""

    SIGN_IN = "W1 sign-in"
    READ = "W2 read"
    SELECT = "W3 select"
    LOOK = "W4 last look"
    ARMED = "W5 armed"
    CLICKED = "W6 clicked"


W1, W2, W3, W4, W5, W6 = Window
_BEFORE = (W1, W2, W3, W4)
_ALL = tuple(Window)


class Fault(Enum):
    """A kind of trouble: what it is, and the windows in which it can strike."""

    SLOW = "a page comes 1 to 60 s late", (*_BEFORE, W6)
    ERROR = "a page answers with 503", (*_BEFORE, W6)
    DROP = "the connection of a page closes", (*_BEFORE, W6)
    OFFLINE = "no network for the rest of the run", _ALL
    SIGNED_OUT = "the session ends", (W2, W3, W4, W6)
    OTHER_ACCOUNT = "the session is another account's", (W1, W2, W3)
    WRONG_ORDER = "another order opens", (W2, W4)
    UNREADABLE_TOTAL = "the total of an order to keep cannot be read", (W2,)
    TICKS_WRONG = "the form changes its ticks by itself", (W3,)
    SHIPS = "the order ships", (W2, W3, W4, W5, W6)
    CANCELLED = "somebody else cancels", (W2, W3, W4, W5, W6)
    CHANGES = "a quantity changes", (W2, W3, W4)
    CLICK_TIMES_OUT = "the click raises, and was made", (W5,)
    CLICK_IS_LOST = "the click raises, and was not made", (W5,)
    PAUSED_AT_CLICK = "the process stops for 10 min as it sends the click", (W5,)
    SLOW_ANSWER = "the store's answer takes 5 to 60 s", (W6,)
    ERROR_NOT_DONE = "500 before the store acts", (W6,)
    ERROR_DONE = "500 after the store acted", (W6,)
    DROP_NOT_DONE = "closed before the store acts; sent again", (W6,)
    DROP_DONE = "closed after the store acted; sent again", (W6,)
    DROPS_TWICE_NOT_DONE = "closed before, and again", (W6,)
    DROPS_TWICE_DONE = "closed after, and again", (W6,)
    TRUNCATED = "the answer breaks off", (W6,)
    REFUSED = "the store says no", (W6,)
    PENDING = "the store says later; the seller decides", (W6,)
    LIES = "the store says yes and does nothing", (W6,)
    PARTLY = "the store leaves one item out", (W6,)
    LATE = "it lands up to 110 s late, item by item", (W6,)
    SHIPS_FIRST = "it ships before the submission comes", (W6,)
    CANCELLED_FIRST = "somebody cancels before it comes", (W6,)
    SIGNED_OUT_AT_SUBMIT = "the session ends as the form is sent", (W6,)
    KILL = "kill -9 of the runner", _ALL
    BROWSER_DIES = "kill -9 of the browser", _ALL
    TERM = "SIGTERM", _ALL
    TERM_TWICE = "SIGTERM, twice", (W4, W5, W6)
    STOPPED = "SIGSTOP for 10 minutes", _ALL
    CLOCK = "the wall clock jumps by a day", _ALL
    DISK_FULL = "the journal cannot be written", _ALL
    RIVAL = "other runs of the same order begin", _ALL
    RIVAL_ELSEWHERE = "another run with another journal begins", _ALL
    VERIFY = "`verify` runs at the same time", _ALL
    JOURNAL_LOST = "killed, and the journal is an old copy", (W5, W6)

    def __init__(self, sentence: str, windows: tuple[Window, ...]) -> None:
        self.sentence = sentence
        self.windows = windows


# How many things a run does in a window, about: troubles strike at any of them.
_STEPS = {W1: 1, W2: 2, W3: 2, W4: 6, W5: 4, W6: 10}
_FAULTS = list(Fault)
_TOGETHER_ONE_IN = 6  # of so many runs, one has troubles that are worse together
_EVERY = [(fault, window) for fault in _FAULTS for window in fault.windows]


@dataclass(frozen=True)
class Trouble:
    """One fault that will strike: at which step of which window."""

    fault: Fault
    window: Window
    step: int


# Each alone is rarely more than a nuisance. Together they are what a protocol is for.
_TOGETHER: tuple[tuple[tuple[Fault, Window], ...], ...] = (
    ((Fault.LATE, W6), (Fault.KILL, W6)),
    ((Fault.LATE, W6), (Fault.TERM_TWICE, W6)),
    ((Fault.LATE, W6), (Fault.CLICK_TIMES_OUT, W5), (Fault.VERIFY, W6)),
    ((Fault.LATE, W6), (Fault.TRUNCATED, W6)),
    ((Fault.LATE, W6), (Fault.JOURNAL_LOST, W6)),
    ((Fault.LATE, W6), (Fault.RIVAL_ELSEWHERE, W4)),
    ((Fault.SLOW_ANSWER, W6), (Fault.RIVAL_ELSEWHERE, W3)),
    ((Fault.STOPPED, W5), (Fault.SHIPS, W5)),
    ((Fault.STOPPED, W4), (Fault.CHANGES, W4)),
    ((Fault.STOPPED, W4), (Fault.RIVAL, W4)),
)


def draw(chance: random.Random) -> list[Trouble]:
    """The troubles of one run: usually one or two, now and then none or a storm."""
    if chance.randrange(_TOGETHER_ONE_IN) == 0:
        return [_at(chance, *place) for place in chance.choice(_TOGETHER)]
    count = chance.choices((0, 1, 2, 3, 6), (1, 8, 7, 3, 1))[0]
    return [_one(chance) for _ in range(count)]


def _one(chance: random.Random) -> Trouble:
    # Half of them so that each place is as likely, half so that each fault is.
    if chance.randrange(2):
        return _at(chance, *chance.choice(_EVERY))
    fault = chance.choice(_FAULTS)
    return _at(chance, fault, chance.choice(fault.windows))


def _at(chance: random.Random, fault: Fault, window: Window) -> Trouble:
    return Trouble(fault, window, chance.randint(1, _STEPS[window]))
