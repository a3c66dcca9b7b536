"""Runs on a mock store that begin signed in, as on all days but the first."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from automation.pages.storefront import Storefront
from automation.run import sessions
from automation.run.accounts import Account
from automation.run.sessions import Session
from mock_store.store import Store
from mock_store.visitors import COOKIE


def let_in(store: Store, storefront: Storefront) -> None:
    """Keep a session for each account of the store, as if a run before had signed in."""
    for person in store.people:
        cookie = {
            "name": COOKIE,
            "value": store.let_in(person.key),
            "domain": urlsplit(storefront.base_url).hostname,
            "path": "/",
            "expires": -1,
            "httpOnly": True,
            "secure": False,
            "sameSite": "Lax",
        }
        state = {"cookies": [cookie], "origins": []}
        session = Session(state, person.name, datetime.now(UTC))
        sessions.save(storefront, Account(person.key, storefront.name), session)
