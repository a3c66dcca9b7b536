"""What a run leaves behind, and what it must not."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from automation.pages.order import OrderPage
from automation.pages.storefront import Storefront
from automation.pages.values import OrderNumber
from automation.run.browser import OpenBrowser
from automation.run.evidence import Evidence
from automation.run.masking import COVER, Masker
from automation.run.record import Run
from automation.run.settings import Settings
from automation.run.visit import visiting
from mock_store.store import Store

Follow = Callable[..., Run]
COLOURS = """async ([picture, box]) => {
    const image = new Image()
    image.src = "data:image/png;base64," + picture
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const drawing = canvas.getContext("2d")
    drawing.drawImage(image, 0, 0)
    const pixels = drawing.getImageData(box.x, box.y, box.width, box.height).data
    const seen = new Set()
    for (let at = 0; at < pixels.length; at += 4)
        seen.add("#" + [...pixels.slice(at, at + 3)]
            .map(part => part.toString(16).padStart(2, "0")).join(""))
    return [...seen]
}"""


@pytest.mark.parametrize("each_step", [True])
def test_leaves_evidence_without_personal_data(
    store: Store, follow: Follow, tmp_path: Path
) -> None:
    order = store.place("Desk lamp")

    run = follow("cancel-items", order=order.number)

    names = {path.name for path in run.folder.iterdir()}
    assert {"report.html", "run.json", "01-orders.open.png", "05-cancel_items.submit.png",
            "read-back.png"} <= names  # fmt: skip
    for path in (tmp_path / "runs").rglob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0, path
            content = path.read_bytes()
            for secret in (b"Robin Vale", b"lantern-oak-42", b"robin@varnholt", b"Kiln Lane",
                           b"4242"):  # fmt: skip
                assert secret not in content, (path, secret)


@pytest.mark.parametrize("personal", ["#account-name", "#shipping-address", "#payment-method"])
def test_a_picture_shows_nothing_personal(
    store: Store,
    storefront: Storefront,
    browser_of_ours: OpenBrowser,
    tmp_path: Path,
    personal: str,
) -> None:
    """The store forbids foreign style sheets, so covering must not depend on one."""
    order = store.place("Desk lamp")
    masker = Masker(storefront)
    account = Settings().account(None, storefront)
    with visiting(browser_of_ours, storefront, account, masker) as visit:
        OrderPage(visit.page, storefront).open(OrderNumber(order.number))
        box = visit.page.locator(personal).bounding_box()
        seen = Evidence(tmp_path, masker).capture(visit.page, "order")

        assert box is not None
        clip = {"x": box["x"] + 1, "y": box["y"] + 1,
                "width": box["width"] - 2, "height": box["height"] - 2}  # fmt: skip
        picture = base64.b64encode((tmp_path / (seen.picture or "")).read_bytes()).decode()
        blank = browser_of_ours.new_context(language="en", state=None).new_page()
        assert blank.evaluate(COLOURS, [picture, clip]) == [COVER]
