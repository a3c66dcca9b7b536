"""Every shared page object, in the order in which the vocabulary lists them."""

from __future__ import annotations

from automation.pages.asking import AskedPage, ContactPage, RequestPage, ReturnPage
from automation.pages.base import PageObject
from automation.pages.cancelling import CancelItemsPage, CancellationPage
from automation.pages.memberships import (
    EndMembershipPage,
    EndSubscriptionPage,
    ManagePage,
    MembershipsPage,
    OffersPage,
    SubscriptionEndedPage,
)
from automation.pages.order import OrderPage
from automation.pages.orders import OrdersPage
from automation.pages.phone import AppPage, MePage

PAGES: tuple[type[PageObject], ...] = (
    MePage,
    OrdersPage,
    OrderPage,
    CancelItemsPage,
    CancellationPage,
    RequestPage,
    ContactPage,
    ReturnPage,
    AskedPage,
    AppPage,
    MembershipsPage,
    ManagePage,
    EndSubscriptionPage,
    OffersPage,
    EndMembershipPage,
    SubscriptionEndedPage,
)
