"""A boutique of one's own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from boutiques import Open, boutiques
from shop_visits import Visit, shop_visits

from automation.run.browser import OpenBrowser
from automation.testing.kept import Kept


@pytest.fixture
def boutique(tmp_path: Path, browser_of_ours: OpenBrowser, unorder_kept: Kept) -> Iterator[Open]:
    """Opens a boutique in the shapes that a test asks for."""
    with boutiques(tmp_path, (browser_of_ours, unorder_kept)) as opened:
        yield opened


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Visits a boutique over HTTP in the shapes that a test asks for."""
    with shop_visits() as opened:
        yield opened
