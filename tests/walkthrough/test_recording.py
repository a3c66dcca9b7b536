"""Recording a run: what it holds, and that the run does not notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from automation.errors import InputError
from automation.flow.library import Library
from automation.flow.model import Step
from automation.outcome import Outcome
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser, Screen
from automation.run.record import Run
from automation.run.watcher import Several, Watcher
from automation.walkthrough.camera import Camera
from automation.walkthrough.recorder import Recorder
from automation.walkthrough.timeline import Kind, Timeline, read_timeline
from mock_store.store import Store

Follow = Callable[..., Run]
SCREEN = Screen(1280, 900, 1.0)  # as the shared browser lays its pages out
FLOW = Library().find("cancel-items")

PAGE = """
<!doctype html><body style="font: 16px sans-serif">
<label><input type=checkbox> A line with a tick</label>
<select aria-label=Reason><option>None<option>Too late<option>Other</select>
<textarea></textarea>
<button onclick="confirm('Really?') && this.remove()">Ask</button>
<a href="/other" target=_blank>Elsewhere</a>
<p style="margin-top: 2000px"><button>Far below</button></p>
"""


@pytest.fixture
def recorder(storefront: Storefront) -> Recorder:
    return Recorder(FLOW, storefront, SCREEN, layout="documented")


@pytest.fixture
def page(browser_of_ours: OpenBrowser) -> Iterator[Page]:
    context: BrowserContext = browser_of_ours.new_context(language="en", state=None)
    context.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    yield context.new_page()
    context.close()


def step(number: int) -> Step:
    found = FLOW.steps[number]
    assert isinstance(found, Step)
    return found


def recorded(
    recorder: Recorder, page: Page, folder: Path, *acts: Callable[[Page], Any]
) -> Timeline:
    """What is recorded while this is done on the page."""
    with recorder.looking_at(page):
        recorder.taking(step(0))
        page.goto("http://127.0.0.1:9/")
        recorder.taking(step(1))
        for act in acts:
            act(page)
    told = recorder.write(folder)
    assert told is not None
    return told


def test_a_run_is_recorded_step_by_step(
    store: Store, follow: Follow, recorder: Recorder, tmp_path: Path
) -> None:
    order = store.place("Desk lamp", "USB-C cable")

    run = follow("cancel-items", order=order.number, items="USB-C cable", watcher=recorder)
    told = recorder.write(tmp_path / "film")

    assert run.outcome is Outcome.CANCELLED
    assert told is not None
    assert told.ending.outcome == "cancelled"
    assert [one.word for one in told.steps] == [
        "orders.open", "orders.open_order", "order.cancel_items", "cancel_items.tick",
        "cancel_items.submit",
    ]  # fmt: skip
    assert [[act.kind for act in one.acts] for one in told.steps] == [
        [], [Kind.PRESS], [Kind.PRESS], [Kind.PRESS], [Kind.PRESS],
    ]  # fmt: skip
    assert told.steps[2].sentence("nl") == "Kies Artikelen annuleren."
    assert read_timeline(tmp_path / "film") == told


def test_a_rehearsal_points_at_the_click_that_it_does_not_make(
    store: Store, follow: Follow, recorder: Recorder, tmp_path: Path
) -> None:
    order = store.place("Desk lamp")

    follow("cancel-items", order=order.number, commit=False, watcher=recorder)
    told = recorder.write(tmp_path / "film")

    assert told is not None
    assert [act.kind for act in told.steps[-1].acts] == [Kind.SHOWN]
    assert told.ending.outcome == "rehearsed"


def test_what_decides_is_pointed_at(
    store: Store, follow: Follow, recorder: Recorder, tmp_path: Path
) -> None:
    order = store.place("Desk lamp", state="shipped")

    follow("shipped", order=order.number, watcher=recorder)
    told = recorder.write(tmp_path / "film")

    assert told is not None
    assert told.steps[-1].word == "decided"
    assert [act.kind for act in told.steps[-1].acts] == [Kind.SHOWN]
    assert told.steps[-1].sentence("nl") == "De bestelling is al in verzending."


def test_a_broken_run_is_recorded_up_to_where_it_broke(
    store: Store, follow: Follow, recorder: Recorder, tmp_path: Path
) -> None:
    order = store.place("Desk lamp")

    with pytest.raises(InputError, match="does not offer `No such reason`"):
        follow("cancel-items", order=order.number, reason="No such reason", watcher=recorder)
    told = recorder.write(tmp_path / "film")

    assert told is not None
    assert told.steps[-1].word == "cancel_items.give_reason"
    assert told.steps[-1].broke


def test_the_page_is_left_as_it_is(recorder: Recorder, page: Page, tmp_path: Path) -> None:
    page.goto("http://127.0.0.1:9/")
    clear = page.content()
    names = "Object.getOwnPropertyNames(window).sort().join()"
    before = page.evaluate(names)

    recorded(recorder, page, tmp_path, lambda page: page.get_by_role("checkbox").hover())

    assert page.content() == clear
    assert page.evaluate(names) == before


def test_what_a_shopper_does_is_told(recorder: Recorder, page: Page, tmp_path: Path) -> None:
    told = recorded(
        recorder, page, tmp_path,
        lambda page: page.get_by_role("checkbox").check(),
        lambda page: page.get_by_role("combobox").select_option("Too late"),
        lambda page: page.get_by_role("textbox").fill("Hello\nthere"),
        lambda page: page.get_by_role("textbox").press("Enter"),
    )  # fmt: skip

    tick, choice, text, key = told.steps[1].acts[:4]

    assert [act.kind for act in (tick, choice, text, key)] == [
        Kind.PRESS, Kind.CHOOSE, Kind.WRITE, Kind.KEY,
    ]  # fmt: skip
    assert tick.box.width > 100  # the line that the tick stands in
    assert choice.texts == ("None", "Too late", "Other")
    assert choice.chosen == 1
    assert text.line > 10
    assert key.texts == ("Enter",)
    assert "Hello" not in (tmp_path / "timeline.json").read_text()


def test_a_confirm_box_and_its_answer_are_told(
    recorder: Recorder, page: Page, tmp_path: Path
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())

    told = recorded(recorder, page, tmp_path, lambda page: page.get_by_text("Ask").click())

    press, asked = told.steps[1].acts
    assert (press.kind, asked.kind) == (Kind.PRESS, Kind.ASKED)
    assert asked.texts == ("Really?",)
    assert asked.chosen == 1


def test_a_new_tab_is_recorded_and_other_pages_are_not(
    recorder: Recorder, page: Page, tmp_path: Path
) -> None:
    def elsewhere(page: Page) -> None:
        with page.context.expect_page() as opened:
            page.get_by_text("Elsewhere").click()
        opened.value.wait_for_load_state()
        page.context.new_page().goto("http://127.0.0.1:9/aside")

    told = recorded(recorder, page, tmp_path, elsewhere)

    assert {frame.tab for frame in told.frames} == {0, 1}


def test_of_a_page_that_stands_still_there_is_a_picture_all_the_same(page: Page) -> None:
    """Where no frame is as large as it should be, and none comes any more."""
    page.goto("http://127.0.0.1:9/")
    page.evaluate("scrollTo(0, 300)")
    camera = Camera(page, 0, 2 * SCREEN.width, lambda _told: None)
    camera.settle()
    camera.settle()
    before = len(camera.shots)

    camera.settle()

    camera.stop()
    assert len(camera.shots) > before
    assert camera.shots[-1].scrolled == 300


def test_a_frame_of_what_was_scrolled_to_is_not_missed(page: Page) -> None:
    page.goto("http://127.0.0.1:9/")
    camera = Camera(page, 0, SCREEN.width, lambda _told: None)
    camera.settle()
    until_then = len(camera.shots)
    page.evaluate("scrollTo(0, 300)")
    camera.settle()
    del camera.shots[until_then:]  # a busy machine delivers it late

    camera.settle()

    camera.stop()
    assert camera.shots[-1].scrolled == 300


def test_where_it_is_scrolled_to_is_told(recorder: Recorder, page: Page, tmp_path: Path) -> None:
    told = recorded(recorder, page, tmp_path, lambda page: page.get_by_text("Far below").click())

    (press,) = told.steps[1].acts
    assert press.scrolled > 500
    assert abs(told.frames[told.state(press)].scrolled - press.scrolled) < 3


def test_only_the_walk_that_went_through_is_shown(
    recorder: Recorder, page: Page, tmp_path: Path
) -> None:
    with recorder.looking_at(page):
        recorder.taking(step(0))
        page.goto("http://127.0.0.1:9/first")
        recorder.again("the store hiccuped")
        recorder.taking(step(0))
        page.goto("http://127.0.0.1:9/second")
    told = recorder.write(tmp_path)

    assert told is not None
    assert len(told.steps) == 1
    assert {frame.document for frame in told.frames} == {max(f.document for f in told.frames)}


def test_several_watchers_are_all_told_everything(page: Page) -> None:
    told: list[list[str]] = [[], []]

    def noting(heard: list[str]) -> Watcher:
        class Noting(Watcher):
            def __getattribute__(self, name: str) -> Any:
                if not name.startswith("_"):
                    heard.append(name)
                return super().__getattribute__(name)

        return Noting()

    both = Several(*map(noting, told))
    hooks = [name for name in vars(Watcher) if not name.startswith("_")]
    for name in hooks:
        if name == "looking_at":
            with both.looking_at(page):
                pass
        elif name == "begins":
            both.begins("run", "flow", commit=True)
        else:
            takes = getattr(Watcher, name).__code__.co_argcount - 1
            getattr(both, name)(*[None] * takes)

    assert told == [hooks, hooks]
