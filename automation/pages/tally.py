"""What was read of an order list so far, and whether that is known to be all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import TimeoutError  # noqa: A004

from automation.pages.readings import OrderList


class GoesInCircles(TimeoutError):  # noqa: N818 (a fact about the list)
    """A list went on to a page that holds nothing new: nobody would ever come to its end."""

    def __init__(self, page: int, orders: int) -> None:
        super().__init__(
            f"page {page} of the order list repeats what was read before, after {orders} orders"
        )


@dataclass
class Tally:
    """Counts the orders of a list, a page after the other.

    *stated* is how many orders the store says there are, `None` where it does not say; *last*
    whether the newest page is known to be the last one.
    """

    numbers: set[str] = field(default_factory=set)
    pages: int = 0
    rows: int = 0  # of the newest page
    unnumbered: int = 0  # the most rows without a number that any page had
    stated: int | None = None
    last: bool = False
    may_lead_on: str | None = None  # the name of something that may, and is not the profile's

    def add(self, listed: OrderList) -> None:
        """Count another page. `GoesInCircles` where it holds nothing new."""
        new = set(listed.numbers) - self.numbers - {""}
        self.pages += 1
        self.rows = len(listed.numbers)
        self.unnumbered = max(self.unnumbered, listed.unnumbered)
        self.stated, self.last = listed.stated, listed.last
        self.may_lead_on = listed.may_lead_on
        if self.pages > 1 and not new:
            raise GoesInCircles(self.pages, len(self.numbers))
        self.numbers |= new

    @property
    def read(self) -> int:
        return len(self.numbers)

    @property
    def whole(self) -> bool:
        """Whether every order was read: as many as the store says, or all up to the last page.

        Without a count, a row that holds no number may be an order that has not filled in yet.
        """
        if self.stated is not None:
            return self.read == self.stated
        return self.last and self.read > 0 and not self.unnumbered

    @property
    def gap(self) -> str:
        """What is missing, in words; "" where nothing is."""
        if self.whole:
            return ""
        if self.rows and not self.read:
            rows = f"{self.rows} row{'' if self.rows == 1 else 's'}"
            return f"{rows}, no number in any of them"
        if self.stated is not None:
            return f"{self.orders}, and the store says that there are {self.stated}"
        if self.last and self.unnumbered:
            few = "row holds" if self.unnumbered == 1 else "rows hold"
            return (
                f"{self.orders}, {self.unnumbered} {few} no number, and this store states no count"
            )
        return f"{self.orders}, and this store states no count"

    @property
    def orders(self) -> str:
        """How many were read, in words."""
        return f"{self.read} order{' was' if self.read == 1 else 's were'} read"
