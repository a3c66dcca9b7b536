"""What the store does instead of showing a page that concerns a shopper."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from mock_store.pages.challenges import challenge
from mock_store.pages.showing import message, page
from mock_store.quirks import Place, Quirk
from mock_store.visitors import account, the_store

_OF_A_SHOPPER = ("orders", "order", "cancelling", "asking", "subscriptions")
_ANSWERS = ("cancelling.summary", "asking.asked")


def misbehave() -> ResponseReturnValue | None:
    """Runs before each page; `None` where the page is shown, if late."""
    if request.blueprint not in _OF_A_SHOPPER:
        return None
    quirks, who = the_store().quirks, account()
    order, key = request.args.get("orderID"), who.key if who else None
    if late := quirks.met(Quirk.SLOW, order=order, account=key):
        the_store().closing.wait(late.seconds)
    if request.method != "GET":
        return None
    if not _answers():
        error = quirks.met(Quirk.ERROR_BEFORE, order=order, account=key)
        if error:
            return message("error", int(error.how))
        if quirks.happens(Quirk.SKELETON, order=order, account=key):
            return page("skeleton")
    back = request.full_path.rstrip("?")
    return challenge(Place.PAGE, who, order=order, return_to=back)


def _answers() -> bool:
    """Whether this page is the answer to a click that cannot be undone."""
    ended = (request.view_args or {}).get("place") == "ended"
    return request.endpoint in _ANSWERS or ended
