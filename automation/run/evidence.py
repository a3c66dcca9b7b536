"""What a page looked like at a moment that matters. It may fail; the run goes on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, Page

from automation.run.arrival import see_that_it_answers
from automation.run.masking import COVER, Masker
from automation.run.picture import PATIENCE, NotStill, Pictures, take_for_a_film
from automation.run.places import write_private


@dataclass(frozen=True)
class Seen:
    """File names of one moment, in the run's folder."""

    picture: str | None
    outline: str | None
    url: str


NOT_SEEN = Seen(None, None, "")


class Evidence:
    """Pictures and outlines of one run, masked before they are written."""

    def __init__(self, folder: Path, masker: Masker) -> None:
        self.folder = folder
        self.masker = masker
        self.notes: list[str] = []
        self._pictures = Pictures(masker.note)

    def capture(self, page: Page, name: str) -> Seen:
        """Keep the viewport and the accessibility outline of *page* as `name.png`, `name.yaml`."""
        try:
            see_that_it_answers(page, within=PATIENCE)
            picture = self._picture(page, name)
            if picture is None:  # one that was taken has told what is personal
                self.masker.learn(page)
        except Error as problem:
            self._note(name, problem)
            return Seen(None, None, self._url(page))
        return Seen(picture, self._outline(page, name), self._url(page))

    def outline(self, page: Page) -> str:
        """The page's accessibility outline, masked; "" if it cannot be had."""
        try:
            see_that_it_answers(page, within=PATIENCE)
            self.masker.learn(page)
            return self._masked_outline(page)
        except Error:
            return ""

    def _picture(self, page: Page, name: str) -> str | None:
        try:
            write_private(self.folder / f"{name}.png", self._png(page))
        except (Error, NotStill, OSError) as problem:
            self._note(name, problem)
            return None
        return f"{name}.png"

    def _png(self, page: Page) -> bytes:
        if self.masker.covered:
            self.masker.learn(page)
            return take_for_a_film(page)
        return self._pictures.take(page, self.masker.personal, COVER)

    def _outline(self, page: Page, name: str) -> str | None:
        try:
            write_private(self.folder / f"{name}.yaml", self._masked_outline(page).encode())
        except (Error, OSError) as problem:
            self._note(name, problem)
            return None
        return f"{name}.yaml"

    def _masked_outline(self, page: Page) -> str:
        outline = page.locator("body").aria_snapshot(timeout=PATIENCE)
        self.masker.learn(page)  # what came since it was learned before
        return self.masker.text(outline)

    def _url(self, page: Page) -> str:
        return self.masker.text(page.url)

    def _note(self, name: str, problem: Exception) -> None:
        first = str(problem).partition("\n")[0]
        self.notes.append(f"{name} was not kept: {self.masker.text(first)}")
