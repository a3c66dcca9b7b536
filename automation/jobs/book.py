"""What a rules file says: in which accounts, what to cancel, what never, how much, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from automation.jobs.hours import Hours
from automation.jobs.retention import Retention
from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.run.accounts import Secret
from automation.run.limits import CAPS, KEEP
from automation.run.rules import Caps, Keep, Rules
from automation.run.settings import secret_at
from automation.source import SourceError
from automation.source.nodes import Mapping, Node, Scalar, sequence
from automation.source.shapes import (
    AMOUNT,
    BOOLEAN,
    CLOCK,
    COUNT,
    DATE,
    DURATION,
    TEXT,
    ZONE,
    Key,
    Kind,
    Shape,
    many,
    one_of,
)

ALL = ("all",)


class WayOut(Enum):
    """A way in which an order may be got rid of, in the words of a rules file."""

    CANCEL = ("cancel", Effect.CANCELS_ITEMS)
    REQUEST = ("request", Effect.ASKS_THE_SELLER)
    CONTACT = ("contact", Effect.WRITES_TO_THE_SELLER)

    def __init__(self, word: str, effect: Effect) -> None:
        self.word = word
        self.effect = effect


# Words for several outcomes, and for what is none of them.
TROUBLE, EVERYTHING = "trouble", "everything"
BESIDE = ("held", "overdue", "no plan", "not begun")
WAYS = tuple(way.word for way in WayOut)


@dataclass(frozen=True)
class Where:
    """One account of one storefront, as a rules file names it."""

    store: str
    account: str
    base_url: str | None = None
    language: str = "en"

    def __str__(self) -> str:
        return f"{self.account} at {self.store}"

    @property
    def sign_in(self) -> str:
        """How a person opens the way again."""
        at = f" --base-url {self.base_url}" if self.base_url else ""
        return f"unorder sign-in --store {self.store}{at} --account {self.account}"


@dataclass(frozen=True)
class Choice:
    """One entry of `cancel`. All that it says must hold; an order may be chosen by several."""

    name: str
    orders: tuple[str, ...] | None = None
    items: tuple[str, ...] = ()
    sellers: tuple[str, ...] = ()
    text: str | None = None
    older_than: timedelta | None = None
    newer_than: timedelta | None = None
    expected_after: date | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    whole: bool = False
    ways: tuple[str, ...] = WAYS
    reason: str | None = None

    @property
    def says_which_items(self) -> bool:
        return bool(self.items or self.sellers or self.text or self.expected_after)

    @property
    def says_anything(self) -> bool:
        told = (self.orders, self.older_than, self.newer_than, self.above, self.below)
        return self.says_which_items or any(each is not None for each in told)


@dataclass(frozen=True)
class Notice:
    """Who is told of what. *of* are outcomes, or words for several."""

    to: Secret
    of: tuple[str, ...] = (TROUBLE,)
    orders: bool = False  # whether the message may name orders and accounts


@dataclass(frozen=True)
class Book:
    """A rules file."""

    name: str
    accounts: tuple[Where, ...]
    choices: tuple[Choice, ...]
    keep: Keep = field(default_factory=Keep)
    caps: Caps = field(default_factory=Caps)
    hours: Hours | None = None
    zone: tzinfo | None = None
    stop_file: Path | None = None
    plan_lives: timedelta = timedelta(hours=12)
    ping: Secret | None = None
    notify: tuple[Notice, ...] = ()
    retention: Retention = field(default_factory=Retention)

    @property
    def limits(self) -> Rules:
        return Rules(self.keep, self.caps)

    def why_not_now(self, now: datetime) -> str | None:
        """Why nothing may be cancelled at this moment, if so."""
        if self.stop_file is not None and self.stop_file.exists():
            return f"the stop file `{self.stop_file}` is there"
        if self.hours is not None and not self.hours.allow(now, self.zone):
            local = now.astimezone(self.zone)
            return f"it is {local:%H:%M}, and the hours are {self.hours}"
        return None


def _orders(node: Node, what: str) -> tuple[str, ...]:
    if isinstance(node, Scalar) and node.text == ALL[0]:
        return ALL
    numbers: tuple[str, ...] = many(TEXT).read(node, what)
    return numbers


def _says_something(node: Mapping, choice: Choice) -> None:
    if not choice.says_anything:
        raise SourceError(
            f"`{choice.name}` does not say which orders it is about",
            node.place,
            hint="name items, sellers, numbers, ages or totals; or write `orders: all`",
        )


def _at_least_one(kind: Kind, hint: str) -> Kind:
    """A list that is required: who left it empty must not be told to leave it out."""
    listed = many(kind)

    def read(node: Node, what: str) -> Any:
        if not sequence(node, what).items:
            raise SourceError(f"{what} is an empty list", node.place, hint=hint)
        return listed.read(node, what)

    return Kind(read, listed.schema)


_ORDERS = Kind(_orders, {"anyOf": [{"const": "all"}, {"type": "array", "minItems": 1,
                                                      "items": {"type": "string"}}]})  # fmt: skip
_SOME = many(TEXT)
_WHERE = Shape(
    Where,
    "an account",
    (
        Key("store", TEXT, "A storefront's name, or its folder.", required=True),
        Key("account", TEXT, "The account's name in the configuration.", required=True),
        Key("base_url", TEXT, "Where the store is, if not where its profile says."),
        Key("language", TEXT, "The store's language; English if not said."),
    ),
)
_CHOICE = Shape(
    Choice,
    "an entry of `cancel`",
    (
        Key("name", TEXT, "What this rule is called in plans and reports.", required=True),
        Key("orders", _ORDERS, "The numbers of orders, or `all`."),
        Key("items", _SOME, "Exact titles of items."),
        Key("sellers", _SOME, "Items that these sell."),
        Key("text", TEXT, "Items whose title holds this text, in any case."),
        Key("older_than", DURATION, "Orders placed at least so long ago: 36h, 7d."),
        Key("newer_than", DURATION, "Orders placed at most so long ago."),
        Key("expected_after", DATE, "Items that the store expects to arrive after this day."),
        Key("above", AMOUNT, "Orders of more than this in total."),
        Key("below", AMOUNT, "Orders of less than this in total."),
        Key("whole", BOOLEAN, "Cancel the whole order where one of its items is chosen."),
        Key("ways", many(one_of(*WAYS)), "Which ways may be taken; all, if not said."),
        Key("reason", TEXT, "A reason that the store offers."),
    ),
    see=_says_something,
)
_PLACE = Kind(
    lambda node, what: secret_at(node, what.strip("`")),
    {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": {
            "env": {"type": "string"},
            "file": {"type": "string"},
            "credential": {"type": "string"},
            "cmd": {"type": "array", "items": {"type": "string"}},
        },
    },
)
_NOTICE = Shape(
    Notice,
    "an entry of `notify`",
    (
        Key("to", _PLACE, "Where the Apprise address is: it holds a secret.", required=True),
        Key("of", many(one_of(TROUBLE, EVERYTHING, *(each.label for each in Outcome), *BESIDE)),
            "Of which outcomes; of all that needs a look, if not said."),
        Key("orders", BOOLEAN, "Name orders and accounts in the message; not, if not said."),
    ),
)  # fmt: skip
_HOURS = Shape(
    Hours,
    "`hours`",
    (
        Key("from", CLOCK, "From this time of day.", required=True, field="opens"),
        Key("until", CLOCK, "Until this time of day; over midnight too.", required=True,
            field="closes"),
    ),
)  # fmt: skip
_RETENTION = Shape(
    Retention,
    "`retention`",
    (
        Key("days", COUNT, "Evidence older than this is removed after a night."),
        Key("mib", COUNT, "The oldest is removed until no more is left.", field="mebibytes"),
    ),
)
_PATH = Kind(lambda node, what: Path(TEXT.read(node, what)).expanduser(), TEXT.schema)
BOOK = Shape(
    Book,
    "a rules file",
    (
        Key("rules", TEXT, "What these rules are called.", required=True, field="name"),
        Key("accounts", _at_least_one(_WHERE.kind, "name at least one account"),
            "Whose orders are looked through.", required=True),
        Key("cancel", _at_least_one(_CHOICE.kind, "name at least one choice: what to cancel"),
            "What to cancel.", required=True, field="choices"),
        Key("keep", KEEP.kind, "What is never cancelled, whatever is said elsewhere."),
        Key("caps", CAPS.kind, "How much may be cancelled."),
        Key("hours", _HOURS.kind, "When orders may be cancelled."),
        Key("zone", ZONE, "By whose clocks; the machine's own, if not said."),
        Key("stop_file", _PATH, "While this file is there, nothing is cancelled."),
        Key("ping", _PLACE, "Where the address of a healthchecks ping is."),
        Key("notify", many(_NOTICE.kind), "Who is told of what."),
        Key("retention", _RETENTION.kind, "How long evidence is kept; for ever, if not said."),
        Key("plan_lives", DURATION, "How long a plan may be applied; 12h, if not said."),
    ),
)  # fmt: skip
