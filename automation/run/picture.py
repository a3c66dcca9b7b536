"""Taking a picture of what a page shows, with what is personal covered.

By the browser's own protocol, coded for speed: `Page.screenshot` takes three times as long, since
Playwright looks for what it covers by its engine and the browser then codes for size.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Error, Page

from automation.run.masking import TEXTS_OF

_TRIES = 3
PATIENCE = 5_000  # milliseconds: a picture is never worth more

_EXACTLY: dict[str, Any] = {"animations": "disabled", "scale": "css", "timeout": PATIENCE}
_PANE = "unorder-cover"
_BOXES = """
  const found = root => [...root.querySelectorAll("*")].flatMap(element => [
    ...(element.matches(personal) ? [element] : []),
    ...(element.shadowRoot ? found(element.shadowRoot) : []),
  ]);
  const owned = personal ? found(document) : [];
  const boxes = owned.map(element => {
    const {x, y, width, height} = element.getBoundingClientRect();
    return [x, y, width, height];
  });
"""
# Not by a style sheet, which a page's own may outdo. The pane is a popover, since dialogs lie over
# everything else, and what it holds is out of reach of the page's styles.
_COVER = f"""({{pane, personal, color}}) => {{ {_BOXES}
  const over = document.createElement(pane);
  over.popover = "manual";
  over.style.cssText = `all: initial !important; position: fixed !important;
    inset: 0 !important; display: block !important; pointer-events: none !important`;
  const inside = over.attachShadow({{mode: "closed"}});
  for (const [x, y, width, height] of boxes) {{
    const chip = document.createElement("div");
    chip.style.cssText = `position: fixed; left: ${{x}}px; top: ${{y}}px;
      width: ${{width}}px; height: ${{height}}px; background: ${{color}}`;
    inside.append(chip);
  }}
  document.documentElement.append(over);
  over.showPopover();
  return {{boxes, says: {TEXTS_OF}(owned)}};
}}"""
_UNCOVER = f"""({{pane, personal}}) => {{ {_BOXES}
  const over = document.querySelector(pane);
  over?.remove();
  return over && boxes;
}}"""


class NotStill(Exception):  # noqa: N818 (what was seen of the page)
    """What is to be covered did not stay where it was while the picture was taken."""

    def __init__(self) -> None:
        super().__init__("the page did not hold still")


@dataclass(frozen=True)
class Picture:
    """A PNG, and the texts by which the elements that are covered on it say something."""

    png: bytes
    says: list[str]


class Pictures:
    """Takes pictures of pages, each over a connection to it that is opened once."""

    def __init__(self) -> None:
        self._sessions: dict[Page, CDPSession | None] = {}

    def take(self, page: Page, personal: str, color: str) -> Picture:
        """The viewport, in CSS pixels; what the selector *personal* finds is covered.

        The viewport only: a whole page's picture resizes it under an open menu. `NotStill` where it
        cannot be sure that all was covered; a Playwright `Error` where there is no page any more.
        """
        session = self._session(page)
        if session is None:
            mask = [page.locator(personal)] if personal else []
            says = [text for covered in mask for text in covered.evaluate_all(TEXTS_OF)]
            return Picture(page.screenshot(mask=mask, mask_color=color, **_EXACTLY), says)
        for _ in range(_TRIES):
            picture = _taken(page, session, personal, color)
            if picture:
                return picture
        raise NotStill

    def _session(self, page: Page) -> CDPSession | None:
        if page not in self._sessions:
            self._sessions[page] = None
            with suppress(Error):  # another engine has none
                self._sessions[page] = page.context.new_cdp_session(page)
        return self._sessions[page]


def take_for_a_film(page: Page) -> bytes:
    """The same of a page that covers itself, as its frames show it: no caret, nothing moving."""
    return page.screenshot(**_EXACTLY)


def _taken(page: Page, session: CDPSession, personal: str, color: str) -> Picture | None:
    asked = {"format": "png", "optimizeForSpeed": True}
    covered = page.evaluate(_COVER, {"pane": _PANE, "personal": personal, "color": color})
    try:
        shown = session.send("Page.captureScreenshot", asked)
    finally:
        still = page.evaluate(_UNCOVER, {"pane": _PANE, "personal": personal})
    if still != covered["boxes"]:
        return None
    return Picture(base64.b64decode(shown["data"]), covered["says"])
