"""What a store lays over its pages without being asked: banners, offers, surveys."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Playwright

# Finds an element itself if a pointer at its middle would meet it, or something inside it; or only
# if it could be pressed then. As an engine it runs apart from the page's own scripts, where
# Playwright looks for elements anyway; for `Locator.evaluate` it would first bring all its own
# among those scripts, which takes 20 ms.
_MET = "unorder-met"
_ENABLED = ":not(:disabled, [aria-disabled=true])"
_ENGINE = """{
  queryAll(element, how) {
    element.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
    const box = element.getBoundingClientRect();
    const met = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const off = element.closest(":disabled, [aria-disabled=true]");
    const ready = box.width > 0 && box.height > 0 && !off
      && element.checkVisibility({visibilityProperty: true});
    return element.contains(met) && (how !== "pressable" || ready) ? [element] : [];
  },
  query(element, how) { return this.queryAll(element, how)[0]; },
}"""


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


def teach_what_is_met(playwright: Playwright) -> None:
    """Let this module look in the pages of this Playwright. Once for each."""
    playwright.selectors.register(_MET, _ENGINE, content_script=True)


def is_covered(element: Locator) -> bool:
    """Whether something lies over the middle of this element."""
    return element.locator(f"{_MET}=itself").count() == 0


def is_pressable(element: Locator) -> bool:
    """Whether this element is one, shown, enabled and not covered; what is not sure is denied."""
    return element.count() == 1 and element.locator(f"{_MET}=pressable").count() == 1


def is_under_the_pointer(element: Locator) -> bool:
    """Whether the pointer is over this element and would press it, and not another."""
    return element.and_(element.page.locator(f":hover{_ENABLED}")).count() == 1


def wait_until_enabled(element: Locator) -> None:
    """Wait, as long as an action may take, until this element is there and enabled."""
    element.and_(element.page.locator(_ENABLED)).wait_for()
