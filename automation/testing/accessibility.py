"""What axe finds on a page that keeps people from using it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from playwright.sync_api import Page


@dataclass(frozen=True)
class Violation:
    """One rule that a page breaks, and where."""

    rule: str
    impact: str
    help: str
    where: tuple[str, ...]
    more: str  # the rule's own page

    def __repr__(self) -> str:
        places = "".join(f"\n    {place}" for place in self.where)
        return f"{self.rule} ({self.impact}): {self.help}{places}\n    {self.more}"


def violations(page: Page, *, without: tuple[str, ...] = ()) -> list[Violation]:
    """The rules that a page breaks, but for those that are named; none is as it should be."""
    if find_spec("axe_playwright_python") is None:
        raise pytest.UsageError("`violations` needs axe\n\nhint: pip install 'unorder[axe]'")
    axe = import_module("axe_playwright_python.sync_playwright").Axe()  # an extra
    found: list[dict[str, Any]] = axe.run(page).response["violations"]
    return [
        Violation(
            rule=each["id"],
            impact=each["impact"],
            help=each["help"],
            where=tuple(" ".join(map(str, node["target"])) for node in each["nodes"]),
            more=each["helpUrl"],
        )
        for each in found
        if each["id"] not in without
    ]
