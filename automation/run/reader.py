"""Reading an order by its own address: before the click, and after it."""

from __future__ import annotations

from playwright.sync_api import Error, Page

from automation.outcome import Outcome
from automation.pages.base import Effect
from automation.pages.memberships import MembershipsPage, NotListed
from automation.pages.order import OrderPage
from automation.pages.orders import OrderNotListed
from automation.pages.readings import Order
from automation.pages.storefront import Storefront
from automation.pages.tally import GoesInCircles
from automation.pages.values import OrderNumber, SubscriptionName
from automation.run.arrival import arrive, translated
from automation.run.endings import SignedOut, WalkEnded
from automation.run.evidence import Evidence, Seen
from automation.run.facts import as_order
from automation.run.judgement import Verdict
from automation.run.kept_pages import empty, forget_what_was_loaded, may_have_been_kept
from automation.run.not_listed import in_circles, not_found
from automation.run.record import masked
from automation.run.visit import Visit


class OrderReader:
    """Reads an order by its own address, in a page of its own."""

    def __init__(
        self,
        visit: Visit,
        order: str,
        evidence: Evidence,
        effect: Effect,
        storefront: Storefront | None = None,  # as this order is opened, if not as the visit's
    ) -> None:
        self._visit = visit
        self._own_storefront = storefront
        self._order = order
        self._of_subscription = effect is Effect.ENDS_SUBSCRIPTION
        self._evidence = evidence
        self._kept: Order | None = None
        self.seen: Seen | None = None

    def look(self) -> Order:
        """The order before anything is at stake. Raises what `arrive` raises, and an `Error`."""
        with self._visit.aside() as page:
            return self._read(page)

    def _read(self, page: Page) -> Order:
        read = self._subscription if self._of_subscription else self._own
        order = read(page)
        if may_have_been_kept(page):
            empty(page)  # else an address with a `#` is only gone to within the page
            forget_what_was_loaded(page)
            order = read(page)
        return order

    def _read_and_keep(self) -> Order:
        with self._visit.aside(after=True) as page:
            order = self._read(page)
            if order != self._kept:  # a picture of the same again would tell nothing
                self.seen = self._evidence.capture(page, "read-back")
                self._kept = order
            # It is written down why it was judged as it is, in the store's words.
            return masked(order, self._evidence.masker.text)

    def _own(self, page: Page) -> Order:
        storefront = self._own_storefront or self._visit.storefront
        try:
            there = storefront.kind(OrderPage)(page, storefront).open(OrderNumber(self._order))
        except OrderNotListed as gap:  # where an order has no address of its own
            raise not_found(gap, storefront.description) from gap
        except GoesInCircles as circle:
            raise in_circles(circle, storefront.description) from circle
        except Error as problem:
            missing = self._visit.missing.of(page)
            raise translated(problem, storefront, missing) from problem
        arrive(there, self._visit.missing, loaded=True)
        return there.read()

    def _subscription(self, page: Page) -> Order:
        storefront = self._own_storefront or self._visit.storefront
        try:
            there = MembershipsPage(page, storefront).open()
        except Error as problem:
            missing = self._visit.missing.of(page)
            raise translated(problem, storefront, missing) from problem
        arrive(there, self._visit.missing, loaded=True)
        try:
            return as_order(there.read(SubscriptionName(self._order)), storefront)
        except NotListed as gap:
            raise WalkEnded(Verdict(Outcome.NOT_FOUND, str(gap))) from gap

    def read_back(self) -> Order | None:
        """The order now, signing in again if need be; `None` if it cannot be read."""
        try:
            try:
                order = self._read_and_keep()
            except SignedOut:
                self._visit.sign_in_again()
                order = self._read_and_keep()
        except Exception:  # noqa: BLE001 (a storefront's own pages may raise anything)
            return None
        return order if order.number == self._order else None
