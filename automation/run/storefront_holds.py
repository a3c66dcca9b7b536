"""Holding a storefront whose steps changed an order before the click, until a person says go on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from automation.errors import InputError, StorefrontHeld
from automation.pages.storefront import Storefront
from automation.run.journal import Entry, Journal

_HELD, _RELEASED = "storefront_held", "storefront_released"
_FILES = ("*.yaml", "pages.py", "flows/*.yaml")


def hold(journal: Journal, storefront: Storefront, run: str, reason: str) -> None:
    """Let nothing be followed on this storefront any more, for no account."""
    body = {"profile": digest_of(storefront), "reason": reason}
    journal.write(run, _HELD, body, subject=storefront.key)


def see_that_it_is_not_held(journal: Journal, storefront: Storefront) -> None:
    """`StorefrontHeld` until a person has released it."""
    held = _held(journal, storefront)
    if held:
        raise StorefrontHeld(
            f"{storefront.title} is held: {held.body['reason']} (run {held.run})",
            hint="look at the order and at the profile, correct the profile, then say so: "
            f"unorder release --store {storefront.opened_as.store} --by NAME --note TEXT",
        )


def release(journal: Journal, storefront: Storefront, *, by: str, note: str) -> None:
    """Go on with it. `InputError` where it is not held, or its files are as they were."""
    held = _held(journal, storefront)
    if held is None:
        raise InputError(f"{storefront.title} is not held")
    if held.body["profile"] == digest_of(storefront):
        raise InputError(
            f"the files of {storefront.title} are what they were when the run `{held.run}` changed "
            "an order",
            hint=f"correct the profile first: {storefront.folder}",
        )
    journal.write(held.run, _RELEASED, {"by": by, "note": note}, subject=storefront.key)


def digest_of(storefront: Storefront) -> str:
    """One short word for what a storefront's folder says."""
    told = hashlib.sha256()
    folder = storefront.folder or Path()
    for path in sorted({path for files in _FILES for path in folder.glob(files)}):
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()


def _held(journal: Journal, storefront: Storefront) -> Entry | None:
    about = journal.entries(subject=storefront.key)  # by its index: each run asks
    return about[-1] if about and about[-1].kind == _HELD else None
