"""What every page object is made of.

A method marked with `action` is a word of the flow language: its docstring is the manual, its
return type is the page that it leads to. `sign` marks a locator that tells where we are or what
the store said, `reading` marks facts taken from the page. A page object never judges.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, TypeVar

from playwright.sync_api import Locator, Page

from automation.pages.description import Description
from automation.pages.readings import AnsweredItem, Selection
from automation.pages.request_patterns import RequestPattern
from automation.pages.spots import Spot
from automation.pages.storefront import Labels, Storefront

_SHOWN = """([selector, without]) => !(without && document.querySelector(without))
  && [...document.querySelectorAll(selector)].some(element => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({visibilityProperty: true});
  })"""
F = TypeVar("F", bound=Callable[..., Any])
P = TypeVar("P", bound="PageObject")


class Effect(Enum):
    """What an irreversible action does in the world; it decides how its outcome is proved."""

    CANCELS_ITEMS = "cancels items"
    ASKS_THE_SELLER = "asks the seller to cancel"
    WRITES_TO_THE_SELLER = "writes to the seller"
    RETURNS_ITEMS = "returns items"
    ENDS_SUBSCRIPTION = "ends a subscription"


class Kind(Enum):
    ACTION = "action"
    SIGN = "sign"
    READING = "reading"


@dataclass(frozen=True)
class _Mark:
    kind: Kind
    irreversible: Effect | None = None
    from_anywhere: bool = False


def action(*, irreversible: Effect | None = None, from_anywhere: bool = False) -> Callable[[F], F]:
    """Mark a method as something a shopper does on this page.

    *irreversible* names what cannot be undone: a run stops before it unless told to commit.
    *from_anywhere* is for what opens the page by its address, so that a walk can start with it.
    """

    def mark(method: F) -> F:
        method.__unorder__ = _Mark(Kind.ACTION, irreversible, from_anywhere)  # type: ignore[attr-defined]
        return method

    return mark


def sign(method: F) -> F:
    """Mark a method that returns the `Locator` of something visible."""
    method.__unorder__ = _Mark(Kind.SIGN)  # type: ignore[attr-defined]
    return method


def reading(method: F) -> F:
    """Mark a method that returns facts taken from the page."""
    method.__unorder__ = _Mark(Kind.READING)  # type: ignore[attr-defined]
    return method


@dataclass(frozen=True)
class Parameter:
    """One thing that a word is given. *type* is the plain type, without `| None`."""

    name: str
    type: type
    optional: bool


@dataclass(frozen=True)
class Word:
    """One word of the vocabulary, read off a method of a page class."""

    page: type[PageObject]
    name: str
    kind: Kind
    sentence: str
    parameters: tuple[Parameter, ...]
    leads_to: tuple[type[PageObject], ...]  # actions only; empty: it stays on its page
    irreversible: Effect | None
    from_anywhere: bool

    def __str__(self) -> str:
        return f"{self.page.name}.{self.name}"


class PageObject:
    """One page of a store: what a shopper can do and see there."""

    name: ClassVar[str]
    # A selector, of the kind that browsers know, for what `arrived` finds; "" where it says more.
    known_by: ClassVar[str] = ""

    def __init__(self, page: Page, storefront: Storefront) -> None:
        self.page = page
        self.storefront = storefront

    @property
    def labels(self) -> Labels:
        return self.storefront.labels

    @property
    def described(self) -> Description:
        """What the profile says of this store's pages."""
        assert self.storefront.description
        return self.storefront.description

    def arrived(self) -> Locator:
        """Something that is visible on this page and on no other."""
        return self.page.locator(self.known_by)

    def is_there(self, *, without: str = "") -> bool:
        """Whether it is seen at once to be there; what it is not sure of, it denies.

        *without* is a selector of what must not be in the page any more.

        Not by a locator, for which Playwright would bring its engine into the page: where the rest
        is read without it, that takes longer than all the rest.
        """
        if type(self).arrived is not PageObject.arrived:
            return False
        shown: bool = self.page.evaluate(_SHOWN, [self.known_by, without])
        return shown

    @property
    def sought(self) -> Spot | None:
        """By what the profile says that this page is known; `None` where the page object does."""
        return None

    @classmethod
    def has_step(cls, word: str, storefront: Storefront) -> bool:  # noqa: ARG003 (others look)
        """Whether this store's page has anything to do by this *word* of the page."""
        return True

    def turn_to(self, kind: type[P], page: Page | None = None) -> P:
        """The page of this *kind* as the store has it, on another tab where one is named."""
        return self.storefront.kind(kind)(page or self.page, self.storefront)

    def nothing(self) -> Locator:
        """What is on no page: for a sign that this store does not have."""
        return self.page.locator(":not(*)")

    @classmethod
    def words(cls) -> dict[str, Word]:
        """Every word of this page, by name, inherited ones included."""
        return {
            name: _word(cls, name, method, method.__unorder__)
            for name, method in inspect.getmembers(cls, inspect.isfunction)
            if hasattr(method, "__unorder__")
        }


@dataclass(frozen=True)
class Aim:
    """What a control must ask for, and where its form or link leads, as a method and an address."""

    expected: RequestPattern
    found: str
    order: str
    number: str  # the store's own of the order; "" where its pages do not show it

    @property
    def is_right(self) -> bool:
        method, _, address = self.found.partition(" ")
        expected = self.expected
        return method == expected.method and expected.is_sent_to(
            address, order=self.order, number=self.number
        )


class CommittingPage(PageObject):
    """A page whose last click cannot be undone. What it will do can be read back before."""

    def aim(self) -> Aim | None:
        """Where the control leads, if it is known where it must."""
        return None

    def control(self) -> Locator:
        """The one element whose click cannot be undone."""
        raise NotImplementedError

    def selection(self) -> Selection:
        """What that click would do, as the page shows it now."""
        raise NotImplementedError

    def press(self) -> None:
        """Click the control once, and leave the store's answer to others: it may never come."""
        self.control().click(no_wait_after=True)


class AnswerPage(PageObject):
    """A page on which the store answers to a click that cannot be undone."""

    def says(self) -> str:
        """The store's answer, in its own words."""
        raise NotImplementedError

    def named(self) -> tuple[AnsweredItem, ...]:
        """The items that the answer names; none where it names none."""
        return ()


def _word(cls: type[PageObject], name: str, method: Callable[..., Any], mark: _Mark) -> Word:
    hints = typing.get_type_hints(method)
    returned = hints.pop("return", type(None))
    parameters = tuple(
        Parameter(parameter, *_plain(hints[parameter]))
        for parameter in hints
        if parameter != "self"
    )
    leads_to = tuple(
        option
        for option in (typing.get_args(returned) if _is_union(returned) else (returned,))
        if inspect.isclass(option) and issubclass(option, PageObject)
    )
    return Word(
        page=cls,
        name=name,
        kind=mark.kind,
        sentence=inspect.cleandoc(method.__doc__ or "").split("\n\n")[0].replace("\n", " "),
        parameters=parameters,
        leads_to=leads_to,
        irreversible=mark.irreversible,
        from_anywhere=mark.from_anywhere,
    )


def _is_union(hint: object) -> bool:
    return typing.get_origin(hint) in (typing.Union, types.UnionType)


def _plain(hint: Any) -> tuple[type, bool]:
    if not _is_union(hint):
        return hint, False
    (plain,) = (option for option in typing.get_args(hint) if option is not type(None))
    return plain, True
