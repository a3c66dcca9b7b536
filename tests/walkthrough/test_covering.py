"""What is personal is covered before it is painted, and its size tells nothing."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import BrowserContext
from shown_names import KINDS, page_of

from automation.pages.sign_in import HomePage
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser
from automation.run.covering import cover

SHORT, LONG = "Bo Ek", "Maria Lindqvist van der Wetering-Achterberg"


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


def test_no_frame_shows_a_name(context: BrowserContext, tmp_path: Path) -> None:
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
    for number, frame in enumerate((seen[SHORT] ^ seen[LONG]) - blank):
        (tmp_path / f"differs-{number}.png").write_bytes(frame)  # to be looked at

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
