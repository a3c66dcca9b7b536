"""What the store says after a cancellation, where the profile has the words of it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from automation.pages.base import reading, sign
from automation.pages.cancelling import CancellationPage
from automation.pages.regions import lines_of
from automation.pages.spots import anywhere, containing
from automation.pages.values import Items


class DescribedCancellationPage(CancellationPage):
    """The store's answer to a cancellation. Its words tell, not their colour or role."""

    def arrived(self) -> Locator:
        part = self.described.answer
        return self._saying((*part.confirms, *part.refuses, *part.pending))

    @sign
    def confirms(self, items: Items) -> Locator:  # noqa: ARG002 (stores rarely name them)
        """The store says that it cancelled them."""
        part = self.described.answer
        said = self._saying(part.confirms)
        # "cancelled" also stands in "cannot be cancelled".
        return said.filter(has_not_text=self._alike((*part.refuses, *part.pending)))

    @sign
    def refuses(self) -> Locator:
        """The store says that it did not cancel them."""
        return self._saying(self.described.answer.refuses)

    @sign
    def is_pending(self) -> Locator:
        """The store says that it is trying, and will tell later."""
        return self._saying(self.described.answer.pending)

    @reading
    def says(self) -> str:
        """The store's answer, in its own words."""
        return lines_of(self.arrived().first)

    def _saying(self, words: tuple[str, ...]) -> Locator:
        where = self.described.answer.where
        if where:
            # Every place where it may say so; an unrelated message beside it does not count.
            places = anywhere(self.page, where)
            return places.filter(has_text=self._alike(words))
        return self.page.get_by_text(self._alike(words)).filter(visible=True)

    def _alike(self, words: tuple[str, ...]) -> re.Pattern[str]:
        return containing(words, self.storefront.order_number)
