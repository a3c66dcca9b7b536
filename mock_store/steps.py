"""The steps that a visitor has taken, for pages that may only come after others."""

from __future__ import annotations

from mock_store.visitors import the_store, visitor


def take(*step: str) -> None:
    the_store().steps.add((visitor().token, *step))


def taken(*step: str) -> bool:
    return (visitor().token, *step) in the_store().steps
