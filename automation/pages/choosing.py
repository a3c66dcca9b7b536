"""Choosing from what a page offers, by the exact words."""

from __future__ import annotations

from playwright.sync_api import Locator

from automation.pages.spots import Spot
from automation.pages.values import folded


class NotOffered(Exception):  # noqa: N818 (a fact about the page, judged by whoever asked)
    """What was to be chosen is not among what the page offers."""

    def __init__(self, asked: str, offered: tuple[str, ...]) -> None:
        super().__init__(f"{asked} is not among {', '.join(offered)}")
        self.asked = asked
        self.offered = offered


class NoWay(Exception):  # noqa: N818 (a fact about the page, judged by whoever asked)
    """The page does not offer what leads on; *spot* is what was looked for."""

    def __init__(self, spot: Spot) -> None:
        super().__init__(f"the page does not offer {spot}")
        self.spot = spot


# Waits until it is painted there: who looks on sees where something happens before it does.
_INTO_VIEW = """
(element) => new Promise((done) => {
  element.scrollIntoView({ block: "center" });
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(done, 250);
})
"""


def bring_into_view(element: Locator) -> None:
    """Scroll to what is about to be filled in, as a shopper must. A click does so by itself."""
    element.evaluate(_INTO_VIEW)


def tick(box: Locator, *, ticked: bool) -> None:
    """Click a checkbox until it is *ticked*, or is not, twice at most.

    What comes over a page between the pointer's going down and its going up takes the click. Not
    `set_checked`, which judges what became of it: the selection is read back.
    """
    for _ in range(2):
        if box.is_checked() is ticked:
            return
        box.click()


def choose(select: Locator, label: str) -> None:
    """Choose the option that reads exactly so; `NotOffered` if there is none."""
    texts = [folded(text) for text in select.locator("option").all_inner_texts()]
    if folded(label) not in texts:
        raise NotOffered(label, tuple(texts[1:]))
    bring_into_view(select)
    select.select_option(index=texts.index(folded(label)))
