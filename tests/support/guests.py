"""The boutique as a shop without accounts: an order is opened by its number and its secret."""

from __future__ import annotations

from typing import Any

SHAPES = ("sign_in=none", "address=secret")
# What its adapter says instead. No list is named, since guests have none.
ADAPTER: dict[str, Any] = {
    "addresses": {"sign_in": None, "orders": None, "order": "/account/orders/{order}/{key}"},
    "demo_accounts": None,
    "pages": {
        "sign_in": "none",
        "home": None,
        "orders": None,
        "cancel": {
            "commit": {
                "role": "button",
                "name": "$sure",
                "goes_to": "POST /account/orders/{order}/{key}/cancel",
            }
        },
    },
}
