"""Where the captures of real pages are, for the tests that look at them."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def captures(request: pytest.FixtureRequest) -> Path:
    named = request.config.getoption("--captures")
    if not named or not Path(named).is_dir():
        pytest.skip("no captures: --captures=DIR")
    return Path(named)
