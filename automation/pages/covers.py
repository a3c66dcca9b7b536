"""What a store lays over its pages without being asked: banners, offers, surveys."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

# Something lies over an element where a pointer at its middle would meet another one.
_LIES_OVER = """
element => {
  element.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
  const box = element.getBoundingClientRect();
  const met = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !element.contains(met);
}
"""


@dataclass(frozen=True)
class Cover:
    """How a cover is known, and what a shopper presses to be rid of it without agreeing."""

    seen: str  # selector
    close: str  # selector

    def shown(self, page: Page) -> Locator:
        return page.locator(self.seen).first

    def decline(self, page: Page) -> None:
        """Press it away."""
        page.locator(self.close).first.click()


COVERS = (
    Cover("#cookie_banner", "#cookie_banner .no"),
    Cover("#popup", "#popup .no"),
    Cover("#survey", "#survey .no"),
)


def is_covered(element: Locator) -> bool:
    """Whether something lies over the middle of this element."""
    covered: bool = element.evaluate(_LIES_OVER)
    return covered
