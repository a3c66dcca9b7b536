"""Reading repeated parts of a page in one round trip, by what a shopper can see of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from playwright.sync_api import Locator, Page

from automation.pages.values import folded, well_formed


@dataclass(frozen=True)
class Field:
    """Where a text stands: *selector* inside the row, or inside the row's *ancestor*.

    A choice says what is chosen, and a checkbox `ticked` or `not ticked`. It is the first one that
    is visible, or the *last*: a sum stands below what it sums up. Or *every* one, a line each.
    """

    selector: str
    ancestor: str | None = None
    last: bool = False
    every: bool = False


@dataclass(frozen=True)
class Block:
    """The texts of a block by the names of their fields, and those of each row in it."""

    own: dict[str, str]
    rows: list[dict[str, str]]


# Hidden text is never read: stores keep error alerts and bait in the page for good. An element that
# styles leave without a box of its own is seen where something in it is.
_READ = r"""
const drawn = text => {
  const range = document.createRange();
  range.selectNode(text);
  return range.getClientRects().length > 0;
};
const seen = element => element.checkVisibility()
  || getComputedStyle(element).display === "contents"
    && [...element.childNodes].some(node =>
      node instanceof Element ? seen(node) : node instanceof Text && drawn(node));
const text = element => {
  if (element.type === "checkbox") return element.checked ? "ticked" : "not ticked";
  if (element.selectedOptions) return [...element.selectedOptions].map(one => one.text).join("\n");
  return element.innerText;
};
const read = (row, fields) => Object.fromEntries(Object.entries(fields).map(
  ([name, {selector, ancestor, last, every}]) => {
    const root = ancestor ? row.closest(ancestor) : row;
    const texts = [...(root ? root.querySelectorAll(selector) : [])]
      .filter(seen)
      .map(element => text(element).trim())
      .filter(Boolean);
    if (every) return [name, texts.map(text => text.replace(/\s+/g, " ")).join("\n")];
    return [name, texts.at(last ? -1 : 0) ?? ""];
  }));
"""
_READ_ROWS = (
    f"(rows, fields) => {{ {_READ} return rows.filter(seen).map(row => read(row, fields)) }}"
)
_READ_BLOCKS = f"""({{blocks, own, rows, each}}) => {{ {_READ}
  return [...document.querySelectorAll(blocks)].filter(seen).map(block => ({{
    own: read(block, own),
    rows: [...block.querySelectorAll(rows)].filter(seen).map(row => read(row, each)),
  }})) }}"""


def lines_of(block: Locator) -> str:
    """The text of a block on one line, with a dot where a line ended."""
    return " · ".join(filter(None, map(folded, block.inner_text().splitlines())))


def count_in(text: str, *, default: int) -> int:
    """The number in a text such as `Qty 2` or `37 orders`."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else default


def read_rows(rows: Locator, **fields: Field) -> list[dict[str, str]]:
    """The visible text of each field in each visible row; `""` where a row lacks it."""
    return [_well_formed(row) for row in rows.evaluate_all(_READ_ROWS, _as_data(fields))]


def read_blocks(
    page: Page, blocks: str, *, own: Mapping[str, Field], rows: str, each: Mapping[str, Field]
) -> list[Block]:
    """Each visible block: the texts of its *own* fields, and *each* field of its *rows*.

    *blocks* and *rows* are CSS selectors. Not by locators: for each page, Playwright would first
    bring its own engine into the world of the page's scripts, which costs more than all the rest.
    """
    wanted = {"blocks": blocks, "own": _as_data(own), "rows": rows, "each": _as_data(each)}
    return [
        Block(_well_formed(read["own"]), [_well_formed(row) for row in read["rows"]])
        for read in page.evaluate(_READ_BLOCKS, wanted)
    ]


def _as_data(fields: Mapping[str, Field]) -> dict[str, dict[str, object]]:
    return {name: asdict(field) for name, field in fields.items()}


def _well_formed(texts: dict[str, str]) -> dict[str, str]:
    return {name: well_formed(text) for name, text in texts.items()}
