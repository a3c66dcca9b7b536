"""Patterns that a profile says: each is tried before it is used, and none may take for ever."""

from __future__ import annotations

import re

from automation.source import Scalar, SourceError

# Python tries a pattern in every way that there is. These have few.
_REPEATED_GROUP = re.compile(r"\)\s*[*+{]")
_VARIABLE = re.compile(r"[*+]|(?<!\()\?|\{\d*,\d*\}")
_MOST_VARIABLE = 3


def read_pattern(node: Scalar) -> str:
    """The pattern that is written there. `SourceError` for none, and for one that may not end."""
    _compiled(node)
    return node.text


def read_group(node: Scalar) -> str:
    """The same, for a pattern with just one group, which is what it reads."""
    groups = _compiled(node).groups
    if groups != 1:
        raise SourceError(
            f"this pattern has {'no group' if not groups else f'{groups} groups'}, "
            "and is to have one",
            node.place,
            hint="put in round brackets what is to be read, and nothing else: 'of (\\d+)'; "
            "brackets that begin with `(?:` only hold together",
        )
    return node.text


def _compiled(node: Scalar) -> re.Pattern[str]:
    try:
        made = re.compile(node.text)
    except (re.error, OverflowError, RecursionError) as problem:
        raise SourceError(f"this is not a pattern: {problem}", node.place) from None
    if len(_VARIABLE.findall(node.text)) > _MOST_VARIABLE or _REPEATED_GROUP.search(node.text):
        raise SourceError(
            "this pattern could take very long to try",
            node.place,
            hint="repeat no group, and give few parts a length that varies",
        )
    return made
