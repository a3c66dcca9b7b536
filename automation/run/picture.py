"""Taking a picture of what a page shows, with what is personal covered.

By the browser's own protocol, coded for speed: `Page.screenshot` takes three times as long, since
Playwright looks for what it covers by its engine and the browser then codes for size.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import CDPSession, Error, Page

from automation.run.masking import OWNED, TOLD, Told

_TRIES = 3
_BUSY = "Unable to capture screenshot"  # so says a browser whose machine has too much to do
PATIENCE = 5_000  # milliseconds: a picture is never worth more

_PANE = "unorder-cover"
# Where what is personal is painted: what is inside of an element may lie outside of its box, and a
# text outside of both. Of a frame within the page only what its window shows; where its document
# cannot be read, or is not shown as large as it is, the whole of it.
_BOXES = r"""
  const boxOf = one => {
    const {left, top, right, bottom} = one.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const grown = ([left, top, right, bottom], by) => [left - by, top - by, right + by, bottom + by];
  const cut = (one, by) => [
    Math.max(one[0], by[0]), Math.max(one[1], by[1]),
    Math.min(one[2], by[2]), Math.min(one[3], by[3]),
  ];
  const visible = one => getComputedStyle(one).display === "contents"
    || one.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const written = text => {
    const parent = text.parentElement ?? text.getRootNode().host;
    if (!visible(parent)) return [];
    const style = getComputedStyle(parent), range = document.createRange();
    const shadow = style.textShadow.match(/-?[\d.]+(?=px)/g) ?? [];
    const clips = !/inline$|contents/.test(style.display)
      && [style.overflowX, style.overflowY].every(way => /hidden|auto|scroll/.test(way));
    range.selectNode(text);
    return [...range.getClientRects()]
      .map(({left, top, right, bottom}) => [left, top, right, bottom])
      .map(box => grown(box, 2 * shadow.reduce((sum, size) => sum + Math.abs(size), 0)))
      .map(box => clips ? cut(box, boxOf(parent)) : box);
  };
  // What style sheets write has no box that could be asked for.
  const overflowing = (one, [left, top, right, bottom]) => {
    const style = getComputedStyle(one), zoom = one.currentCSSZoom ?? 1;
    if (style.display === "list-item" && /^"/.test(style.listStyleType))
      return style.direction === "rtl"
        ? [left, top, innerWidth, bottom] : [0, top, right, bottom];
    if (style.overflow !== "visible"
      || !["::before", "::after"].some(part => /"/.test(getComputedStyle(one, part).content)))
      return [left, top, right, bottom];
    return [left, top, Math.max(right, left + zoom * one.scrollWidth),
      Math.max(bottom, top + zoom * one.scrollHeight)];
  };
  const lies = one => one.nodeName === "#text" ? written(one)
    : one.getBoundingClientRect && visible(one) ? [overflowing(one, boxOf(one))] : [];
  const outward = (view, box) => {
    const frame = view.frameElement;
    if (!frame) return box;
    const [left, top, right, bottom] = boxOf(frame), style = getComputedStyle(frame);
    const x = left + frame.clientLeft + parseFloat(style.paddingLeft);
    const y = top + frame.clientTop + parseFloat(style.paddingTop);
    const asLarge = Math.abs(right - left - frame.offsetWidth) < 1
      && Math.abs(bottom - top - frame.offsetHeight) < 1;
    return outward(frame.ownerDocument.defaultView, !asLarge ? boxOf(frame)
      : cut([box[0] + x, box[1] + y, box[2] + x, box[3] + y], boxOf(frame)));
  };
  const unread = !personal ? [] : roots
    .flatMap(root => [...root.querySelectorAll("iframe, frame, object, embed")])
    .filter(frame => !frame.contentDocument);
  const boxes = [...owned, ...unread].flatMap(one => {
    const own = overflowing(one, boxOf(one));
    const outside = within(one).slice(1).flatMap(lies).filter(box =>
      box[0] < own[0] || box[1] < own[1] || box[2] > own[2] || box[3] > own[3]);
    return [own, ...outside].filter(box => box[0] < box[2] && box[1] < box[3])
      .map(box => outward(one.ownerDocument.defaultView, box))
      .map(([left, top, right, bottom]) =>
        [Math.floor(left), Math.floor(top), Math.ceil(right), Math.ceil(bottom)]);
  });
"""
# Not by a style sheet, which a page's own may outdo. The pane is a popover, since dialogs lie over
# everything else, and what it holds is out of reach of the page's styles.
_COVER = f"""({{pane, personal, color}}) => {{ {OWNED} {TOLD} {_BOXES}
  const over = document.createElement(pane);
  over.popover = "manual";
  over.style.cssText = `all: initial !important; position: fixed !important;
    inset: 0 !important; display: block !important; pointer-events: none !important;
    zoom: ${{1 / (document.documentElement.currentCSSZoom ?? 1)}} !important`;
  const inside = over.attachShadow({{mode: "closed"}});
  for (const [left, top, right, bottom] of boxes) {{
    const chip = document.createElement("div");
    chip.style.cssText = `position: fixed; left: ${{left}}px; top: ${{top}}px;
      width: ${{right - left}}px; height: ${{bottom - top}}px; background: ${{color}}`;
    inside.append(chip);
  }}
  document.documentElement.append(over);
  over.showPopover();
  return {{boxes, told: told()}};
}}"""
_UNCOVER = f"""({{pane, personal}}) => {{ {OWNED} {_BOXES}
  const over = document.querySelector(pane);
  over?.remove();
  return over && boxes;
}}"""


class NotStill(Exception):  # noqa: N818 (what was seen of the page)
    """What is to be covered did not stay where it was while the picture was taken."""

    def __init__(self) -> None:
        super().__init__("the page did not hold still")


class Pictures:
    """Takes pictures of pages, each over a connection to it that is opened once.

    What they cover is told as soon as it is seen, so also where no picture comes of it.
    """

    def __init__(self, tell: Callable[[Told], None]) -> None:
        self._tell = tell
        self._sessions: dict[Page, CDPSession | None] = {}

    def take(self, page: Page, personal: str, color: str) -> bytes:
        """The viewport as PNG, in CSS pixels; what the selector *personal* finds is covered.

        The viewport only: a whole page's picture resizes it under an open menu. `NotStill` where it
        cannot be sure that all was covered; a Playwright `Error` where there is no page any more.
        """
        problem: Exception = NotStill()
        for _ in range(_TRIES):
            try:
                if png := self._taken(page, personal, color):
                    return png
            except Error as refused:
                if _BUSY not in refused.message:
                    raise
                problem = refused
        raise problem

    def _taken(self, page: Page, personal: str, color: str) -> bytes | None:
        session = self._session(page)
        covered = page.evaluate(_COVER, {"pane": _PANE, "personal": personal, "color": color})
        try:
            self._tell(Told(**covered["told"]))
            png = _shown(page, session)
        finally:
            still = page.evaluate(_UNCOVER, {"pane": _PANE, "personal": personal})
        return png if still == covered["boxes"] else None

    def _session(self, page: Page) -> CDPSession | None:
        if page not in self._sessions:
            self._sessions[page] = None
            with suppress(Error):  # another engine has none
                self._sessions[page] = page.context.new_cdp_session(page)
        return self._sessions[page]


def take_for_a_film(page: Page) -> bytes:
    """The same of a page that covers itself, as its frames show it: no caret, nothing moving."""
    return page.screenshot(animations="disabled", scale="css", timeout=PATIENCE)


def _shown(page: Page, session: CDPSession | None) -> bytes:
    if session is None:
        # Nothing is stopped, since it would be stopped elsewhere than it is covered.
        return page.screenshot(animations="allow", scale="css", timeout=PATIENCE)
    asked = {"format": "png", "optimizeForSpeed": True}
    return base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])
