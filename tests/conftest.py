"""The suite is the first user of the plugin: its fixtures are `automation.testing`'s."""

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The path of a flow is the same in every language; `make test-all` walks it in all three."""
    for item in items:
        if "flows.cases.yaml" in item.nodeid and item.nodeid.endswith(("-nl)", "-de)")):
            item.add_marker(pytest.mark.thorough)


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell at the end how many cells of flow by layout by language were tried."""
    tried = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if "flows.cases.yaml" in report.nodeid and report.when == "call"
    ]
    if tried:
        passed = sum(report.passed for report in tried)
        terminalreporter.write_line(
            f"matrix of flow x layout x language: {passed} of {len(tried)} cells passed"
        )
