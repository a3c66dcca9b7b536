"""A slip: one mistake in a profile, told as the key, what it was before and what it is after."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from faults.profiles.right import LOOKS, Right

Path = tuple[str | int, ...]
LEFT_OUT = "(left out)"


@dataclass(frozen=True)
class Change:
    """One value of a profile that becomes another; `LEFT_OUT` takes its key away."""

    at: Path
    after: Any


@dataclass(frozen=True)
class Slip:
    """The changes that make one mistake. *state* is the order's state that it is about, if any."""

    changes: tuple[Change, ...]
    state: str = ""

    def made_in(self, right: Right) -> dict[str, Any]:
        """A copy of the profile with this mistake."""
        data = copy.deepcopy(right.data)
        for change in self.changes:
            _put(data, change.at, copy.deepcopy(change.after))
        return data

    def told(self, right: Right) -> str:
        """Key, before and after, in a line."""
        return "; ".join(
            f"{named(change.at)}: {_line(found_at(right.data, change.at))} → {_line(change.after)}"
            for change in self.changes
        )


@dataclass(frozen=True, eq=False)
class Mistake:
    """A kind of mistake: what it is called, and each way to make it in a right profile."""

    name: str
    sentence: str
    slips: Callable[[Right], Iterator[Slip]]


def slip(*changes: tuple[Path, Any], state: str = "") -> Slip:
    return Slip(tuple(Change(at, after) for at, after in changes), state)


def named(at: Path) -> str:
    """The key as a person would name it: `pages.order.lines.rows`, `pages.cancel.opens[0]`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at)
    return text.removeprefix(".")


def found_at(data: Any, at: Path) -> Any:
    """What the profile holds there; `LEFT_OUT` where it says nothing."""
    for step in at:
        if isinstance(step, int):
            if not isinstance(data, list) or step >= len(data):
                return LEFT_OUT
            data = data[step]
        elif not isinstance(data, dict) or step not in data:
            return LEFT_OUT
        else:
            data = data[step]
    return data


def places(data: Any, at: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each place on a page that the profile names, with its key; not those of `in`."""
    if isinstance(data, list):
        for number, each in enumerate(data):
            yield from places(each, (*at, number))
    elif isinstance(data, dict) and LOOKS & data.keys():
        yield at, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*at, key))


def places_of(right: Right) -> list[tuple[Path, dict[str, Any]]]:
    """Each place of the profile's pages."""
    return list(places(right.data["pages"], ("pages",)))


def _put(data: Any, at: Path, after: Any) -> None:
    *way, last = at
    for step in way:
        data = data.setdefault(step, {}) if isinstance(step, str) else data[step]
    if after == LEFT_OUT:
        del data[last]
    elif isinstance(last, int) and last == len(data):
        data.append(after)
    else:
        data[last] = after


def yaml_text(value: Any, **how: Any) -> str:
    """As a person would write it: what is said twice is written twice."""
    text: str = yaml.dump(value, Dumper=_Plain, sort_keys=False, allow_unicode=True, **how)
    return text


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _line(value: Any) -> str:
    if isinstance(value, str):
        return f"`{value}`" if value != LEFT_OUT else value
    text = yaml_text(value, default_flow_style=True, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...")
