"""How long runs wait in tests."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from automation.pages.storefront import Patience

# Long enough for a busy machine: only what never comes costs this much. To settle takes longer than
# to answer, so that an order can still be read twice after the store said nothing.
OF_TESTS = Patience(step=10, action=5, answer=4, settle=5)


def patience_of(said: list[str]) -> Patience:
    """The patience of tests, with what `unorder_patience` says of it."""
    told: dict[str, float] = {}
    for text in said:
        name, _, seconds = text.partition("=")
        try:
            told[name] = float(seconds)
        except ValueError:
            told[""] = 0
    names = [field.name for field in fields(Patience)]
    if not set(told) <= set(names):
        raise pytest.UsageError(
            f"`unorder_patience = {' '.join(said)}` cannot be read\n\n"
            f"hint: write it like step=10 action=5; there are {', '.join(names)}"
        )
    return replace(OF_TESTS, **told)
