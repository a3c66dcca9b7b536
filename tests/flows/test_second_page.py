"""The page beside the walk: one for all looks of a run, and empty while the click is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from automation.outcome import Outcome
from automation.run.record import Run
from automation.run.watcher import Watcher
from mock_store.store import Store


class Pages(Watcher):
    """Counts the pages that a run opens, and looks what they show when its intent stands."""

    def __init__(self) -> None:
        self.opened: list[Page] = []
        self.armed_beside: list[str] = []

    @contextmanager
    def looking_at(self, page: Page) -> Iterator[None]:
        self.page = page
        page.context.on("page", self._note)
        yield

    def _note(self, opened: Page) -> None:
        self.opened.append(opened)

    def armed(self) -> None:
        beside = [other for other in self.page.context.pages if other is not self.page]
        self.armed_beside = [other.url for other in beside]


def test_one_second_page_is_opened_and_is_empty_at_the_click(
    store: Store, follow: Callable[..., Run]
) -> None:
    pages = Pages()

    run = follow("cancel-items", order=store.place("Desk lamp").number, watcher=pages)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert len(pages.opened) == 1
    assert pages.armed_beside == ["about:blank"]


def test_a_look_that_failed_leaves_no_page_behind(store: Store, follow: Callable[..., Run]) -> None:
    """The order's page is an error page after the click, once; the next look has a new page."""

    class Breaking(Pages):
        def clicked(self) -> None:
            store.quirks.add("error_before", order=order.number, times=1)

    order, pages = store.place("Desk lamp"), Breaking()

    run = follow("cancel-items", order=order.number, watcher=pages)

    assert run.outcome is Outcome.CANCELLED, run.reason
    assert order.submits == 1
    assert len(pages.opened) == 2
