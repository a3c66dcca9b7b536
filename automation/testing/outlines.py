"""Approved outlines: what a page says and in which order, as a reader of the screen hears it."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page


class Outlines:
    """The approved outlines of one test file."""

    def __init__(self, folder: Path, *, approve: bool) -> None:
        self._folder = folder
        self._approve = approve

    def __call__(self, seen: Page | Locator, name: str) -> None:
        """Fail unless the outline of a page, or of a part of it, is the approved one."""
        __tracebackhide__ = True
        now = outline_of(seen)
        path = self._folder / f"{name}.yaml"
        if self._approve:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(now, "utf-8")
            return
        shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        if not path.is_file():
            pytest.fail(
                f"no outline is approved as `{shown}`; the page's is\n\n{now}\n"
                "hint: --update-outlines approves it",
                pytrace=False,
            )
        approved = path.read_text("utf-8")
        if approved != now:
            pytest.fail(
                f"the page's outline is not the approved one\n\n"
                f"{_difference(approved, now, str(shown))}\n\n"
                "hint: if it is meant to read so, --update-outlines approves it",
                pytrace=False,
            )


def outline_of(seen: Page | Locator) -> str:
    """The accessibility outline of a page, or of a part of it."""
    part = seen.locator("body") if isinstance(seen, Page) else seen
    return "".join(f"{line}\n" for line in without_addresses(part.aria_snapshot()))


def without_addresses(outline: str) -> list[str]:
    """The lines of an outline that say something: addresses hold tokens, never the same twice."""
    lines = [line for line in outline.splitlines() if not line.lstrip().startswith("- /url:")]
    return [_closed(line, after) for line, after in zip(lines, [*lines[1:], ""], strict=True)]


def _closed(line: str, after: str) -> str:
    """A line without the colon that announced nothing but an address."""
    if line.endswith(":") and _depth(after) <= _depth(line):
        return line.removesuffix(":")
    return line


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _difference(approved: str, now: str, name: str) -> str:
    return "\n".join(
        unified_diff(
            approved.splitlines(), now.splitlines(), f"{name} (approved)", "now", n=2, lineterm=""
        )
    )
