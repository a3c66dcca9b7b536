"""What the organiser of the shop does, through pretix's own models and services."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django_scopes import scopes_disabled
from pretix.base.models import Customer, Event, Item, Order, OrderPayment, OrderPosition, Organizer
from pretix.base.services.orders import cancel_order

# What a shopper may do to an order, event by event: pretix's settings of the same names.
EVENTS = {
    "free": {"cancel_allow_user_paid": True},
    "keeps": {
        "cancel_allow_user_paid": True,
        "cancel_allow_user_paid_keep": Decimal("3.00"),
        "cancel_allow_user_unpaid_keep": Decimal("3.00"),
    },
    "asks": {
        "cancel_allow_user_paid": True,
        "cancel_allow_user_paid_require_approval": True,
    },
    "firm": {"cancel_allow_user": False, "cancel_allow_user_paid": False},
}
PRICES = {"Evening ticket": Decimal("25.00"), "Workshop": Decimal("40.00")}
STATUSES = {"pending": Order.STATUS_PENDING, "paid": Order.STATUS_PAID,
            "expired": Order.STATUS_EXPIRED, "cancelled": Order.STATUS_CANCELED}  # fmt: skip


@scopes_disabled()
def found(email: str, password: str) -> None:
    """The organizer, a customer of theirs, and an event for each way to cancel."""
    organizer = Organizer.objects.create(name="Lantern Hall", slug="hall")
    organizer.settings.customer_accounts = True
    customer = Customer(organizer=organizer, email=email, is_verified=True,
                        name_parts={"_scheme": "full", "full_name": "Robin Varnholt"})  # fmt: skip
    customer.set_password(password)
    customer.save()
    for slug, settings in EVENTS.items():
        event = Event.objects.create(
            organizer=organizer, name=f"Lantern night {slug}", slug=slug, live=True,
            currency="EUR", date_from=datetime.now(UTC) + timedelta(days=60),
            plugins="pretix.plugins.manualpayment",
        )  # fmt: skip
        event.settings.payment_manual__enabled = True
        for key, value in settings.items():
            event.settings.set(key, value)
        for name, price in PRICES.items():
            event.items.create(name=name, default_price=price)


@scopes_disabled()
@transaction.atomic
def place(*, code: str, event: str, status: str, lines: list[tuple[str, int]],
          customer: bool) -> str:  # fmt: skip
    """An order of these titles and quantities; the secret of its address."""
    at = Event.objects.get(slug=event)
    shopper = Customer.objects.get() if customer else None
    now = datetime.now(UTC)
    order = Order.objects.create(
        code=code, event=at, status=STATUSES[status], customer=shopper, locale="en",
        email=shopper.email if shopper else "guest@varnholt.test", datetime=now,
        expires=now + timedelta(days=-2 if status == "expired" else 14),
        total=sum(PRICES[title] * quantity for title, quantity in lines),
        sales_channel=at.organizer.sales_channels.get(identifier="web"),
    )  # fmt: skip
    titles = [title for title, quantity in lines for _ in range(quantity)]
    for number, title in enumerate(titles, start=1):
        item = next(item for item in Item.objects.filter(event=at) if str(item.name) == title)
        OrderPosition.objects.create(order=order, item=item, variation=None,
                                     price=PRICES[title], positionid=number)  # fmt: skip
    paid = OrderPayment.PAYMENT_STATE_CONFIRMED if status == "paid" else (
        OrderPayment.PAYMENT_STATE_CREATED)  # fmt: skip
    order.payments.create(provider="manual", amount=order.total, state=paid)
    order.create_transactions(is_new=True)
    return str(order.secret)


@scopes_disabled()
def approve(*, code: str) -> None:
    """Grant what a shopper asked for, as the backend's "Cancel order" does for a request."""
    order = Order.objects.get(code=code)
    request = order.cancellation_requests.get()
    cancel_order(order.pk, cancellation_fee=request.cancellation_fee)


@scopes_disabled()
def deny(*, code: str) -> None:
    """Remove what a shopper asked for, as the backend's "Ignore request" does."""
    order = Order.objects.get(code=code)
    order.cancellation_requests.get().delete()
    order.log_action("pretix.event.order.cancellationrequest.deleted", {})


WORK = {"found": found, "place": place, "approve": approve, "deny": deny}
