"""A flow as it was read: what it asks for, the steps it takes, and how it may end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from automation.pages.base import Word
from automation.pages.values import Items, OrderNumber, SubscriptionName
from automation.source import Place
from automation.source.nodes import Node

LANGUAGES = ("en", "nl", "de")

# What an input may be, and what a page object receives.
TYPES: Mapping[str, type] = {
    "order": OrderNumber,
    "items": Items,
    "text": str,
    "subscription": SubscriptionName,
}

# Under which names the store's answer may end a flow.
ENDS = (
    "cancelled",
    "refused",
    "pending",
    "already_cancelled",
    "too_late",
    "subscription_ended",
    "return_started",
    "seller_contacted",
    "requested",
    "not_in_app",
    "needs_person",
)


@dataclass(frozen=True)
class Input:
    """One thing that a flow must be told. *required* when it has no default."""

    name: str
    type: str
    required: bool
    default: Node | None
    example: str
    means: str
    place: Place


@dataclass(frozen=True)
class Given:
    """What a parameter is given: the input of this name, or a literal."""

    input: str | None
    literal: Node | None
    place: Place


@dataclass(frozen=True)
class Step:
    """One word of a page's vocabulary and what it is given, by parameter."""

    word: Word
    given: Mapping[str, Given]
    captions: Mapping[str, str]
    place: Place

    def sentence(self, language: str) -> str:
        """What a shopper does here: the caption, or the word's own sentence."""
        return self.captions.get(language) or self.captions.get("en") or self.word.sentence


@dataclass(frozen=True)
class SignCall:
    """A sign and what it is given."""

    word: Word
    given: Mapping[str, Given]
    place: Place


@dataclass(frozen=True)
class Branch:
    """Where a walk goes when this sign is visible: on with another flow, or to an end."""

    sign: SignCall
    follow: str | None
    end: str | None
    place: Place


@dataclass(frozen=True)
class FirstOf:
    """A fork: the first branch whose sign is visible is taken."""

    branches: tuple[Branch, ...]
    place: Place


@dataclass(frozen=True)
class End:
    """One way in which the store may answer."""

    name: str
    signs: tuple[SignCall, ...]
    place: Place


@dataclass(frozen=True)
class Flow:
    """A documented click path and the ways it may end."""

    name: str
    summary: str
    follows: str
    phone: bool  # whether it is followed as a phone shows the store
    inputs: Mapping[str, Input]
    steps: tuple[Step | FirstOf, ...]
    ends: tuple[End, ...]
    path: Path
    place: Place

    @property
    def follows_by(self) -> tuple[str, ...]:
        """The names of the flows that its forks may follow, in the order of the branches."""
        forks = [step for step in self.steps if isinstance(step, FirstOf)]
        return tuple(branch.follow for fork in forks for branch in fork.branches if branch.follow)

    @property
    def irreversible(self) -> Step | None:
        """The step that cannot be undone, if this flow has one."""
        for step in self.steps:
            if isinstance(step, Step) and step.word.irreversible:
                return step
        return None
