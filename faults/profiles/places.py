"""Mistakes in places: keys left out or swapped, selectors that read too much or too little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from faults.profiles.right import LOOKS, Right
from faults.profiles.slip import LEFT_OUT, Mistake, Path, Slip, found_at, places_of, slip

_COMMIT = ("pages", "cancel", "commit")
_ROWS = "rows"


def _left_out(right: Right) -> Iterator[Slip]:
    for at, place in places_of(right):
        if isinstance(at[-1], str):
            yield slip((at, LEFT_OUT))
        for key in ("name", "in", "goes_to", "sends", "asks"):
            if key in place:
                yield slip(((*at, key), LEFT_OUT))
    for key in ("order_number", "hosts"):
        yield slip(((key,), LEFT_OUT))
    for key in right.data["addresses"]:
        yield slip((("addresses", key), LEFT_OUT))
    for part in ("order", "cancel"):
        for key, value in right.data["pages"][part].items():
            if not (isinstance(value, dict) and LOOKS & value.keys()):
                yield slip((("pages", part, key), LEFT_OUT))


def _swapped(right: Right) -> Iterator[Slip]:
    for at, keys in _siblings(right):
        for one, other in pairwise(keys):
            yield slip(
                ((*at, one), found_at(right.data, (*at, other))),
                ((*at, other), found_at(right.data, (*at, one))),
            )


def _copied(right: Right) -> Iterator[Slip]:
    """The line above was copied, and its selector stayed."""
    for at, keys in _siblings(right):
        for one, other in pairwise(keys):
            yield slip(((*at, other), found_at(right.data, (*at, one))))
            yield slip(((*at, one), found_at(right.data, (*at, other))))


def _too_wide(right: Right) -> Iterator[Slip]:
    for at, place in places_of(right):
        if at == _COMMIT:
            continue
        for wider in _wider(place):
            yield slip((at, wider))


def _first_row_only(right: Right) -> Iterator[Slip]:
    for at, place in places_of(right):
        if at[-1] == _ROWS:
            css = place.get("css") or place["role"]
            yield slip((at, {"css": f"{css}:first-child"}))
            yield slip((at, {"css": f"{css}:first-of-type"}))
            yield slip((at, {"css": f"{css}:last-child"}))
            yield slip((at, {"css": f"{css}:nth-child(2)"}))


def _one_part_only(right: Right) -> Iterator[Slip]:
    """A part of what is to be read."""
    for at, place in places_of(right):
        css = place.get("css")
        if css and at[-1] != _ROWS:
            for more in (" *", ":first-child", ":last-child", " b"):
                yield slip((at, {**place, "css": css + more}))


def _reads_nothing(right: Right) -> Iterator[Slip]:
    for at, place in places_of(right):
        if "css" in place:
            yield slip((at, {**place, "css": _mistyped(place["css"])}))
        elif at != _COMMIT and isinstance(place.get("role"), str):
            other = "link" if place["role"] == "button" else "button"
            yield slip((at, {**place, "role": other}))
        for key in ("label", "placeholder"):
            if key in place:
                yield slip((at, {key: f"{place[key]}:"}))


def _another_region(right: Right) -> Iterator[Slip]:
    """Where it is looked for is another part of the page."""
    for at, place in places_of(right):
        if at[:2] in (("pages", "cancel"), ("pages", "order")) and at[-1] != "here":
            for region in ({"css": ".details"}, {"role": "dialog"}, {"css": "header"},
                           {"css": "form"}):  # fmt: skip
                yield slip((at, {**place, "in": region}))
    for region in ({"css": "main"}, {"css": "body"}, {"css": ".ways"}, {"css": "form"}):
        yield slip((("pages", "cancel", "here"), region))
        yield slip((("pages", "order", "here"), region))


def _taken_otherwise(right: Right) -> Iterator[Slip]:
    """What is taken of a place's text is too much, too little, or something else."""
    for at, place in places_of(right):
        if "css" not in place or at[-1] in (_ROWS, "here"):
            continue
        for key in ("match", "without"):
            if key in place:
                yield slip(((*at, key), LEFT_OUT))
        for pattern in (r"(\w+)", r"(\d)", r"(.+)\s", r"(.)$"):
            yield slip((at, {**place, "match": pattern}))
        yield slip((at, {**place, "without": "span"}))
        yield slip((at, {**place, "attribute": "class"}))
    yield from _summed_otherwise(right)


def _summed_otherwise(right: Right) -> Iterator[Slip]:
    lines = ("pages", "order", "lines")
    told = right.data["pages"]["order"].get("lines", {})
    for key, other in (("priced", "line"), ("priced", "each"), ("counted", "lines"),
                       ("counted", "pieces")):  # fmt: skip
        if told.get(key, other) != other:
            yield slip(((*lines, key), other))
    for key in ("subtotal", "count", "priced", "counted", "complete"):
        if key in told:
            yield slip(((*lines, key), LEFT_OUT))


def _siblings(right: Right) -> Iterator[tuple[Path, list[str]]]:
    """Keys of one mapping that are places, in their order."""
    groups: dict[Path, list[str]] = {}
    for at, _ in places_of(right):
        if isinstance(at[-1], str) and at != _COMMIT:
            groups.setdefault(at[:-1], []).append(at[-1])
    for at, keys in groups.items():
        if len(keys) > 1:
            yield at, keys


def _wider(place: dict[str, Any]) -> Iterator[dict[str, Any]]:
    css = place.get("css")
    if css is None:
        if "name" in place:
            yield {key: value for key, value in place.items() if key != "name"}
        if place.get("role") in ("dialog", "status", "heading"):
            yield {"css": "main"}
            yield {"css": "body"}
        return
    *before, last = re.split(r"\s+>\s+|\s+", css)
    if before:
        yield {"css": " ".join(before)}
        yield {"css": last}
    tag, _, classes = last.partition(".")
    if tag and classes:
        yield {"css": tag}
    if classes.count("."):
        yield {"css": f".{classes.partition('.')[0]}"}
    yield {"css": "p"}
    yield {"css": "td"}
    yield {"css": "[class]"}


def _mistyped(css: str) -> str:
    letters = [at for at, letter in enumerate(css) if letter.isalpha()]
    at = letters[-1]
    return css[:at] + css[at + 1 :] if len(letters) > 1 else f"{css}{css}"


KINDS = (
    Mistake("key left out", "one key of the profile is missing", _left_out),
    Mistake("keys swapped", "two neighbouring keys have each other's places", _swapped),
    Mistake("key copied", "a key has the place of its neighbour", _copied),
    Mistake("reads too much", "a selector matches more than it should", _too_wide),
    Mistake("first row only", "the rows are one row", _first_row_only),
    Mistake("reads a part", "a selector matches a part, or one place of several", _one_part_only),
    Mistake("reads nothing", "a selector, role or label has a slip of the pen", _reads_nothing),
    Mistake(
        "taken otherwise",
        "`match`, `without`, `attribute`, or what the sums count is wrong",
        _taken_otherwise,
    ),
    Mistake("another region", "it is looked for in another part of the page", _another_region),
)
