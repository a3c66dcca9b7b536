"""What the boutique's pages send by themselves, which changes no order."""

from __future__ import annotations

from enum import StrEnum


class Traffic(StrEnum):
    NONE = "none"
    BEACON = "beacon"  # statistics, when a page has loaded and at each click
    CONSENT = "consent"  # that cookies were not asked for, when a page has loaded
    CART = "cart"  # a POST that is answered with what the header says of the basket
    UNLOAD = "unload"  # a fetch that outlives its page
    SOCKET = "socket"  # a WebSocket: a message when it opens and at each click
    ALL = "all"
