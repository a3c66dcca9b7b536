"""Guides: what they say, what they show, and that they stand on their own."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from recordings import BUTTON, drawings, drawn, two_steps

from automation.run.browser import OpenBrowser
from automation.walkthrough.cutting import Pace, cut
from automation.walkthrough.guide import Chapter, Guide, Picture, write_guide
from automation.walkthrough.plates import Plate, Plates, quietest
from automation.walkthrough.timeline import Box, Timeline
from automation.walkthrough.words import told_of


def plates(told: Timeline) -> Plates:
    edit = cut(told, "en", Pace())
    return Plates(told, edit, drawings(edit))


@pytest.fixture
def told(tmp_path: Path) -> Timeline:
    return drawn(two_steps(), tmp_path)


def test_what_is_meant_is_framed_and_numbered(told: Timeline) -> None:
    plain, rung = plates(told).of_step(1), plates(told).of_step(2)
    accent = np.abs(rung.pixels.astype(int) - (80, 70, 230)).sum(axis=2) < 30

    assert not plain.rung
    assert rung.rung
    assert accent.sum() > 100


def test_a_picture_leaves_out_margins_but_nothing_that_is_framed(told: Timeline) -> None:
    picture = plates(told).of_step(2).pixels
    with Image.open(told.path(told.frames[0])) as frame:
        scale = frame.width / told.width

    assert picture.shape[1] == pytest.approx(0.88 * told.width * scale, abs=2)
    assert picture.shape[0] > BUTTON.height * scale


@pytest.fixture
def guide(told: Timeline) -> Guide:
    made = plates(told)
    steps = tuple(
        (step.sentence("en"), Picture(made.of_step(number), f"Step {number}"))
        for number, step in enumerate(told.steps, 1)
    )
    last = Picture(Plate(made.of_the_end().pixels, rung=False), "The end")
    one = Chapter(
        name="cancel-items", title="Cancel <items>", summary="All or some.", steps=steps,
        ending=told_of("cancelled", "en"), said="Done.", last=last,
        notes=("You may see **Request cancellation** instead.",), instead=("Return it.",),
        phone=False, made="Recorded on 24 November 2026.",
    )  # fmt: skip
    return Guide("Cancel, return, end", "Every way out.", "en", (one, one))


def test_a_page_stands_on_its_own(
    guide: Guide, browser_of_ours: OpenBrowser, tmp_path: Path
) -> None:
    (path,) = write_guide(guide, tmp_path / "handbook.en", ("html",), browser_of_ours)
    context = browser_of_ours.new_context(language="en", state=None)
    page = context.new_page()
    page.set_content(path.read_text())

    assert not re.findall(r'(?:src|href)="(?!data:|#)', path.read_text())
    assert all(alt for alt in page.locator("img").evaluate_all("all => all.map(one => one.alt)"))
    expect(page.locator("nav a")).to_have_count(2)
    expect(page.locator("article h1").first).to_contain_text("Cancel <items>")
    expect(page.locator(".aside strong").first).to_have_text("Request cancellation")
    assert page.locator("img").evaluate_all("all => all.every(one => one.naturalWidth > 0)")
    context.close()


def test_markdown_has_its_pictures_beside_it(
    guide: Guide, browser_of_ours: OpenBrowser, tmp_path: Path
) -> None:
    (path,) = write_guide(guide, tmp_path / "handbook.en", ("md",), browser_of_ours)
    text = path.read_text()

    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert named
    assert all((tmp_path / name).is_file() for name in named)
    assert text.startswith("# Cancel, return, end\n")
    assert "### 2. Choose Cancel items." in text
    assert "\n\n\n" not in text


def test_it_prints(guide: Guide, browser_of_ours: OpenBrowser, tmp_path: Path) -> None:
    (path,) = write_guide(guide, tmp_path / "handbook.en", ("pdf",), browser_of_ours)

    assert path.read_bytes().startswith(b"%PDF-")
    assert path.read_bytes().count(b"/Type /Page\n") + path.read_bytes().count(b"/Type /Page ") >= 2


def test_a_number_stands_where_it_hides_nothing() -> None:
    page = np.full((200, 400, 3), 255, np.uint8)
    badge, link = np.zeros((30, 30, 4), np.uint8), Box(100, 100, 80, 24)
    corner = quietest(page, badge, link, 6)
    page[70:100, ::4] = 0  # a line of text above the link

    beside = quietest(page, badge, link, 6)

    assert corner == (84, 84)
    assert beside[0] + badge.shape[1] <= link.x
    assert beside[1] > 90
