"""Naming what lies over an element, so that a person can find it and a profile can close it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser

from playwright.sync_api import Error, Locator, Page

from automation.pages.values import folded

# From what a pointer meets up to the last element that the one meant is not a part of.
_LIES_OVER = """element => {
  const box = element.getBoundingClientRect();
  let met = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (!met || element.contains(met)) return "";
  while (met.parentElement && !met.parentElement.contains(element)) met = met.parentElement;
  return met.cloneNode(false).outerHTML;
}"""
# What Playwright says of a click that something else would have taken.
_TAKES_IT = " intercepts pointer events"
_WORDS = 60  # characters of what an overlay says


@dataclass(frozen=True)
class Overlay:
    """What lies over an element. *name* is a selector, *words* the first line that it shows."""

    name: str
    words: str

    def __str__(self) -> str:
        return f"`{self.name}`" + (f" (“{self.words}”)" if self.words else "")


def overlay_on(page: Page, name: str) -> Overlay:
    """The overlay of this selector, with what it says."""
    words = ""
    with suppress(Error):  # a name that does not find it is better than none
        words = page.locator(name).first.inner_text()
    first = next(filter(None, map(folded, words.splitlines())), "")
    return Overlay(name, first if len(first) <= _WORDS else f"{first[:_WORDS].rstrip()}…")


def overlay_over(element: Locator) -> Overlay | None:
    """What lies over the middle of this element, if anything does that can be named."""
    with suppress(Error):
        tag = element.evaluate(_LIES_OVER)
        return overlay_on(element.page, _name_in(tag)) if tag else None
    return None


def overlay_in(problem: Error, page: Page) -> Overlay | None:
    """What took a click, by what Playwright says of it; `None` where nothing did."""
    taken = [line for line in problem.message.splitlines() if line.endswith(_TAKES_IT)]
    if not taken:
        return None
    _, _, outermost = taken[-1].rpartition(" from <")  # what was met is a part of that
    return overlay_on(page, _name_in(f"<{outermost}" if outermost else taken[-1]))


class _FirstTag(HTMLParser):
    """Reads the first start tag of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {key: value for key, value in attrs if value}
        if self.name:
            return
        self.name = tag
        if "id" in own:
            self.name += f"#{own['id']}"
        elif "class" in own:
            self.name += f".{own['class'].split()[0]}"
        elif "role" in own:
            self.name += f"[role={own['role']}]"


def _name_in(html: str) -> str:
    """A selector for the first element of this text, as short as one would write it."""
    reader = _FirstTag()
    reader.feed(html)
    return reader.name or "element"
