"""Reading repeated parts of a page in one round trip, by what a shopper can see of them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from playwright.sync_api import Locator

from automation.pages.values import folded


@dataclass(frozen=True)
class Field:
    """Where a text stands: *selector* inside the row, or inside the row's *ancestor*.

    The first that is visible, or the *last*: a sum stands below what it sums up. Or *every* one
    of them, a line each.
    """

    selector: str
    ancestor: str | None = None
    last: bool = False
    every: bool = False


# Hidden text is never read: stores keep error alerts and bait in the page for good.
_READ_ROWS = r"""
(rows, fields) => rows.filter(row => row.checkVisibility()).map(row => {
  const read = ({selector, ancestor, last, every}) => {
    const root = ancestor ? row.closest(ancestor) : row;
    const texts = [...(root ? root.querySelectorAll(selector) : [])]
      .filter(element => element.checkVisibility())
      .map(element => element.innerText.trim())
      .filter(Boolean);
    if (every) return texts.map(text => text.replace(/\s+/g, " ")).join("\n");
    return texts.at(last ? -1 : 0) ?? "";
  };
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, read(field)]));
})
"""


def lines_of(block: Locator) -> str:
    """The text of a block on one line, with a dot where a line ended."""
    return " · ".join(filter(None, map(folded, block.inner_text().splitlines())))


def count_in(text: str, *, default: int) -> int:
    """The number in a text such as `Qty 2` or `37 orders`."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else default


def read_rows(rows: Locator, **fields: Field) -> list[dict[str, str]]:
    """The visible text of each field in each visible row; `""` where a row lacks it."""
    wanted = {name: asdict(field) for name, field in fields.items()}
    read: list[dict[str, str]] = rows.evaluate_all(_READ_ROWS, wanted)
    return read
