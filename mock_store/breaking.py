"""How the store breaks its answer to what cannot be undone: before it was carried out, or after."""

from __future__ import annotations

from mock_store.quirks import Quirk
from mock_store.wishes import Met, Quirks

_NOT_DONE = (
    (Quirk.ERROR_ON_COMMIT_NOT_DONE, None),
    (Quirk.DROPS_ON_COMMIT_NOT_DONE, None),
    (Quirk.SAYS_NOTHING, "not_done"),
)
_DONE = (
    (Quirk.ERROR_ON_COMMIT_DONE, None),
    (Quirk.DROPS_ON_COMMIT_DONE, None),
    (Quirk.SAYS_NOTHING, "done"),
    (Quirk.NEVER_ANSWERS, None),
    (Quirk.SLOW_COMMIT, None),
)


def instead(quirks: Quirks, *, order: str | None, account: str) -> Met | None:
    """How the answer breaks instead of anything being carried out, if it does."""
    return _first(quirks, _NOT_DONE, order, account)


def afterwards(quirks: Quirks, *, order: str | None, account: str) -> Met | None:
    """How the answer breaks after it was carried out, if it does."""
    return _first(quirks, _DONE, order, account)


def _first(
    quirks: Quirks,
    kinds: tuple[tuple[Quirk, str | None], ...],
    order: str | None,
    account: str,
) -> Met | None:
    for quirk, how in kinds:
        met = quirks.met(quirk, how=how, order=order, account=account)
        if met:
            return met
    return None
