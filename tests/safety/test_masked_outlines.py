"""What personal elements say is in no outline, however a page says it and whenever it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser
from automation.run.evidence import Evidence
from automation.run.masking import COVER, Masker
from automation.run.picture import Pictures
from automation.storefronts.profile import open_storefront

NAME = "Robin Varnholt"


@pytest.fixture
def page(browser_of_ours: OpenBrowser) -> Iterator[Page]:
    context = browser_of_ours.new_context(language="en", state=None)
    yield context.new_page()
    context.close()


@pytest.fixture
def own() -> Storefront:
    return replace(open_storefront("mock", base_url="http://127.0.0.1:9"), personal=(".own",))


def show(page: Page, html: str) -> None:
    body = "<!doctype html><meta charset=utf-8><body>" + html
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("http://127.0.0.1:9/")


def kept(page: Page, storefront: Storefront, folder: Path) -> str:
    seen = Evidence(folder, Masker(storefront)).capture(page, "seen")
    assert seen.outline
    return (folder / seen.outline).read_text()


SAID = {
    "plainly": (NAME, '<p class="own">Robin Varnholt</p>'),
    "beside a link": (NAME, '<p class="own">Robin Varnholt <a href="#">Change</a></p>'),
    "beside a button": (
        "1017 AB",
        """<address class="own">Robin Varnholt<br>14 Kiln Lane <button>Change</button>
        1017 AB</address>""",
    ),
    "by a button": (NAME, '<p class="own">Your name: <button>Robin Varnholt</button></p>'),
    "shortly": ("Bo", '<p class="own">Bo <a href="#">Change</a></p>'),
    "in a name that is quoted": (
        "O''Brien",
        """<a href="#">Deliver to: <span class="own">Siobhan O'Brien</span></a>""",
    ),
    "in a name that is quoted twice": (
        "Bo",
        """<a href="#">Deliver to: <span class="own">Siobhan "Bo" O'Brien</span></a>""",
    ),
    "with a soft hyphen": ("Kilnstrasse", '<p class="own">Kiln&shy;strasse 14</p>'),
    "with a space of no width": ("VarnholtRobin", '<p class="own">Varnholt&#8203;Robin</p>'),
    "with a mark of byte order": (NAME, '<p class="own">Robin&#65279;Varnholt</p>'),
    "in capitals": (
        "Hauptstraße",
        '<p class="own" style="text-transform: uppercase">Hauptstraße 14</p>',
    ),
    "by a style": (
        NAME,
        '<style>.own::before { content: "Robin Varnholt" }</style><p class="own">x</p>',
    ),
    "by a style, from the element": (
        NAME,
        """<style>.own i::after { content: attr(data-name) }</style>
        <p class="own"><i data-name="Robin Varnholt">x</i></p>""",
    ),
    "in an open root": (
        NAME,
        """<div class="host"></div><script>document.querySelector(".host").attachShadow(
        {mode: "open"}).innerHTML = "<p class=own>Robin Varnholt</p>"</script>""",
    ),
    "in its own open root": (
        NAME,
        """<div class="own"></div><script>document.querySelector(".own").attachShadow(
        {mode: "open"}).innerHTML = "<p>Robin Varnholt</p>"</script>""",
    ),
    "in a slot": (
        NAME,
        """<x-a>Robin Varnholt</x-a><script>document.querySelector("x-a").attachShadow(
        {mode: "open"}).innerHTML = "<p class=own><slot></slot></p>"</script>""",
    ),
    "in a drawing": (NAME, '<svg><text class="own" y="20">Robin Varnholt</text></svg>'),
    "by a drawing's title": (
        NAME,
        '<svg class="own" role="img"><title>Robin Varnholt</title><rect width="9"/></svg>',
    ),
    "by a title": (NAME, '<button class="own" title="Robin Varnholt"></button>'),
    "by another element": (
        NAME,
        """<span id="n" hidden>Robin Varnholt</span>
        <button class="own" aria-labelledby="n">x</button>""",
    ),
    "by a form that has a title to fill in": (
        NAME,
        '<form class="own" role="form" title="Robin Varnholt"><input name="title"></form>',
    ),
    "where it leads to": ("/77/a8c", '<a class="own" href="/people/77/a8c">Robin</a>'),
    "in an address": (
        "robin-varnholt",
        """<p class="own">Robin Varnholt</p>
        <a href="/people/robin-varnholt/edit">Edit</a>""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", SAID)
def test_it_is_not_kept_however_it_is_said(
    page: Page, own: Storefront, tmp_path: Path, way: str
) -> None:
    secret, html = SAID[way]
    show(page, html)
    outline = page.locator("body").aria_snapshot()

    assert secret in outline
    assert secret not in kept(page, own, tmp_path)


def test_half_a_character_hinders_nothing(page: Page, own: Storefront, tmp_path: Path) -> None:
    show(page, """<p class="own"></p><p>For <b>Robin Varnholt</b></p><script>
      document.querySelector(".own").textContent = "Robin Varnholt 💡".slice(0, -1)
      </script>""")  # fmt: skip

    assert NAME not in kept(page, own, tmp_path)


def test_what_goes_once_it_was_outlined_is_known(
    page: Page, own: Storefront, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlined = Locator.aria_snapshot

    def and_gone(body: Locator, **how: Any) -> str:
        outline = outlined(body, **how)
        page.evaluate("document.querySelector('.own').remove()")
        return outline

    show(page, '<p class="own">Signed in as Robin Varnholt</p>')
    monkeypatch.setattr(Locator, "aria_snapshot", and_gone)

    assert "▮" in kept(page, own, tmp_path)
    assert NAME not in (tmp_path / "seen.yaml").read_text()


def test_what_comes_right_before_it_is_outlined_is_known(
    page: Page, own: Storefront, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlined = Locator.aria_snapshot

    def come(body: Locator, **how: Any) -> str:
        page.evaluate("document.querySelector('.own').textContent = 'Robin Varnholt'")
        return outlined(body, **how)

    show(page, '<p class="own">Signing in</p>')
    monkeypatch.setattr(Locator, "aria_snapshot", come)

    assert "▮" in kept(page, own, tmp_path)
    assert NAME not in (tmp_path / "seen.yaml").read_text()


WHEN_COVERED = """<script>new MutationObserver(all => {
  if (all.some(each => [...each.addedNodes].some(node => node.localName === "unorder-cover")))
    {%s}
}).observe(document.documentElement, {childList: true})</script>"""


def test_what_comes_with_the_picture_is_learned(
    page: Page, own: Storefront, tmp_path: Path
) -> None:
    show(page, "<p>x</p>" + WHEN_COVERED % """
      document.querySelector("p").className = "own";
      document.querySelector("p").textContent = "Robin Varnholt" """)  # fmt: skip

    assert NAME not in kept(page, own, tmp_path)


def test_what_a_picture_saw_that_was_thrown_away_is_known(page: Page, own: Storefront) -> None:
    masker = Masker(own)
    show(page, "<p class=own>Robin Varnholt</p><p class=own>x</p>" + WHEN_COVERED % """
      document.querySelector(".own").remove()""")  # fmt: skip
    Pictures(masker.note).take(page, masker.personal, COVER)

    assert NAME not in page.content()
    assert NAME not in masker.text(NAME)


def test_it_is_learned_where_no_picture_can_be_taken(
    page: Page, own: Storefront, tmp_path: Path
) -> None:
    show(page, """<div></div><script>document.querySelector("div").attachShadow(
      {mode: "open"}).innerHTML = "<p class=own>Robin Varnholt</p>"</script>
      <p class=own style="position: relative">x</p>""" + WHEN_COVERED % """
      document.querySelector(".own").style.top = performance.now() + "px" """)  # fmt: skip
    evidence = Evidence(tmp_path, Masker(own))
    seen = evidence.capture(page, "seen")

    assert seen.picture is None
    assert NAME not in (tmp_path / "seen.yaml").read_text()
    assert NAME not in evidence.outline(page)


def test_nothing_is_kept_of_a_page_that_cannot_be_learned(
    page: Page, own: Storefront, tmp_path: Path
) -> None:
    show(page, "<p class=own>Robin Varnholt</p>")
    page.evaluate("""Object.defineProperty(HTMLElement.prototype, "innerText",
      {get() { throw new Error("no") }})""")

    assert Evidence(tmp_path, Masker(own)).capture(page, "seen").outline is None
    assert list(tmp_path.iterdir()) == []


def test_common_words_and_addresses_stay(page: Page, own: Storefront, tmp_path: Path) -> None:
    show(page, """<a class="own" href="/orders">Robin</a>
      <p class="own">14 <b>—</b> Kiln Lane</p>
      <a href="/orders/77">Your orders</a>
      <p>14 November — today</p>""")  # fmt: skip
    outline = kept(page, own, tmp_path)

    assert "/orders/77" in outline
    assert "Your orders" in outline
    assert "14 November — today" in outline
