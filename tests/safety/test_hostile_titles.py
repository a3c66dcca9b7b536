"""Titles that mean harm: cancelled like any other, and shown so that they can do nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest

from automation.cli.running import tell
from automation.cli.terminal import Progress
from automation.outcome import Outcome
from automation.pages.storefront import Patience, Storefront
from automation.pages.values import folded
from automation.run.browser import OpenBrowser
from automation.run.record import Run
from mock_store.rules import State
from mock_store.store import Store

Follow = Callable[..., Run]
TITLES = (
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'><b>bold</b> &amp; &lt;",
    "{{1234*4321}} {% raw %} ${1234*4321} #{1234*4321}",
    "$input $order {order} %s %(order)s",
    "`touch hit` $(touch hit)",
    "'; DROP TABLE orders; --",
    'say "hi" \\ back',
    "../../../etc/passwd",
    "two\nlines: [cancelled]",
    "a\ttab",
    "clears \x1b[2J\x1b]0;title\x07 the screen",
    "turned \u202eeman",
    "isolated \u2066name",
    "two\u2028lines",
    "joined \U0001f469\u200d\U0001f4bb",
    "מנורת שולחן (שחור)",
    "مصباح مكتب",
    "Desk\u200b lamp",
    "desk lamp",
    "long " * 60,
)
OTHERS = ("Desk lamp", "<script>window.hit = 2</script>")


@pytest.fixture(params=["documented", "current"])
def layout(request: pytest.FixtureRequest) -> str:
    layout: str = request.param
    return layout


@pytest.fixture
def storefront(storefront: Storefront) -> Storefront:
    return replace(storefront, patience=Patience(step=20, action=10, answer=10, settle=60))


def acts(text: str) -> set[str]:
    """The characters in *text* that a terminal would act on."""
    shown = "\n\u200c\u200d"
    kinds = ("Cc", "Cf", "Zl", "Zp")
    return {char for char in text if char not in shown and unicodedata.category(char) in kinds}


def test_is_cancelled_by_its_exact_title_and_only_shown(
    store: Store,
    follow: Follow,
    browser_of_ours: OpenBrowser,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    order = store.place(*TITLES, *OTHERS)

    run = follow("cancel-items", order=order.number, items=list(TITLES), watcher=Progress())
    tell(run, as_json=False)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert order.states() == {
        **dict.fromkeys(TITLES, State.CANCELLED), **dict.fromkeys(OTHERS, State.ORDERED)
    }  # fmt: skip
    assert order.submits == 1
    printed = capsys.readouterr()
    assert not acts(printed.out)
    assert not acts(printed.err)
    assert "5332114" not in printed.out  # 1234*4321
    tell(run, as_json=True)
    line = capsys.readouterr().out
    assert not acts(line)
    assert json.loads(line)["items"] == run.items
    assert {folded(title) for title in TITLES} < set(run.items)
    assert Run.read(run.folder).items == run.items
    assert_harmless(browser_of_ours, run)


def assert_harmless(browser: OpenBrowser, run: Run) -> None:
    """The report as a browser shows it: titles are text in it, and nothing of them is at work."""
    page = browser.new_context(language="en", state=None).new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(run.report.as_uri())

    assert page.evaluate("window.hit") is None
    assert page.locator("script, b:not(.tag), img:not([src^='data:'])").count() == 0
    assert [url for url in asked_for if not url.startswith(("data:", run.report.as_uri()))] == []
    shown = page.locator("td.title").all_inner_texts()
    assert TITLES[0] in shown
    assert TITLES[2] in shown
    assert not acts(page.locator("body").inner_text().replace("\t", ""))
    page.context.close()


def test_a_report_forbids_itself_what_it_does_not_need(
    store: Store, follow: Follow, browser_of_ours: OpenBrowser
) -> None:
    """Even if a title were taken for markup one day, its script would not run."""
    run = follow("cancel-items", commit=False, order=store.place("Desk lamp").number)
    spoilt = run.folder / "spoilt.html"
    spoilt.write_text(
        run.report.read_text().replace(
            "</main>",
            "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>"
            "<iframe src=data:text/html,x></iframe><form action=http://127.0.0.1></form></main>",
        )
    )
    page = browser_of_ours.new_context(language="en", state=None).new_page()

    page.goto(spoilt.as_uri())

    assert page.evaluate("window.hit") is None
    assert page.frames[1:] == [] or page.frames[1].url in (
        "",
        "about:blank",
        "chrome-error://chromewebdata/",
    )
    page.context.close()
