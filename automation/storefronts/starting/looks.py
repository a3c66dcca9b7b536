"""From an element that a person pointed at to the best way to find it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Locator, Page

from automation.errors import InputError
from automation.pages.spots import By, Look, locate
from automation.pages.values import folded
from automation.storefronts.place_reading import ROLES

# What its outline says of an element: its role, and its name in quotes.
_OUTLINE = re.compile(r'- ([a-z]+)(?: "((?:[^"\\]|\\.)*)")?')
_FACTS = """element => {
  const tidy = (name) => name && !/\\d{2,}/.test(name);
  const chain = [];
  for (let one = element; one && one !== document.body; one = one.parentElement) {
    if (chain.length === 4) break;
    const own = [];
    if (tidy(one.id)) own.push("#" + CSS.escape(one.id));
    for (const name of one.classList) if (tidy(name)) own.push("." + CSS.escape(name));
    chain.push({tag: one.tagName.toLowerCase(), own});
  }
  return {
    label: element.labels?.[0]?.innerText ?? "",
    placeholder: element.getAttribute("placeholder") ?? "",
    chain,
  };
}"""
# The nearest part of a list that holds the element: by what it is, else by having others like it.
_ROW = """element => {
  const alike = (one) => [...(one.parentElement?.children ?? [])].filter(
    (other) => other.tagName === one.tagName && other.className === one.className);
  let row = element.closest("tr, article, [role=row], [role=listitem], li");
  for (let one = element; !row && one && one !== document.body; one = one.parentElement) {
    if (one.tagName === "DIV" && alike(one).length > 1) row = one;
  }
  if (!row) return "";
  const shared = [...row.classList].filter((name) => !/\\d/.test(name) &&
    alike(row).every((other) => other.classList.contains(name)));
  const css = row.tagName.toLowerCase() + shared.map((name) => "." + CSS.escape(name)).join("");
  return css === "tr" ? "tbody tr" : css;
}"""


def look_for(element: Locator, root: Page | Locator, number: str = "") -> Look:
    """The first way, of those that a person would prefer, that finds it and nothing else in *root*.

    *number* is that of the order which is looked at: it becomes `{order}` in a name.
    """
    return _first(element, root, number, (*_by_name(element, number), *_by_structure(element)))


def look_for_text(element: Locator, root: Page | Locator) -> Look:
    """The same for what is read: its own words say nothing of where the next order has them."""
    return _first(element, root, "", tuple(_by_structure(element)))


def _first(element: Locator, root: Page | Locator, number: str, looks: tuple[Look, ...]) -> Look:
    for look in looks:
        found = locate(root, look, order=number)
        if found.count() == 1 and _same(found, element):
            return look
    raise InputError(
        "what was pointed at cannot be told from others",
        hint="point at something round it, or write the profile by hand: docs/new-storefront.md",
    )


def role_and_name(element: Locator, number: str = "") -> tuple[str, str]:
    """What an element is, and what it is called."""
    found = _OUTLINE.match(element.aria_snapshot())
    role, name = (found[1], found[2] or "") if found else ("", "")
    return role, with_order(name.replace('\\"', '"'), number)


def rows_of(element: Locator) -> str:
    """A selector for the rows of the list that the element stands in; "" if it is in none."""
    rows: str = element.evaluate(_ROW)
    return rows


def _by_name(element: Locator, number: str) -> Iterator[Look]:
    facts: dict[str, Any] = element.evaluate(_FACTS)
    if facts["label"]:
        yield Look(By.LABEL, words=(folded(facts["label"]),))
    if facts["placeholder"]:
        yield Look(By.PLACEHOLDER, words=(facts["placeholder"],))
    role, name = role_and_name(element, number)
    if role in ROLES and name:
        yield Look(By.ROLE, role, (name,))
        for around in facts["chain"][1:]:  # the same name twice: the one inside what holds it
            for selector in around["own"]:
                yield Look(By.ROLE, role, (name,), Look(By.CSS, words=(selector,)))


def _by_structure(element: Locator) -> Iterator[Look]:
    own, *outer = element.evaluate(_FACTS)["chain"]
    for selector in own["own"]:
        yield Look(By.CSS, words=(selector,))
    for around in outer:
        for selector in around["own"]:
            yield Look(By.CSS, words=(f"{selector} {own['tag']}",))
    yield Look(By.CSS, words=(own["tag"],))


def with_order(name: str, number: str) -> str:
    """*name* for whichever order; a longer number that holds this one stays."""
    return re.sub(rf"(?<!\d){re.escape(number)}(?!\d)", "{order}", name) if number else name


def _same(found: Locator, element: Locator) -> bool:
    same: bool = found.evaluate("(one, other) => one === other", element.element_handle())
    return same
