"""A page on which the store says one thing: not found, out of order, something went wrong."""

from __future__ import annotations

from automation.pages.base import PageObject, reading
from automation.pages.regions import lines_of


class MessagePage(PageObject):
    """One message instead of the page that was meant."""

    name = "message"
    known_by = "main#message, body:has(a[href*='cs_503_'])"

    @reading
    def says(self) -> str:
        """The message, in the store's words."""
        return lines_of(self.arrived())
