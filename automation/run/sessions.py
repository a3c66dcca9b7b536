"""Signed-in state: kept from run to run, outside the project, readable by its owner only."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from automation.pages.storefront import Storefront
from automation.run.accounts import Account
from automation.run.places import state_folder, write_private

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Session:
    """What the store gave to a browser that signed in, and how it greeted the shopper."""

    state: dict[str, Any]
    greeted_as: str
    signed_in_at: datetime

    @classmethod
    def of_nobody(cls) -> Session:
        """Where nobody signs in."""
        return cls({}, "", _NEVER)


def session_file(storefront: Storefront, account: Account) -> Path:
    """Where the session of this account at this address is kept."""
    key = f"{storefront.name} {storefront.origin} {account.name}"
    name = f"{storefront.name}-{account.name}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
    return state_folder("sessions") / f"{name}.json"


def load(storefront: Storefront, account: Account) -> Session | None:
    """The kept session; `None` if there is none, it is too old, or others could have changed it."""
    path = session_file(storefront, account)
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o077 or found.st_uid != os.getuid():
            return None
        data = json.loads(path.read_text("utf-8"))
        session = Session(
            data["state"], data["greeted_as"], datetime.fromisoformat(data["signed_in_at"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    age = datetime.now(UTC) - session.signed_in_at
    return session if age < timedelta(hours=account.session_hours) else None


def ages(now: datetime) -> dict[str, timedelta]:
    """How long ago each kept state was signed in to, by storefront and account."""
    found = {}
    for path in sorted(state_folder("sessions").glob("*.json")):
        name = path.stem.rpartition("-")[0]
        try:
            found[name] = now - datetime.fromisoformat(json.loads(path.read_text())["signed_in_at"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # it will be signed in to anew
    return found


def save(storefront: Storefront, account: Account, session: Session) -> None:
    data = {
        "state": session.state,
        "greeted_as": session.greeted_as,
        "signed_in_at": session.signed_in_at.isoformat(),
    }
    write_private(session_file(storefront, account), json.dumps(data).encode())
