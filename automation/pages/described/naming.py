"""What of a page names an order by its number, whether or not the profile finds it there."""

from __future__ import annotations

from typing import cast

from playwright.sync_api import Page

from automation.pages.values import folded

# The name of the first control whose text or address holds the number as a word of its own.
_NAMES = r"""number => {
  const own = new RegExp("(?<![\\w-])" + number.replace(/[^\w]/g, "\\$&") + "(?![\\w-])");
  const told = one => decodeURI(one.getAttribute("href") ?? "");
  const name = one => (one.getAttribute("aria-label") || one.innerText || "").trim();
  const found = [...document.querySelectorAll("a[href], button, [role=button], [role=link]")]
    .find(one => one.checkVisibility({visibilityProperty: true})
      && (own.test(name(one)) || own.test(told(one))));
  return found ? name(found) || told(found) : "";
}"""


def control_naming(page: Page, number: str) -> str | None:
    """The name of a link or button that is about the order of this *number*, if there is one."""
    found = cast("str", page.evaluate(_NAMES, number))
    return folded(found) or None
