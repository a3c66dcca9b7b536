"""What leads on from a page of the order list, and whether a page is known to be the last.

A store that states no count is believed to show all only where the profile names what leads on and
that is gone. So whatever may still be on its way is waited for, and what may lead on without being
named keeps a list from being whole.
"""

from __future__ import annotations

from typing import cast

from playwright.sync_api import Locator, Page, expect

from automation.pages.absent import SeveralThere
from automation.pages.description import OrdersPart
from automation.pages.regions import count_in
from automation.pages.spots import By, Fallbacks, Look, Spot, anywhere, either, find, locate
from automation.pages.values import folded

# Whether it is off, by its own attributes or by what pagers of shops put round it.
_OFF = "element => !!element.closest('.disabled, :disabled, [aria-disabled=true]')"
# Waits until nothing has changed in the document for a moment; a page that never rests is read all
# the same, later.
_AT_REST = """() => new Promise(done => {
  let quiet;
  const over = () => { seen.disconnect(); clearTimeout(quiet); clearTimeout(most); done(); };
  const seen = new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(over, 300); });
  const most = setTimeout(over, 3000);
  quiet = setTimeout(over, 300);
  seen.observe(document, {subtree: true, childList: true, characterData: true});
})"""
# The names of what may lead on from this page of a list: links to another page of its address, and
# what is called as shops call it, below the last of the rows.
_MAY_LEAD_ON = r"""row => {
  const paged = /^(page|paged|p|pg|page_?no|page_?number|offset|start|skip|cursor|seite|pagina)$/i;
  const words = new RegExp("^[^\\p{L}]*(next( page)?|((show|load|view|see) )?more( orders)?|"
    + "older( orders)?|weiter|mehr( anzeigen| laden)?|nächste( seite)?|volgende( pagina)?|"
    + "meer( laden| tonen)?)[^\\p{L}]*$", "iu");
  const name = one => (one.getAttribute("aria-label") || one.innerText || one.rel || "").trim();
  const below = one => !row.contains(one)
    && row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const another = one => {
    if (!one.href) return false;
    const to = new URL(one.href), here = new URL(location.href);
    if (to.origin !== here.origin) return false;
    const changed = [...to.searchParams].some(([key, value]) => paged.test(key)
      && /[2-9]|\d\d/.test(value) && here.searchParams.get(key) !== value);
    const deeper = to.pathname.replace(here.pathname.replace(/\/$/, ""), "");
    return to.pathname === here.pathname ? changed
      : to.pathname.startsWith(here.pathname) && /^\/(page|seite|pagina)?\/?\d+\/?$/.test(deeper)
        && /page|seite|pagina/.test(deeper);
  };
  return [...document.querySelectorAll("a[href], button, [role=button], [role=link]")]
    .filter(one => one.checkVisibility({visibilityProperty: true})
      && !one.closest(".disabled, :disabled, [aria-disabled=true]")
      && (/\bnext\b/.test(one.rel ?? "") || another(one) || below(one) && words.test(name(one))))
    .map(name);
}"""
# What of a pager that has numbers comes after the number of the page shown, and is not off.
_AFTER = """(current, pager) => [...pager.querySelectorAll(
    "a[href], button, [role=button], [role=link]")]
  .filter(one => !current.contains(one) && !one.contains(current)
    && current.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING
    && !one.closest(".disabled, :disabled, [aria-disabled=true]"))
  .map(one => (one.getAttribute("aria-label") || one.innerText || "").trim())"""


class Pager:
    """What leads on from a page of the order list."""

    def __init__(self, page: Page, part: OrdersPart, fallbacks: Fallbacks) -> None:
        self._page = page
        self._part = part
        self._fallbacks = fallbacks

    @property
    def spot(self) -> Spot | None:
        """The key of the profile that names it; `None` where none does."""
        return self._part.next or self._part.numbered

    def on(self) -> Locator | None:
        """What leads on from this page of the list; `None` on its last."""
        if self._part.next:
            return self._next(self._part.next)
        if self._part.numbered:
            return self._number(self._part.numbered)
        return None

    def come_to_rest(self) -> None:
        """Let the page load, and its scripts draw what they draw."""
        self._page.wait_for_load_state("domcontentloaded")
        self._page.evaluate(_AT_REST)

    def is_gone(self, *, within: float) -> bool:
        """Whether what leads on is not there, nor comes within so many seconds."""
        sought = self._sought()
        if sought is None:
            return False
        try:
            expect(sought).to_be_enabled(timeout=within * 1000)
        except AssertionError:
            return self.on() is None
        return self.on() is None

    def may_lead_on(self) -> str | None:
        """The name of something that may lead on, though the profile does not name it."""
        rows = find(self._page, self._part.rows, self._fallbacks)
        if not rows.count():
            return None
        names = cast("list[str]", rows.last.evaluate(_MAY_LEAD_ON))
        return next((folded(name) or "without a name" for name in names), None)

    def _next(self, spot: Spot) -> Locator | None:
        """The one that is on; of several that lead to the same page, the first."""
        found = find(self._page, spot, self._fallbacks)
        ready = [one for one in found.all() if one.is_enabled() and not one.evaluate(_OFF)]
        if not ready:
            return None
        leads = {one.get_attribute("href") for one in ready}
        if len(ready) == 1 or (len(leads) == 1 and None not in leads):
            return ready[0]
        raise SeveralThere(spot, len(ready))

    def _number(self, spot: Spot) -> Locator | None:
        """What the number after the page shown leads to."""
        sought = self._after_the_current(spot)
        return sought if sought is not None and sought.count() else None

    def _after_the_current(self, spot: Spot) -> Locator | None:
        pager = find(self._page, spot, self._fallbacks)
        here = pager.locator("[aria-current]") if pager.count() else pager
        if not here.count():
            return None
        number = str(count_in(here.first.inner_text(), default=1) + 1)
        link = locate(pager, Look(By.ROLE, "link", (number,)))
        return link if link.count() else locate(pager, Look(By.ROLE, "button", (number,)))

    def _sought(self) -> Locator | None:
        """What to wait for; `None` where it cannot be known which page this is."""
        if self._part.next:
            return either(self._page, self._part.next)
        numbered = self._part.numbered
        if numbered is None:
            return None
        pager = anywhere(self._page, numbered)
        if not pager.count():
            return pager.first
        current = pager.locator("[aria-current]")
        if not current.count():
            return None
        after = current.first.evaluate(_AFTER, pager.first.element_handle())
        return (
            None if after and self._number(numbered) is None else self._after_the_current(numbered)
        )
