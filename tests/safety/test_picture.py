"""A picture covers what is personal, however a page shows it, or it is not taken."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import CDPSession, Error, Page
from shown_names import KINDS, page_of

from automation.run.browser import OpenBrowser
from automation.run.masking import COVER, Told
from automation.run.picture import NotStill, Pictures

# As wide as each other, since a cover is as wide as what it covers.
ONE, OTHER = "Robin 666666", "Robin 999999"
OUT_OF_REACH = {"a closed root"}


@pytest.fixture
def page(browser_of_ours: OpenBrowser) -> Iterator[Page]:
    context = browser_of_ours.new_context(language="en", state=None)
    yield context.new_page()
    context.close()


def show(page: Page, html: str) -> None:
    page.unroute_all()
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("http://127.0.0.1:9/")


def pictured(page: Page, personal: str) -> bytes:
    return Pictures(lambda _: None).take(page, personal, COVER)


def told(page: Page, personal: str) -> list[str]:
    """What a picture tells that it covers."""
    seen: list[Told] = []
    Pictures(seen.append).take(page, personal, COVER)
    return [text for each in seen for text in each.texts]


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def taken(page: Page, html: str, personal: str) -> np.ndarray:
    show(page, html)
    return pixels(pictured(page, personal))


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - OUT_OF_REACH))
def test_two_people_look_the_same(page: Page, kind: str) -> None:
    clear = [taken(page, page_of(kind, name), "") for name in (ONE, OTHER)]
    covered = [taken(page, page_of(kind, name), ".own") for name in (ONE, OTHER)]

    assert not np.array_equal(*clear)
    assert np.array_equal(*covered)
    assert not np.array_equal(clear[0], covered[0])


# Ways in which something is painted elsewhere than where its element lies.
OUTSIDE = {
    "in a frame": """<iframe width="400" height="80" style="border: 7px solid; padding: 9px"
      srcdoc="<p class='own'>{name}</p>"></iframe>""",
    "in a frame that is scrolled": """<iframe width="400" height="80"
      srcdoc="<p style='height: 500px'>far</p><p class='own'>{name}</p>"></iframe>
      <script>document.querySelector("iframe").onload = one =>
        one.target.contentWindow.scrollTo(0, 9999)</script>""",
    "in a frame that is turned": """<iframe width="400" height="80" style="transform: scale(1.3)
      translate(60px, 60px)" srcdoc="<p class='own'>{name}</p>"></iframe>""",
    "in a frame that is zoomed": """<style>html {{ zoom: 1.5 }}</style>
      <iframe width="400" height="80" srcdoc="<p class='own'>{name}</p>"></iframe>""",
    "in a frame in a root in a frame": """<iframe width="600" height="300" srcdoc="<x-a></x-a>
      <script>document.querySelector('x-a').attachShadow({{mode: 'open'}}).innerHTML =
      '<iframe srcdoc=&quot;<p class=own>{name}</p>&quot;></iframe>'</script>"></iframe>""",
    "in a frame that cannot be read": """<iframe width="400" height="80" sandbox
      srcdoc="<p class='own'>{name}</p>"></iframe>""",
    "no box": '<p class="own" style="display: contents">{name}</p>',
    "a narrow box": '<p class="own" style="width: 20px; white-space: nowrap">{name}</p>',
    "a flat box": '<p class="own" style="height: 0">{name}</p>',
    "flat lines": '<p class="own" style="line-height: 4px">{name}</p>',
    "a text that floats": """<div class="own"><span style="float: left">{name}</span></div>
      <p style="clear: both">below</p>""",
    "a text that lies elsewhere": """<div class="own"><b style="position: absolute;
      top: 90px; left: 50px"><i style="position: relative; left: 300px">{name}</i></b></div>""",
    "a page that is zoomed": """<style>html {{ zoom: 1.5 }}</style>
      <p style="margin-top: 120px" class="own">{name}</p>""",
    "a shadow": '<p class="own" style="text-shadow: 9px 60px 4px #000">{name}</p>',
    "a list's mark": """<style>.own {{ list-style: "{name}" outside; margin-left: 200px }}</style>
      <ul><li class="own">item</li></ul>""",
    "a list's mark on the right": """<style>.own {{ list-style: "{name}" outside; margin: 200px }}
      </style><ul dir="rtl"><li class="own">item</li></ul>""",
    "a text before": """<style>.own::before {{ content: "{name}" }}</style>
      <p class="own" style="width: 20px; height: 4px; white-space: nowrap"></p>""",
    "a text in an open root": """<div class="own" style="height: 0"></div>
      <script>document.querySelector(".own").attachShadow({{mode: "open"}}).innerHTML =
      "<p>{name}</p>"</script>""",
    "a text in a slot": """<x-a>{name}</x-a><script>document.querySelector("x-a")
      .attachShadow({{mode: "open"}}).innerHTML =
      '<div class="own" style="display: contents"><slot></slot></div>'</script>""",
}  # fmt: skip


@pytest.mark.parametrize("kind", OUTSIDE)
def test_what_lies_outside_of_its_box_is_covered(page: Page, kind: str) -> None:
    clear = [taken(page, styled(OUTSIDE[kind], name), "") for name in (ONE, OTHER)]
    covered = [taken(page, styled(OUTSIDE[kind], name), ".own") for name in (ONE, OTHER)]

    assert not np.array_equal(*clear)
    assert np.array_equal(*covered)


def styled(html: str, name: str) -> str:
    return "<!doctype html><body style='font: 16px sans-serif'>" + html.format(name=name)


def test_what_cannot_be_seen_covers_nothing_else(page: Page) -> None:
    """A text for screen readers, and a menu that is not open."""
    html = """<style>i {{ position: absolute; width: 1px; height: 1px; overflow: hidden;
      white-space: nowrap }} ul {{ position: absolute; visibility: hidden; width: 900px }}
      </style><div><b class="own">Robin{name}</b> cancels 1 of 2</div>"""
    unseen = "<i>Delivered to Robin Varnholt</i><ul><li>Menu</li></ul>"
    without, having = (taken(page, styled(html, more), ".own") for more in ("", unseen))

    # Such a text has a pixel, which may lie across four.
    assert np.count_nonzero((without != having).any(axis=2)) <= 4


IN_FRONT = {
    "a dialog": """<dialog><p class="own">{name}</p></dialog>
      <script>document.querySelector("dialog").showModal()</script>""",
    "the highest layer": '<p class="own" style="position: fixed; z-index: 2147483647">{name}</p>',
    "styles against covers": """<p class="own">{name}</p><style>
      unorder-cover, unorder-cover * {{ display: none !important; opacity: 0 !important }}
      </style>""",
}


@pytest.mark.parametrize("kind", IN_FRONT)
def test_nothing_lies_over_a_cover(page: Page, kind: str) -> None:
    clear = [taken(page, IN_FRONT[kind].format(name=name), "") for name in (ONE, OTHER)]
    covered = [taken(page, IN_FRONT[kind].format(name=name), ".own") for name in (ONE, OTHER)]

    assert not np.array_equal(*clear)
    assert np.array_equal(*covered)


def test_an_engine_without_that_protocol_covers_it_too(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def has_none(_page: Page) -> CDPSession:
        raise Error("CDP session is only available in Chromium")

    monkeypatch.setattr(page.context, "new_cdp_session", has_none)
    covered = [taken(page, page_of("a block", name), ".own") for name in (ONE, OTHER)]

    assert np.array_equal(*covered)
    assert OTHER in told(page, ".own")


def test_it_tells_what_it_covers(page: Page) -> None:
    show(page, page_of("a block", ONE))

    assert ONE in told(page, ".own")
    assert told(page, "") == []


def test_a_strict_content_policy_does_not_hinder_it(page: Page) -> None:
    page.route("**/*", lambda route: route.fulfill(
        body=page_of("a block", ONE), content_type="text/html",
        headers={"Content-Security-Policy": "default-src 'none'"}))  # fmt: skip
    page.goto("http://127.0.0.1:9/")

    assert not np.array_equal(pixels(pictured(page, "")), pixels(pictured(page, ".own")))


def test_nothing_of_it_stays_in_the_page(page: Page) -> None:
    show(page, page_of("text", ONE))
    before = page.content()

    pictured(page, ".own")

    assert page.content() == before


def test_a_page_that_does_not_hold_still_is_not_pictured(page: Page) -> None:
    show(page, page_of("a block", ONE) + """<script>
      const own = document.querySelector(".own"), step = () => {
        own.style.marginTop = Math.random() * 100 + "px"; setTimeout(step);
      }; step()</script>""")  # fmt: skip

    with pytest.raises(NotStill):
        pictured(page, ".own")


def test_a_page_that_takes_the_cover_away_is_not_pictured(page: Page) -> None:
    show(page, page_of("a block", ONE) + """<script>
      new MutationObserver(() => document.querySelector("unorder-cover")?.remove())
        .observe(document.documentElement, {childList: true})</script>""")  # fmt: skip

    with pytest.raises(NotStill):
        pictured(page, ".own")


@pytest.mark.parametrize("head", ["", "<meta name=viewport content='width=device-width'>"])
@pytest.mark.parametrize("phone", [False, True])
def test_it_shows_what_a_shopper_sees(browser_of_ours: OpenBrowser, phone: bool, head: str) -> None:
    context = browser_of_ours.new_context(language="en", state=None, phone=phone)
    try:
        page = context.new_page()
        show(page, head + page_of("a block", ONE) + "<p style='height: 4000px'>long</p>")
        page.evaluate("scrollTo(0, 300)")

        ours, theirs = (pixels(png) for png in (pictured(page, ""), page.screenshot(scale="css")))
        assert np.array_equal(ours, theirs)
    finally:
        context.close()
