"""Reading a page's accessibility outline: the part of it that matters, and what it names.

An outline is masked before it comes here, so nothing personal can be quoted from it.
"""

from __future__ import annotations

import re

# What stands on every page of a store and says nothing of this one.
_ALWAYS_THERE = ("banner", "navigation", "contentinfo", "search", "complementary")
_ASKS = ("dialog", "alertdialog")
_LINE = re.compile(r'^(?P<indent>\s*)- (?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?')
# The roles that a label names.
FIELDS = ("textbox", "searchbox", "combobox", "listbox", "spinbutton", "checkbox", "radio",
          "slider", "switch")  # fmt: skip


def what_matters(outline: str) -> list[str]:
    """The lines of an open dialog, else of the page's own content, without its menus."""
    lines = outline.splitlines()
    for roles in (_ASKS, ("main",)):
        block = _first_block(lines, roles)
        if block:
            return _without(block, _ALWAYS_THERE) or block
    return _without_a_first_menu(_without(lines, _ALWAYS_THERE)) or lines


def named(lines: list[str], *roles: str) -> list[str]:
    """The names of all that has one of these roles, each once, as they stand on the page."""
    found = (_LINE.match(line) for line in lines)
    return list(dict.fromkeys(
        one["name"].replace('\\"', '"') for one in found if one and one["role"] in roles
        and one["name"]
    ))  # fmt: skip


def _first_block(lines: list[str], roles: tuple[str, ...]) -> list[str]:
    for at, line in enumerate(lines):
        if _role(line) in roles:
            return _block(lines, at)
    return []


def _block(lines: list[str], at: int) -> list[str]:
    """The line there and all that is in it, moved to the left."""
    indent = _indent(lines[at])
    end = next(
        (later for later in range(at + 1, len(lines)) if _indent(lines[later]) <= indent),
        len(lines),
    )
    return [line[indent:] for line in lines[at:end]]


def _without(lines: list[str], roles: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _role(lines[at]) in roles:
            at += len(_block(lines, at))
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _without_a_first_menu(lines: list[str]) -> list[str]:
    """Without links and lists of links above the first heading, where it has one."""
    headings = [at for at, line in enumerate(lines) if _role(line) == "heading"]
    return lines[headings[0] :] if headings else lines


def _role(line: str) -> str:
    found = _LINE.match(line)
    return found["role"] if found else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
