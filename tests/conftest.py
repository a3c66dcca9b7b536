"""The suite is the first user of the plugin: its fixtures are `automation.testing`'s."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytest_plugins = ["pytester"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--captures", metavar="DIR", help="real pages to try the page objects on")


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own state, and none finds their configuration."""
    monkeypatch.setenv("UNORDER_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("UNORDER_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(ROOT)
