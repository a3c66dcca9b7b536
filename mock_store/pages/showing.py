"""Rendering a page of the store's layout."""

from __future__ import annotations

from flask import render_template, request

from mock_store.quirks import Quirk
from mock_store.showing import CoverShown, MessageShown, PageLink, Visitor
from mock_store.visitors import account, the_store, visitor


def page(template: str, shown: object = None, status: int = 200) -> tuple[str, int]:
    """One page, for whoever is looking."""
    store, who = the_store(), account()
    return (
        render_template(
            [f"{folder}/{template}.html" for folder in (store.layout, "shared", "documented")],
            layout=store.layout,
            shown=shown,
            words=store.words,
            csrf=visitor().csrf,
            visitor=Visitor(who.name if who else None, store.words.language),
            cover=_cover(who.key if who else None),
        ),
        status,
    )


def _cover(account_key: str | None) -> CoverShown | None:
    """What will be laid over this page, if anything."""
    order = request.args.get("orderID")
    for quirk in (Quirk.COOKIE_BANNER, Quirk.POPUP, Quirk.SURVEY):
        met = the_store().quirks.met(quirk, order=order, account=account_key)
        if met:
            return CoverShown(quirk.value, int(met.seconds * 1000))
    return None


def message(key: str, status: int) -> tuple[str, int]:
    """A page that says one thing."""
    words = the_store().words
    link = PageLink(words("view_orders"), "/your-orders/orders")
    return page("message", MessageShown(words(key), words(f"{key}_text"), link), status)
