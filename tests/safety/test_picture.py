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
from automation.run.masking import COVER
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


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def taken(page: Page, html: str, personal: str) -> np.ndarray:
    show(page, html)
    return pixels(Pictures().take(page, personal, COVER).png)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - OUT_OF_REACH))
def test_two_people_look_the_same(page: Page, kind: str) -> None:
    clear = [taken(page, page_of(kind, name), "") for name in (ONE, OTHER)]
    covered = [taken(page, page_of(kind, name), ".own") for name in (ONE, OTHER)]

    assert not np.array_equal(*clear)
    assert np.array_equal(*covered)
    assert not np.array_equal(clear[0], covered[0])


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
    assert OTHER in Pictures().take(page, ".own", COVER).says


def test_it_tells_what_it_covers(page: Page) -> None:
    show(page, page_of("a block", ONE))

    assert ONE in Pictures().take(page, ".own", COVER).says
    assert Pictures().take(page, "", COVER).says == []


def test_a_strict_content_policy_does_not_hinder_it(page: Page) -> None:
    page.route("**/*", lambda route: route.fulfill(
        body=page_of("a block", ONE), content_type="text/html",
        headers={"Content-Security-Policy": "default-src 'none'"}))  # fmt: skip
    page.goto("http://127.0.0.1:9/")

    assert not np.array_equal(
        pixels(Pictures().take(page, "", COVER).png),
        pixels(Pictures().take(page, ".own", COVER).png),
    )


def test_nothing_of_it_stays_in_the_page(page: Page) -> None:
    show(page, page_of("text", ONE))
    before = page.content()

    Pictures().take(page, ".own", COVER)

    assert page.content() == before


def test_a_page_that_does_not_hold_still_is_not_pictured(page: Page) -> None:
    show(page, page_of("a block", ONE) + """<script>
      const own = document.querySelector(".own"), step = () => {
        own.style.marginTop = Math.random() * 100 + "px"; setTimeout(step);
      }; step()</script>""")  # fmt: skip

    with pytest.raises(NotStill):
        Pictures().take(page, ".own", COVER)


def test_a_page_that_takes_the_cover_away_is_not_pictured(page: Page) -> None:
    show(page, page_of("a block", ONE) + """<script>
      new MutationObserver(() => document.querySelector("unorder-cover")?.remove())
        .observe(document.documentElement, {childList: true})</script>""")  # fmt: skip

    with pytest.raises(NotStill):
        Pictures().take(page, ".own", COVER)


@pytest.mark.parametrize("head", ["", "<meta name=viewport content='width=device-width'>"])
@pytest.mark.parametrize("phone", [False, True])
def test_it_shows_what_a_shopper_sees(browser_of_ours: OpenBrowser, phone: bool, head: str) -> None:
    context = browser_of_ours.new_context(language="en", state=None, phone=phone)
    try:
        page = context.new_page()
        show(page, head + page_of("a block", ONE) + "<p style='height: 4000px'>long</p>")
        page.evaluate("scrollTo(0, 300)")

        ours, theirs = (
            pixels(png)
            for png in (Pictures().take(page, "", COVER).png, page.screenshot(scale="css"))
        )
        assert np.array_equal(ours, theirs)
    finally:
        context.close()
