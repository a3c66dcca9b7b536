"""Memberships & Subscriptions: the list, and the way to the end of one."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from automation.pages.base import (
    AnswerPage,
    CommittingPage,
    Effect,
    PageObject,
    action,
    reading,
    sign,
)
from automation.pages.choosing import NotOffered
from automation.pages.readings import Line, Selection, Subscription
from automation.pages.regions import Field, lines_of, read_rows
from automation.pages.values import SubscriptionName, folded

_MOST_OFFERS = 10
_WHEN = ("on_date", "now")


class NotListed(Exception):  # noqa: N818 (a fact about the list, judged by whoever asked)
    """No subscription of this name is listed."""

    def __init__(self, name: str, listed: tuple[str, ...]) -> None:
        super().__init__(f"{name} is not among {', '.join(listed)}")
        self.name = name
        self.listed = listed


class NoAnswer(Exception):  # noqa: N818
    """A page pleads to stay, and none of what it offers is a declared no."""

    def __init__(self, offered: tuple[str, ...]) -> None:
        super().__init__(", ".join(offered))
        self.offered = offered


class MembershipsPage(PageObject):
    """The list of an account's memberships and subscriptions."""

    name = "memberships"
    known_by = "main#memberships"

    @action(from_anywhere=True)
    def open(self) -> MembershipsPage:
        """Go to Memberships & Subscriptions."""
        self.page.goto(self.storefront.url("memberships"))
        return self

    @action()
    def manage(self, subscription: SubscriptionName) -> ManagePage:
        """Press "Manage" beside the subscription of this name."""
        self._row(subscription).locator(".ways a").click()
        return ManagePage(self.page, self.storefront)

    @reading
    def read(self, subscription: SubscriptionName) -> Subscription:
        """The subscription of this name; `NotListed` if there is none."""
        rows = read_rows(
            self.page.locator(".subscription"),
            name=Field(".subscription-name"),
            said=Field(".subscription-state"),
            price=Field(".subscription-price"),
            elsewhere=Field(".billed-elsewhere"),
            account=Field("#account-name", ancestor="body"),
        )
        for row in rows:
            if folded(row["name"]) == folded(subscription):
                return Subscription(
                    name=folded(row["name"]),
                    said=folded(row["said"]),
                    price=folded(row["price"]),
                    account=folded(row["account"]),
                    elsewhere=bool(row["elsewhere"]),
                )
        raise NotListed(subscription, tuple(folded(row["name"]) for row in rows))

    def _row(self, name: str) -> Locator:
        words = r"\s+".join(re.escape(word) for word in name.split())
        named = self.page.locator(".subscription-name").filter(
            has_text=re.compile(rf"^\s*{words}\s*$")
        )
        return self.page.locator(".subscription").filter(has=named)


class ManagePage(PageObject):
    """One subscription, and what can be done with it."""

    name = "manage"
    known_by = "main#manage-subscription"

    @action()
    def advanced_controls(self) -> EndSubscriptionPage:
        """Follow the link under "Advanced Controls" to the subscription's main page."""
        self.page.locator("#advanced-controls").click()
        return EndSubscriptionPage(self.page, self.storefront)

    @action()
    def end_membership(self) -> OffersPage:
        """Press "End membership"."""
        self.page.locator("#end-membership").click()
        return OffersPage(self.page, self.storefront)


class SubscriptionEndedPage(AnswerPage):
    """The store's answer."""

    name = "ended"
    known_by = "#subscription-ended"

    @sign
    def confirms(self) -> Locator:
        """The store says that it is ended, or will be."""
        return self.page.locator("#subscription-ended[data-answer=ENDED]")

    @sign
    def refuses(self) -> Locator:
        """The store says that it could not be ended."""
        return self.page.locator("#subscription-ended[data-answer=REFUSED]")

    @reading
    def says(self) -> str:
        """The store's answer, in its own words."""
        return lines_of(self.page.locator("#subscription-ended .answer"))


class _EndingPage(CommittingPage):
    """A page that ends one subscription, which it names."""

    def selection(self) -> Selection:
        rows = read_rows(
            self.arrived(), name=Field(".subscription-name"), price=Field(".subscription-price")
        )
        lines = (Line(folded(row["name"]), 1, folded(row["price"]), ticked=True) for row in rows)
        return Selection(order=None, lines=tuple(lines), reason=None)


class EndSubscriptionPage(_EndingPage):
    """A subscription's main page."""

    name = "end_subscription"
    known_by = "main#subscription-main"

    def control(self) -> Locator:
        return self.arrived().locator("#end-subscription-form button.strong")

    @action(irreversible=Effect.ENDS_SUBSCRIPTION)
    def end(self) -> SubscriptionEndedPage:
        """Press "Cancel subscription"."""
        self.press()
        return SubscriptionEndedPage(self.page, self.storefront)


class OffersPage(PageObject):
    """Pages that plead to stay, as many as there are."""

    name = "offers"
    known_by = "main#offers, main#end-membership-page"

    @action()
    def decline(self) -> EndMembershipPage:
        """Answer each offer with its declared no, until the page that ends the membership."""
        last = EndMembershipPage(self.page, self.storefront)
        for _ in range(_MOST_OFFERS):
            self.arrived().wait_for()
            if last.arrived().count():
                return last
            buttons = self.arrived().locator("a, button").filter(visible=True)
            offered = [folded(text) for text in buttons.all_inner_texts()]
            declined = [text for text in offered if text in self.labels.declines]
            if not declined:
                raise NoAnswer(tuple(offered))
            with self.page.expect_navigation():
                buttons.nth(offered.index(declined[0])).click()
        raise NoAnswer((f"more than {_MOST_OFFERS} offers",))


class EndMembershipPage(_EndingPage):
    """The page that ends a membership: now, or when what is paid for is over."""

    name = "end_membership"
    known_by = "main#end-membership-page"
    _when = _WHEN[0]

    def control(self) -> Locator:
        value = "now" if self._when == "now" else "date"
        return self.arrived().locator(f"button[name=when][value={value}]")

    @action()
    def choose(self, when: str) -> None:
        """Choose when it ends: `on_date`, when what is paid for is over, or `now`."""
        if when not in _WHEN:
            raise NotOffered(when, _WHEN)
        self._when = when

    @action(irreversible=Effect.ENDS_SUBSCRIPTION)
    def end(self) -> SubscriptionEndedPage:
        """Press the button that ends it as chosen."""
        self.press()
        return SubscriptionEndedPage(self.page, self.storefront)
