"""By what a page is known, so that it can be told when something of it has moved."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from automation.pages.base import CommittingPage, PageObject
from automation.pages.regions import Field, read_rows
from automation.pages.values import folded

# What tells one element from others, as a person who repairs a page object would look for it.
_DESCRIBED = """element => {
  const own = [element.tagName.toLowerCase()];
  if (element.id) own.push("#" + element.id);
  if (element.getAttribute("role")) own.push("[role=" + element.getAttribute("role") + "]");
  return own.join("");
}"""


@dataclass(frozen=True)
class Landmarks:
    """What was seen of one page; "" for what it does not have."""

    address: str  # its path, with numbers blanked
    heading: str
    landmark: str  # the element by which it is recognised
    control: str = ""  # the element whose click cannot be undone
    wording: str = ""  # what that element says


def landmarks_of(page: PageObject, mask: Callable[[str], str]) -> Landmarks:
    """By what this page is known. Raises a Playwright `Error` where it is not there.

    *mask* hides what opens something to whoever has it; it changes from order to order.
    """
    recognised = page.arrived().filter(visible=True).first
    head = read_rows(page.page.locator("body"), heading=Field("h1, h2"))[0]
    control = page.control() if isinstance(page, CommittingPage) else None
    return Landmarks(
        address=re.sub(r"\d+", "#", mask(urlsplit(page.page.url).path)),
        heading=re.sub(r"\d+", "#", folded(head["heading"])),
        landmark=recognised.evaluate(_DESCRIBED),
        control=control.evaluate(_DESCRIBED) if control else "",
        wording=folded(control.inner_text()) if control else "",
    )
