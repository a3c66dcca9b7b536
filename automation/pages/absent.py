"""What a profile says of a page and the page does not hold: nothing there, or more than one."""

from __future__ import annotations

from playwright.sync_api import Error, Locator, Page, TimeoutError  # noqa: A004

from automation.pages.spots import Fallbacks, Spot, either, find


class NotThere(TimeoutError):  # noqa: N818 (a fact about the page, judged by whoever asked)
    """Nothing was found at this *spot*; *where* is the part of the page that was looked in."""

    def __init__(self, spot: Spot, where: str, *, also: Spot | None = None) -> None:
        nor = f", nor {also}" if also else ""
        super().__init__(f"there is no {spot} {where}{nor}")
        self.spot = spot


class SeveralThere(Error):  # noqa: N818
    """More than one was found at this *spot* where one is to be pressed or filled in."""

    def __init__(self, spot: Spot, count: int) -> None:
        super().__init__(f"{count} match {spot} where one is expected")
        self.spot = spot


class NoTab(TimeoutError):  # noqa: N818
    """The profile says that an order opens in a tab of its own, and none opened."""

    def __init__(self) -> None:
        super().__init__("no new tab opened, though the profile says `new_tab: true`")


def await_spot(
    root: Page | Locator,
    spot: Spot,
    where: str,
    *,
    patience: float,
    order: str = "",
    also: Spot | None = None,
) -> None:
    """Wait until this *spot*, or *also*, is seen: `NotThere` after so many seconds."""
    try:
        either(root, spot, also, order=order).wait_for(timeout=patience * 1000)
    except TimeoutError:
        raise NotThere(spot, where, also=also) from None


def the_one(root: Page | Locator, spot: Spot, fallbacks: Fallbacks, *, order: str = "") -> Locator:
    """What is at this *spot*; `SeveralThere` where that is more than one."""
    found = find(root, spot, fallbacks, order=order)
    count = found.count()
    if count > 1:
        raise SeveralThere(spot, count)
    return found
