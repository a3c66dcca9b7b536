"""Reading repeated parts of a page in one round trip, by what a shopper can see of them."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator

from automation.pages.values import folded


@dataclass(frozen=True)
class Field:
    """Where a text stands: *selector* inside the row, or inside the row's *ancestor*."""

    selector: str
    ancestor: str | None = None


# Hidden text is never read: stores keep error alerts and bait in the page for good.
_READ_ROWS = """
(rows, fields) => rows.filter(row => row.checkVisibility()).map(row => {
  const read = ({selector, ancestor}) => {
    const root = ancestor ? row.closest(ancestor) : row;
    const found = root ? [...root.querySelectorAll(selector)] : [];
    const seen = found.find(element => element.checkVisibility());
    return seen ? seen.innerText.trim() : "";
  };
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, read(field)]));
})
"""


def lines_of(block: Locator) -> str:
    """The text of a block on one line, with a dot where a line ended."""
    return " · ".join(filter(None, map(folded, block.inner_text().splitlines())))


def read_rows(rows: Locator, **fields: Field) -> list[dict[str, str]]:
    """The visible text of each field in each visible row; `""` where a row lacks it."""
    wanted = {
        name: {"selector": field.selector, "ancestor": field.ancestor}
        for name, field in fields.items()
    }
    read: list[dict[str, str]] = rows.evaluate_all(_READ_ROWS, wanted)
    return read
