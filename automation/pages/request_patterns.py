"""Requests as a profile names them: a method, an address within the store, and fields that differ.

`{order}` is the order's number and `{id}` the store's own number of it; `{any}` is one part that
cannot be known, as `{key}` is one, `{rest}` all that follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

_PART = r"[^/?&#]+"
_FILLED = re.compile(r"(\{order\}|\{id\}|\{key\}|\{any\}|\{rest\})")

# The fields of a request's query and body, by name; `None` where its body cannot be read.
Fields = Mapping[str, tuple[str, ...]] | None


@dataclass(frozen=True)
class RequestPattern:
    """One request, or all that differ only in what is filled in."""

    method: str
    address: str  # from the store's root
    fields: tuple[tuple[str, str], ...] = ()  # what its query or body must say

    def __str__(self) -> str:
        said = " with " + ", ".join(f"{name}={value}" for name, value in self.fields)
        return f"{self.method} {self.address}{said if self.fields else ''}"

    @property
    def names_the_order(self) -> bool:
        """Whether anything in it tells one order from another."""
        return self.names("order") or self.names("id")

    def names(self, fill: str) -> bool:
        """Whether it has `{fill}` somewhere."""
        values = [self.address, *(value for _, value in self.fields)]
        return any(f"{{{fill}}}" in value for value in values)

    @property
    def wildcard(self) -> str:
        """Its address as the browser's protocol writes patterns: `*` is anything."""
        parts = _FILLED.split(self.address)
        return "".join("*" if _FILLED.fullmatch(part) else re.sub(r"([*?\\])", r"\\\1", part)
                       for part in parts)  # fmt: skip

    def is_sent_to(
        self, address: str, *, order: str | None = None, number: str | None = None
    ) -> bool:
        """Whether it goes to this *address*, whatever its method and body.

        *order* and *number* fill in `{order}` and `{id}`: `None` means any, and "" that it is not
        known, so that no address is the right one.
        """
        pattern = _pattern(self.address, order, number)
        # A form that is sent by GET puts its fields behind the address that it names.
        return any(pattern.fullmatch(each) for each in (address, address.partition("?")[0]))

    def is_whole(self, address: str) -> bool:
        """Whether it names all of this *address*, query included."""
        return _pattern(self.address, None, None).fullmatch(address) is not None

    def agrees(
        self, fields: Fields, *, order: str | None = None, number: str | None = None
    ) -> bool | None:
        """Whether *fields* say what they must; `None` where they cannot be read."""
        if not self.fields:
            return True
        if fields is None:
            return None
        return all(
            fields.get(name) and all(_pattern(value, order, number).fullmatch(each)
                                     for each in fields[name])
            for name, value in self.fields
        )  # fmt: skip

    def allows(
        self,
        method: str,
        address: str,
        fields: Fields,
        *,
        order: str | None = None,
        number: str | None = None,
    ) -> bool:
        """Whether this is the request: what cannot be read is denied."""
        return (
            method == self.method
            and self.is_sent_to(address, order=order, number=number)
            and self.agrees(fields, order=order, number=number) is True
        )


def address_of(url: str) -> str:
    """The path and the query of an address, from the store's root."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@cache
def _pattern(text: str, order: str | None, number: str | None) -> re.Pattern[str]:
    filled = {
        "{order}": _one(order),
        "{id}": _one(number),
        "{key}": _PART,  # a wrong one opens nothing, and no message must hold the right one
        "{any}": _PART,
        "{rest}": ".*",
    }
    return re.compile("".join(filled.get(part, re.escape(part)) for part in _FILLED.split(text)))


def _one(known: str | None) -> str:
    if known is None:
        return _PART
    return re.escape(known) or "(?!)"
