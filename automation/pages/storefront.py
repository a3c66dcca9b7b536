"""What differs between stores and is not a page's structure: addresses, wording, patience."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urljoin, urlsplit

from automation.errors import InputError
from automation.pages.bearer_secrets import NONE_MARKED, SecretPlaces
from automation.pages.covers import Cover
from automation.pages.description import Description
from automation.pages.opened import OpenedAs, OrderKey
from automation.pages.pressing import Presses
from automation.pages.readings import Refund, State
from automation.pages.request_patterns import RequestPattern
from automation.pages.state_words import saying, state_of

K = TypeVar("K")


@dataclass(frozen=True)
class Labels:
    """The store's wording in one language, each in every spelling that is known.

    Empty where it is not known: then ids, addresses and the order read again must do.
    """

    cancel_selected_items: tuple[str, ...] = ()
    declines: tuple[str, ...] = ()  # what says no to an offer to stay

    @property
    def unknown(self) -> tuple[str, ...]:
        """The labels whose wording is not known."""
        return tuple(each.name for each in fields(self) if not getattr(self, each.name))


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds."""

    step: float = 15.0
    action: float = 5.0
    answer: float = 15.0
    settle: float = 120.0


class HowSure(Enum):
    """How it is known that a profile is right."""

    PROVED = "proved"  # followed on a running store
    DOCUMENTED = "documented"  # written from the store's own documentation or source
    GUESSED = "guessed"


@dataclass(frozen=True)
class Proof:
    """On which day a profile was right, against what, and how that is known."""

    on: date
    against: str
    how_sure: HowSure


@dataclass(frozen=True)
class DemoAccount:
    """An account of a store that holds nothing real, so that it may be written down."""

    email: str
    password: str


@dataclass(frozen=True)
class Storefront:
    """A store as one run sees it: one address, one language."""

    name: str
    title: str
    base_url: str
    language: str
    labels: Labels
    addresses: Mapping[str, str]
    hosts: tuple[str, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)  # the store's words, `known_as`
    refunds: Mapping[str, Refund] = field(default_factory=dict)  # likewise, parts of a sentence
    patience: Patience = Patience()
    windows: Mapping[str, float] = field(default_factory=dict)  # hours from the order, by way
    order_number: str = r".+"
    covers: tuple[Cover, ...] = ()  # what it lays over its pages
    personal: tuple[str, ...] = ()  # selectors of what must never reach a picture or a report
    secrets: SecretPlaces = NONE_MARKED  # beside those that are known by their names
    needs_images: bool = False  # whether its pages cannot be used without their images
    demo_accounts: Mapping[str, DemoAccount] = field(default_factory=dict)
    store: str = ""  # the name or folder that it was opened by
    languages: tuple[str, ...] = ()  # those that the profile knows
    reads: tuple[RequestPattern, ...] = ()  # what pages send that changes nothing
    description: Description | None = (
        None  # where everything is, if not as the shared pages have it
    )
    presses: Presses = field(default_factory=Presses, compare=False)
    kinds: Mapping[str, type[Any]] = field(default_factory=dict)  # its own page objects, by name
    folder: Path | None = None  # where its profile is, and its flows
    proof: Proof | None = None
    order_key: OrderKey | None = None  # of the one order that this run is about

    def kind(self, page: type[K]) -> type[K]:
        """The page object that this store has for such a page: its own, or the shared one."""
        own: type[K] = self.kinds.get(page.name, page)  # type: ignore[attr-defined]
        return own

    def may_show(self, page: type[Any]) -> bool:
        """Whether this store may show such a page at all.

        One whose profile says where everything is has the pages that the profile names, and its
        own: the selectors of other stores say nothing of it, and looking for them takes time.
        """
        return self.description is None or page.name in self.kinds

    @property
    def opened_as(self) -> OpenedAs:
        key = self.order_key.kept_in if self.order_key else ""
        return OpenedAs(self.store or self.name, self.base_url, self.language, key)

    @property
    def has_accounts(self) -> bool:
        """Whether one signs in. Where nobody does, an order is opened by its key."""
        return self.description is None or self.description.signing_in is not None

    @property
    def has_list(self) -> bool:
        """Whether there is a list of orders."""
        return self.description is None or self.description.listing is not None

    @property
    def asks_for_a_key(self) -> bool:
        """Whether the address of an order holds what opens it to anyone."""
        return "{key}" in self.addresses.get("order", "")

    def url(self, address: str, **parts: str) -> str:
        """The full URL of one of the profile's addresses, with `{parts}` filled in and quoted.

        An order's key is filled in for that order alone.
        """
        if self.order_key and parts.get("order") == self.order_key.order:
            parts["key"] = self.order_key.value
        elif address == "order" and self.asks_for_a_key:
            raise InputError(
                f"order {parts.get('order')} is opened by a key, which was not named",
                hint="add --key and where it is: env:NAME, file:PATH or cmd:PROGRAM",
            )
        path = self.addresses[address].format_map({k: quote(v, safe="") for k, v in parts.items()})
        return urljoin(self.base_url, path)

    @property
    def key(self) -> str:
        """What locks and intents know it by. Each practice store is a store of its own."""
        return f"{self.name}@{urlsplit(self.base_url).netloc}" if self.demo_accounts else self.name

    @property
    def origin(self) -> str:
        """Scheme, host and port: what tells two stores of one profile apart."""
        url = urlsplit(self.base_url)
        return f"{url.scheme}://{url.netloc}"

    def refund(self, words: str) -> Refund:
        """How far the money is of which the store says these *words*."""
        said = words.lower()
        return next((known for part, known in self.refunds.items() if part in said),
                    Refund.UNREADABLE)  # fmt: skip

    def state(self, words: str) -> State:
        """What the store's words for a state mean; `UNREADABLE` for words the profile lacks."""
        return state_of(words, self.states)

    def saying(self, *states: State) -> re.Pattern[str]:
        """A pattern for what the store says of one of these states."""
        return saying(self.states, *states)
