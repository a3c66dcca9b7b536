"""What is personal is covered before it is painted, and its size tells nothing."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import BrowserContext

from automation.pages.sign_in import HomePage
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser
from automation.run.covering import cover

SHORT, LONG = "Bo Ek", "Maria Lindqvist van der Wetering-Achterberg"

# One way each in which a page may show a name.
KINDS = {
    "text": '<p>Hello, <span class="own">{name}</span>!</p>',
    "a block": '<div class="own">{name}</div><p>below</p>',
    "a nested text": '<p class="own">To <b><i>{name}</i></b></p>',
    "a link": '<a href="#" class="own">{name}</a>',
    "an input": '<input class="own" value="{name}">',
    "a placeholder": '<input class="own" placeholder="{name}">',
    "a text area": '<textarea class="own" rows="2">{name}</textarea>',
    "a select": '<select class="own"><option>{name}</option></select>',
    "a text in a drawing": '<svg width="400"><text class="own" y="20">{name}</text></svg>',
    "a drawing": '<svg class="own" width="400"><text y="20">{name}</text></svg>',
    "a picture": '<img class="own" alt="" src="{picture}">',
    "a canvas": '<canvas class="own" width="400" height="40"></canvas><script>'
    'document.querySelector("canvas").getContext("2d").fillText("{name}", 4, 20)</script>',
    "a text before": '<style>.own::before {{ content: "{name}" }}</style><p class="own"></p>',
    "a list's text": '<ul><li class="own">{name}</li></ul>',
    "an open root": '<div class="host"></div><script>document.querySelector(".host").attachShadow'
    '({{mode: "open"}}).innerHTML = \'<p class="own">{name}</p>\'</script>',
    "a closed root": '<div class="host"></div><script>document.querySelector(".host").attachShadow'
    '({{mode: "closed"}}).innerHTML = \'<p class="own">{name}</p>\'</script>',
    "a host": '<div class="own"></div><script>document.querySelector(".own").attachShadow'
    '({{mode: "closed"}}).innerHTML = "<p style=\'color: #000\'>{name}</p>"</script>',
    "an important style": '<p class="own" style="color: red !important; width: auto !important;'
    ' height: auto !important; text-indent: 0 !important">{name}</p>',
}  # fmt: skip


def picture(name: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400"><text y="20">{name}</text></svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def page_of(kind: str, name: str) -> str:
    return "<!doctype html><body style='font: 16px sans-serif'>" + KINDS[kind].format(
        name=name, picture=picture(name)
    )


@pytest.fixture
def context(browser_of_ours: OpenBrowser) -> Any:
    made = browser_of_ours.new_context(language="en", state=None)
    yield made
    made.close()


def painted(context: BrowserContext, html: str) -> Image.Image:
    """What is painted of a page that is loaded as any other."""
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("http://127.0.0.1:9/")
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return shown


def differing(one: Image.Image, other: Image.Image) -> int:
    return int(np.count_nonzero(np.asarray(ImageChops.difference(one, other)).any(axis=2)))


@pytest.mark.parametrize("kind", KINDS)
def test_two_people_look_the_same(context: BrowserContext, kind: str) -> None:
    clear = [painted(context, page_of(kind, name)) for name in (SHORT, LONG)]
    cover(context, (".own",))
    covered = [painted(context, page_of(kind, name)) for name in (SHORT, LONG)]

    assert differing(*clear) > 0
    assert differing(*covered) == 0
    assert differing(clear[0], covered[0]) > 0


def test_no_frame_shows_a_name(context: BrowserContext) -> None:
    """Every frame that is painted while pages load, not only the last one."""
    cover(context, (".own",))
    seen: dict[str, set[bytes]] = {}
    for name in (SHORT, LONG):
        page = context.new_page()
        page.route("**/*", lambda route, n=name: route.fulfill(
            body=page_of("text", n), content_type="text/html"))  # fmt: skip
        session = context.new_cdp_session(page)
        frames: set[bytes] = set()

        def keep(event: Any, frames: set[bytes] = frames, session: Any = session) -> None:
            frames.add(base64.b64decode(event["data"]))
            session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

        session.on("Page.screencastFrame", keep)
        session.send("Page.startScreencast", {"format": "png"})
        for number in range(8):
            page.goto(f"http://127.0.0.1:9/{number}")
        page.close()
        seen[name] = frames

    blank = {frame for frame in seen[SHORT] | seen[LONG] if _is_blank(frame)}

    assert seen[SHORT] - blank
    assert seen[SHORT] - blank == seen[LONG] - blank


def _is_blank(png: bytes) -> bool:
    return bool(np.ptp(np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))) == 0)


def test_a_reading_still_reads(context: BrowserContext, storefront: Storefront) -> None:
    cover(context, ("#account-name",))
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(
        body="<span id=account-name>Robin Vale</span>", content_type="text/html"))  # fmt: skip
    page.goto("http://127.0.0.1:9/")

    assert HomePage(page, storefront).account_name.inner_text() == "Robin Vale"
