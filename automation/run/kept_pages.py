"""What a browser shows without asking the store, because the store once let it keep that.

An order that was kept is shown as it was, and so is one whose page asks for its data by a script.
"""

from __future__ import annotations

from playwright.sync_api import Error, Page

_BLANK = "about:blank"
# Nothing is transferred for what was kept; nor, as it is told, for what another host does not let
# pages know of. Browsers keep an account of so many things at most.
_MAY_BE_KEPT = """() => {
  const all = performance.getEntriesByType("resource");
  const asked = all.filter(({initiatorType}) =>
    ["fetch", "xmlhttprequest", "iframe"].includes(initiatorType));
  return all.length >= 250 || [...performance.getEntriesByType("navigation"), ...asked]
    .some(entry => entry.responseStatus >= 200 && entry.transferSize === 0);
}"""


def may_have_been_kept(page: Page) -> bool:
    """Whether the document that is shown, or data that it asked for, may not be the store's now."""
    kept: bool = page.evaluate(_MAY_BE_KEPT)
    return kept


def forget_what_was_loaded(page: Page) -> None:
    """Have the store asked for whatever this page's context loads next."""
    try:
        browser = page.context.new_cdp_session(page)
    except Error:  # another engine has none; a page that is gone tells when it is used
        return
    browser.send("Network.clearBrowserCache")  # and not detached: it goes with its page


def empty(page: Page) -> None:
    """Leave the page's address, and forget what it kept for as long as its tab is open."""
    if page.url != _BLANK:
        page.evaluate("sessionStorage.clear()")
        page.goto(_BLANK, wait_until="commit")
