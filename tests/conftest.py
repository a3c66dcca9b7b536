"""The project's own suite is the first user of its plugin: the fixtures are `automation.testing`'s."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from commands import Command

from automation.cli.main import main

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


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command in this process: its exit code, and what it says on both streams."""

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["unorder", *words])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return command
