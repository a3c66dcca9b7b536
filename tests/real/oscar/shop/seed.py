"""Fills the shop: a customer and the orders that it is told, as JSON on standard input."""

import json
import os
import sys
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402 (Django must be set up first)
from django.contrib.sites.models import Site  # noqa: E402
from oscar.apps.address.models import Country  # noqa: E402
from oscar.test import factories  # noqa: E402


def main() -> None:
    """Make what was asked for."""
    told = json.load(sys.stdin)
    Site.objects.update_or_create(id=1, defaults={"domain": "127.0.0.1", "name": "A shop"})
    Country.objects.get_or_create(
        iso_3166_1_a2="NL", defaults={"printable_name": "Netherlands", "name": "NETHERLANDS"}
    )
    email, password = told["email"], told["password"]
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        "robin", email, password
    )
    for order in told["orders"]:
        place(user, order)


def place(user, told) -> None:  # noqa: ANN001 (plain data)
    """One order, through Oscar's own basket and order creator."""
    basket = factories.create_basket(empty=True)
    for title, quantity in told["lines"]:
        product = factories.create_product(title=title)
        factories.create_stockrecord(product, num_in_stock=99, price=Decimal("18.00"))
        basket.add_product(product, quantity)
    order = factories.create_order(number=told["number"], basket=basket, user=user)
    for status in told.get("through", ()):
        order.set_status(status)


main()
