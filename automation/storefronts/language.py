"""What a profile says in one language: labels, and the words for states and refunds."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, fields

from automation.errors import InputError
from automation.pages.readings import OPEN, Refund, State
from automation.pages.storefront import Labels
from automation.source import Mapping, Node, SourceError
from automation.source.nodes import mapping, sequence, unknown

_REFUNDS = {each.value: each for each in Refund if each is not Refund.UNREADABLE}
_STATES = {state.value: state for state in State if state is not State.UNREADABLE}
_OF_SHARED_PAGES = tuple(field.name for field in fields(Labels))


@dataclass(frozen=True)
class Language:
    """One language of a profile. *labels* holds those of the shared pages too."""

    labels: Map[str, tuple[str, ...]]
    states: Map[str, State]
    refunds: Map[str, Refund]

    @property
    def of_shared_pages(self) -> Labels:
        return Labels(**{name: words for name, words in self.labels.items()
                         if name in _OF_SHARED_PAGES})  # fmt: skip

    def unused(self, used: set[str]) -> tuple[str, ...]:
        """The labels that no page uses."""
        return tuple(name for name in self.labels if name not in {*used, *_OF_SHARED_PAGES})


def read_language(top: Mapping, language: str, *, described: bool) -> Language:
    """What the profile says in this language. Labels of its own are for pages that it describes."""
    languages = mapping(top.required("languages", "this profile"), "`languages`")
    own = languages.get(language)
    if own is None:
        raise InputError(
            f"the storefront's profile does not know the language `{language}`",
            hint="it knows " + ", ".join(key.text for key in languages.keys),
        )
    spoken = mapping(own, f"the language `{language}`")
    spoken.only(("labels", "states", "refunds"), f"the language `{language}`")
    labels = mapping(spoken.required("labels", "a language"), "`labels`")
    if not described:
        labels.only(_OF_SHARED_PAGES, "`labels`")
    states = _states(spoken)
    if described:
        _see_that_they_prove(spoken, states)
    named = {key.text: _spellings(value) for key, value in labels.pairs()}
    return Language(named, states, _refunds(spoken))


def _spellings(node: Node) -> tuple[str, ...]:
    return sequence(node, "a label").strings("a label")


def _states(spoken: Mapping) -> dict[str, State]:
    states: dict[str, State] = {}
    for key, words in mapping(spoken.required("states", "a language"), "`states`").pairs():
        if key.text not in _STATES:
            raise unknown(f"no state is called `{key.text}`", key, _STATES)
        for word in sequence(words, f"`{key.text}`").strings(f"`{key.text}`"):
            if word.lower() in states:
                raise SourceError(f"`{word}` means two states", words.place)
            states[word.lower()] = _STATES[key.text]
    return states


def _see_that_they_prove(spoken: Mapping, states: Map[str, State]) -> None:
    """Without words for them, no order could be known to be open, or to be cancelled."""
    for enough, needed, why in (
        (OPEN, "`ordered`, `paid` or another open state", "no order could be known to be open"),
        ({State.CANCELLED}, "`cancelled`", "what a click did could never be read back"),
    ):
        if not enough & set(states.values()):
            first = needed.split("`")[1]
            raise SourceError(
                f"no word means {needed}: {why}",
                spoken.key("states").place,
                hint=f"write what the store calls it: `{first}: [...]`",
            )


def _refunds(spoken: Mapping) -> dict[str, Refund]:
    node = spoken.get("refunds")
    if node is None:
        return {}
    told = mapping(node, "`refunds`")
    told.only(_REFUNDS, "`refunds`")
    return {
        part.lower(): _REFUNDS[key.text]
        for key, parts in told.pairs()
        for part in sequence(parts, f"`{key.text}`").strings(f"`{key.text}`")
    }
