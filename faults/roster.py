"""Who is in a night: two hundred orders of three accounts, each with its own bad day or none.

What an order may end in is written here by hand, from the table in `docs/practice-store.md`, and
not asked of the code that is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from mock_store.lines import Line
from mock_store.people import PEOPLE, Person
from mock_store.quirks import Quirk
from mock_store.rules import State
from mock_store.store import PlacedOrder, Store

KIM = Person("kim", "Kim Adler", "kim@varnholt.test", "copper-lake-88", "161803",
             "Kim Adler\n7 Mill Row\n1017 AB Westerhaven", "Visa ending in 7007")  # fmt: skip
ACCOUNTS = ("robin", "sam", "kim")
LAMP, BOTTLE, KETTLE, CABLE = "Desk lamp", "Steel water bottle", "Pour-over kettle", "USB-C cable"
CLOCK, THROW, STOOL, MUG = "Bedside clock", "Wool throw", "Oak step stool", "Stoneware mug"
KEPT_SELLER = "Fjell & Yarn"
KEPT_ABOVE = 400

_YES = frozenset({"cancelled"})
_NO_THEN_YES = frozenset({"not_cancelled", "cancelled"})  # what is surely not done may be planned
_GUARDED = frozenset({"guarded", "cancelled"})  # what had changed is planned anew the next night
_BROKEN = frozenset({"broken", "cancelled"})
_PERSON = frozenset({"needs_person", "guarded", "cancelled"})
_LATE = frozenset({"too_late", "guarded", ""})
ALWAYS = None
_LAST = 24  # orders, of those without a bad day


@dataclass(frozen=True)
class BadDay:
    """One way in which the store misbehaves for one order, and what that may end in."""

    quirk: Quirk
    ends: frozenset[str]
    how: str | None = None
    times: int | None = 1
    later: bool = False  # asked for when the plan stands: it is about pages that a plan reads too
    account: str = ""  # where it matters who it is
    lines: tuple[str, ...] = (LAMP, BOTTLE)

    @property
    def name(self) -> str:
        return f"{self.quirk.value}={self.how}" if self.how else self.quirk.value


def _at_the_click(quirk: Quirk, ends: frozenset[str], how: str | None = None) -> BadDay:
    return BadDay(quirk, ends, how)


def _on_the_way(quirk: Quirk, ends: frozenset[str], how: str | None = None) -> BadDay:
    return BadDay(quirk, ends, how, later=True)


def _for_a_person(quirk: Quirk, how: str | None = None) -> BadDay:
    return BadDay(quirk, _PERSON, how, later=True, account=ACCOUNTS[-1])


BAD_DAYS: tuple[BadDay, ...] = (
    _at_the_click(Quirk.SLOW_COMMIT, _YES),
    _at_the_click(Quirk.ERROR_ON_COMMIT_NOT_DONE, _NO_THEN_YES),
    _at_the_click(Quirk.ERROR_ON_COMMIT_DONE, _YES),
    _at_the_click(Quirk.DROPS_ON_COMMIT_NOT_DONE, _NO_THEN_YES),
    _at_the_click(Quirk.DROPS_ON_COMMIT_DONE, _YES),
    _at_the_click(Quirk.NEVER_ANSWERS, _YES),
    _at_the_click(Quirk.SAYS_NOTHING, _YES, "done"),
    _at_the_click(Quirk.SAYS_NOTHING, _NO_THEN_YES, "not_done"),
    _at_the_click(Quirk.SAYS_CANCELLED_BUT_IS_NOT, frozenset({"unknown"})),
    _at_the_click(Quirk.PENDING, _YES, "cancelled"),
    _at_the_click(Quirk.PENDING, frozenset({"refused", "not_cancelled"}), "refused"),
    _at_the_click(Quirk.PENDING, frozenset({"requested"}), "undecided"),
    _at_the_click(Quirk.REFUSES, frozenset({"refused"})),
    BadDay(Quirk.PARTLY, frozenset({"partly_cancelled", "cancelled"}), lines=(KETTLE, CABLE)),
    BadDay(Quirk.BUNDLE, frozenset({"refused"}), times=ALWAYS),
    _at_the_click(Quirk.SHIPS_MEANWHILE, frozenset({"too_late"})),
    _at_the_click(Quirk.CANCELLED_MEANWHILE, _YES),
    _at_the_click(Quirk.DOUBLE_CLICK_COUNTS, _YES),
    _at_the_click(Quirk.TICKS_EVERYTHING, _YES),
    _at_the_click(Quirk.TICKS_RESET, _GUARDED),
    _at_the_click(Quirk.BUTTON_MOVES, _YES),
    _at_the_click(Quirk.BOUNCES_DIRECT_URL, _YES),
    _at_the_click(Quirk.ITEMS_CHANGE_MEANWHILE, _GUARDED, "quantity"),
    _at_the_click(Quirk.ITEMS_CHANGE_MEANWHILE, _GUARDED, "price"),
    _at_the_click(Quirk.ITEMS_CHANGE_MEANWHILE, _GUARDED | {""}, "item"),
    # Which of two items of one title is meant cannot be told, so the plan leaves it.
    _at_the_click(Quirk.SAME_TITLES, frozenset({"", "guarded"})),
    BadDay(Quirk.SLOW, _YES, times=3, later=True),
    _on_the_way(Quirk.ERROR_BEFORE, _YES, "503"),
    _on_the_way(Quirk.ERROR_BEFORE, _YES, "500"),
    BadDay(Quirk.ERROR_BEFORE, frozenset({"broken"}), "503", times=ALWAYS, later=True),
    _on_the_way(Quirk.SKELETON, _BROKEN),
    _on_the_way(Quirk.SESSION_EXPIRES, _YES, "order"),
    _on_the_way(Quirk.SESSION_EXPIRES, _YES, "cancel_page"),
    _on_the_way(Quirk.SESSION_EXPIRES, _NO_THEN_YES, "submit"),
    _on_the_way(Quirk.ASKS_PASSWORD_AGAIN, _YES),
    _on_the_way(Quirk.COOKIE_BANNER, _YES),
    _on_the_way(Quirk.POPUP, _YES),
    _on_the_way(Quirk.SURVEY, _YES),
    BadDay(Quirk.ENCRYPTED_CARDS, _YES, "late", times=ALWAYS),
    BadDay(Quirk.ENCRYPTED_CARDS, _YES, "never", times=1),
    _on_the_way(Quirk.WRONG_ORDER_OPENS, _GUARDED),
    _for_a_person(Quirk.CONTINUE_SHOPPING, "page"),
    _for_a_person(Quirk.CAPTCHA, "page"),
    _for_a_person(Quirk.ASKS_CODE, "page"),
    _for_a_person(Quirk.PASSKEY, "page"),
    _for_a_person(Quirk.WALL),
    _for_a_person(Quirk.TWO_ACCOUNTS),
)
# These concern no single order: the first list of an account, each page, and no order at all.
OF_ALL = (Quirk.EMPTY_LIST, Quirk.HIDDEN_TEXTS, Quirk.RETENTION_OFFER)


@dataclass(frozen=True)
class Guest:
    """One order of the night: what is asked for, and what it may end in."""

    order: str  # its number
    account: str
    asked: tuple[str, ...]
    kind: str
    ends: frozenset[str]  # "" is: nothing was run for it
    day: BadDay | None = None

    @property
    def untouchable(self) -> bool:
        """Whether it must never be submitted."""
        return not self.asked


def open_store(folder: Path, seed: int = 0) -> Store:
    """A store with a third shopper, in a file of this folder."""
    return Store(people=(*PEOPLE, KIM), seed=seed, database=folder / "store.sqlite")


def invite(store: Store, count: int) -> list[Guest]:
    """Place *count* orders, the keep-list's twenty among them, and ask for their bad days."""
    store.quirks.add(Quirk.EMPTY_LIST, account="sam", times=1)
    store.quirks.add(Quirk.HIDDEN_TEXTS)
    store.quirks.add(Quirk.RETENTION_OFFER, account="robin")
    guests = [*_with_bad_days(store), *_kept(store), *_others(store)]
    plain = [_plain(store, number) for number in range(count - len(guests))]
    return [*guests, *plain]


def ask_later(store: Store, guests: list[Guest]) -> None:
    """Ask for what is to happen on pages that a plan has read already."""
    for guest in guests:
        if guest.day and guest.day.later:
            _ask(store, guest.day, guest.order)


def _ask(store: Store, day: BadDay, number: str) -> None:
    store.quirks.add(day.quirk, how=day.how, order=number, times=day.times)


def _with_bad_days(store: Store) -> Iterator[Guest]:
    for at, day in enumerate(BAD_DAYS):
        account = day.account or ACCOUNTS[at % 3]
        if day.quirk is Quirk.SAME_TITLES:
            store.quirks.add(day.quirk, account=account, times=1)
        # What wants a person comes last in its account, so that it holds up few others.
        order = _place(store, account, day.lines, days=2 if day.account else 12 + at % 9)
        if not day.later and day.quirk is not Quirk.SAME_TITLES:
            _ask(store, day, order.number)
        asked = day.lines if KETTLE in day.lines else (LAMP,)
        yield Guest(order.number, account, asked, day.name, day.ends, day)


def _kept(store: Store) -> Iterator[Guest]:
    """Twenty: by item, by seller, and by what they cost; by number in the rules themselves."""
    for at in range(20):
        account = ACCOUNTS[at % 3]
        lines: tuple[str | Line, ...] = (
            (KETTLE, CLOCK),
            (KETTLE, THROW),
            (Line(LAMP, quantity=10),),
            (LAMP,),
        )[at % 4]
        order = _place(store, account, lines, days=20)
        how = ("item", "seller", "total", "number")[at % 4]
        yield Guest(order.number, account, (), f"kept by {how}", frozenset({""}))


def _others(store: Store) -> Iterator[Guest]:
    """What is not chosen, asked of a seller, written about, too late, or done already."""
    for at in range(6):
        account = ACCOUNTS[at % 3]
        order = _place(store, account, (MUG,), days=9)
        yield Guest(order.number, account, (), "not chosen", frozenset({""}))
    for account in ACCOUNTS:
        order = _place(store, account, (STOOL,), hours=5)
        yield Guest(
            order.number, account, (STOOL,), "seller asked, agrees", frozenset({"cancelled"})
        )
        order = _place(store, account, (STOOL,), days=4)
        yield Guest(
            order.number, account, (STOOL,), "seller written to", frozenset({"seller_contacted"})
        )
        order = _place(store, account, (LAMP,), days=9)
        order.ship()
        yield Guest(order.number, account, (), "shipped before", frozenset({""}))
        order = _place(store, account, (LAMP,), days=9)
        order.move(State.CANCELLED)
        yield Guest(order.number, account, (), "cancelled before", frozenset({""}))


def _plain(store: Store, number: int) -> Guest:
    # The least urgent, which a cap leaves out, are of the account that waits for a person: what
    # others left undone would take the place of what it was held for.
    last = number < _LAST
    account = ACCOUNTS[-1] if last else ACCOUNTS[number % 3]
    whole = number % 4 == 0
    lines = (KETTLE, CABLE) if whole else (LAMP, BOTTLE)
    order = _place(store, account, lines, days=1 if last else 5 + number % 6)
    return Guest(order.number, account, lines if whole else (LAMP,), "no bad day", _YES)


def _place(
    store: Store, account: str, lines: tuple[str | Line, ...], *, days: int = 0, hours: int = 0
) -> PlacedOrder:
    placed = store.clock.now() - timedelta(days=days, hours=hours)
    return store.place(*lines, account=account, placed=placed)
