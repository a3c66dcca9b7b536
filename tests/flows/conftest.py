"""How many cells of flow by layout by language were tried is told at the end."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tried = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if "matrix" in report.keywords and report.when == "call"
    ]
    if tried:
        passed = sum(report.passed for report in tried)
        terminalreporter.write_line(
            f"matrix of flow x layout x language: {passed} of {len(tried)} cells passed"
        )
