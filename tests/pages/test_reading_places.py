"""What is read at a place, where that is not all of its text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page

from automation.pages.spots import By, Fallbacks, Look, Spot, Taken, text_at
from automation.run.browser import OpenBrowser

PAGE = """
<style>.up { text-transform: uppercase } .gone { display: none }
  .held { visibility: hidden }</style>
<ul>
  <li class=fact><b>Placed</b>3 May 2026</li>
  <li class=fact><b>Status</b>Pending</li>
</ul>
<div class=pager>Per Page <select><option>10<option selected>25<option>50</select>
  1 - 18 of 26</div>
<table>
  <tr><td class=title>Desk lamp <small>(LAMP01)</small> <span class=quantity>x 2</span></td></tr>
</table>
<div class="up nested"><p>Wool <i>throw</i></p>
  <p>in <em><b class=quantity>1</b> grey</em></p></div>
<div class=hides>Seen<span class=gone>none</span>
  <span class=held>held <b class=quantity>3</b></span>
  <span class=quantity>4</span></div>
<a class=cancel href="/cancel?order_id=101&amp;key=abc">Cancel</a>
<form action="/orders/7001/cancel" hidden><input type=hidden name=id value=7002></form>
<a class=bare>Nothing</a>
"""


@pytest.fixture
def page(browser_of_ours: OpenBrowser) -> Iterator[Page]:
    context = browser_of_ours.new_dead_context()
    try:
        page = context.new_page()
        page.set_content(PAGE)
        yield page
    finally:
        context.close()


def read(page: Page, css: str, **taken: str) -> str:
    spot = Spot("order.state", (Look(By.CSS, words=(css,), taken=Taken(**taken)),))
    return text_at(page, spot, Fallbacks())


@pytest.mark.parametrize(
    ("css", "taken", "text"),
    [
        (".fact", {"match": "Status ?(.+)"}, "Pending"),  # of all that are so called, what fits
        (".fact:has-text('Status')", {"without": "b"}, "Pending"),
        (".pager", {"match": r"of (\d+)$"}, "26"),
        (".pager", {"match": r"of (\d+) orders"}, ""),
        (".title", {"without": ".quantity"}, "Desk lamp (LAMP01)"),
        (".title", {"without": "small, .quantity"}, "Desk lamp"),
        (".title", {"without": ".absent"}, "Desk lamp (LAMP01) x 2"),
        (".title", {"without": "small", "match": r"(\d+)"}, "2"),
        (".nested", {"without": ".quantity"}, "WOOL THROW IN GREY"),
        (".hides", {"without": ".quantity"}, "Seen"),
        (".cancel", {"attribute": "href", "match": r"order_id=(\d+)"}, "101"),
        (".cancel", {"attribute": "href"}, "/cancel?order_id=101&key=abc"),
        (".bare", {"attribute": "href"}, ""),
        ("form", {"attribute": "action", "match": r"/(\d+)/"}, "7001"),  # hidden, as its field is
        ("[name=id]", {"attribute": "value"}, "7002"),
    ],
)
def test_reads_the_part_that_is_asked_for(
    page: Page, css: str, taken: dict[str, str], text: str
) -> None:
    assert read(page, css, **taken) == text


def test_a_way_that_fits_nothing_leaves_it_to_the_next(page: Page) -> None:
    ways = (
        Look(By.CSS, words=(".fact",), taken=Taken(match="State: (.+)")),
        Look(By.CSS, words=(".fact",), taken=Taken(match="Status(.+)")),
    )
    spot, fallbacks = Spot("order.state", ways), Fallbacks()

    assert text_at(page, spot, fallbacks) == "Pending"
    assert fallbacks.take() == {spot: 1}


def test_what_is_no_selector_is_said_by_its_place(page: Page) -> None:
    with pytest.raises(Error) as problem:
        read(page, ".title", without="..quantity")

    assert problem.value.message == "`without: ..quantity` of `order.state` is not a CSS selector"
