"""What a profile says in one language: labels, and the words for states and refunds."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, fields

from automation.errors import InputError
from automation.pages.readings import OPEN, Refund, State
from automation.pages.state_words import GOES_ON, known_as
from automation.pages.storefront import Labels
from automation.source import Mapping, Node, Scalar, SourceError
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
    seen: tuple[tuple[State, Node], ...] = ()  # a state, and the place that shows it

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
    states, seen = _states(spoken, described=described)
    if described:
        _see_that_they_prove(spoken, {*states.values(), *(state for state, _ in seen)})
    named = {key.text: _spellings(value) for key, value in labels.pairs()}
    return Language(named, states, _refunds(spoken), seen)


def _spellings(node: Node) -> tuple[str, ...]:
    return sequence(node, "a label").strings("a label")


def _states(
    spoken: Mapping, *, described: bool
) -> tuple[dict[str, State], tuple[tuple[State, Node], ...]]:
    """What each word means, and where else a page shows a state."""
    words: dict[str, State] = {}
    seen: list[tuple[State, Node]] = []
    for key, told in mapping(spoken.required("states", "a language"), "`states`").pairs():
        if key.text not in _STATES:
            raise unknown(f"no state is called `{key.text}`", key, _STATES)
        state = _STATES[key.text]
        own: Node | None = told
        if isinstance(told, Mapping):
            told.only(("words", "seen"), f"the state `{key.text}`")
            own = told.get("words")
            if place := _place(told, key, described=described):
                seen.append((state, place))
        for word in _words(own, key.text) if own else ():
            if words.get(word, state) is not state:
                raise SourceError(f"`{word}` means two states", own.place if own else key.place)
            words[word] = state
    return words, tuple(seen)


def _place(told: Mapping, key: Scalar, *, described: bool) -> Node | None:
    """The place that shows this state, beside the words for it."""
    place = told.get("seen")
    if place is None and told.get("words") is None:
        raise SourceError(
            f"nothing tells the state `{key.text}`",
            told.place,
            hint="write its `words`, or the place that is `seen` only then",
        )
    if place is not None and not described:
        raise SourceError(
            "a state is `seen` only where the profile describes the store's `pages`",
            told.key("seen").place,
        )
    return place


def _words(node: Node, state: str) -> tuple[str, ...]:
    words = tuple(map(known_as, sequence(node, f"`{state}`").strings(f"`{state}`")))
    if GOES_ON in words:
        raise SourceError(
            f"`{GOES_ON}` alone would be the beginning of everything",
            node.place,
            hint=f"write how the words begin, like `Cancelled{GOES_ON}`",
        )
    return words


def _see_that_they_prove(spoken: Mapping, told: set[State]) -> None:
    """Without these, no order could be known to be open, or to be cancelled."""
    for enough, needed, why in (
        (OPEN, "`ordered`, `paid` or another open state", "no order could be known to be open"),
        ({State.CANCELLED}, "`cancelled`", "what a click did could never be read back"),
    ):
        if not enough & told:
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
