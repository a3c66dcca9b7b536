"""The pytest plugin. It loads by being installed, so nothing is imported before it is needed."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from automation.testing.kept import KEPT

if TYPE_CHECKING:
    from automation.testing.cases.items import CaseFile

_SUFFIXES = (".cases.yaml", ".cases.yml")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("unorder", "unorder")
    group.addoption(
        "--unorder-runs",
        metavar="DIR",
        help="Keep the runs of every test here; else those of failed tests go where --output says.",
    )
    group.addoption(
        "--unorder-times",
        type=int,
        default=1,
        metavar="K",
        help="How often each cell of a YAML case is followed.",
    )
    group.addoption(
        "--update-outlines",
        action="store_true",
        help="Approve the accessibility outlines of pages as they are now.",
    )
    group.addoption(
        "--unorder-store",
        metavar="STORE",
        help="Follow flows on this storefront, by name or folder, instead of a mock store.",
    )
    group.addoption(
        "--unorder-url", metavar="URL", help="Where that store is, if not where its profile says."
    )
    parser.addini(
        "unorder_hosts",
        type="args",
        default=[],
        help="The only hosts that the browser may reach; needed to follow flows on a real store.",
    )
    parser.addini(
        "unorder_each_step",
        type="bool",
        default=True,
        help="Picture each step of a run; else the click, and a step that broke.",
    )
    parser.addini(
        "unorder_signed_in",
        type="bool",
        default=False,
        help="Runs on mock stores begin signed in, instead of signing in first.",
    )
    parser.addini(
        "unorder_patience",
        type="args",
        default=[],
        help="How long runs wait, as step=10 action=5 answer=4 settle=5 (seconds).",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Registered here, after every plugin that was found by being installed: a fixture that two
    # plugins have is the later one's, and some of these stand on pytest-playwright's own.
    from automation.testing import fixtures  # noqa: PLC0415

    config.pluginmanager.register(fixtures, "unorder-fixtures")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    if not file_path.name.endswith(_SUFFIXES):
        return None
    from automation.testing.cases.items import CaseFile  # noqa: PLC0415

    return CaseFile.from_parent(parent, path=file_path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what the runs of a failed test left, and tell what they saw."""
    report = yield
    kept = item.stash.get(KEPT, None)
    if kept is not None and call.when == "call":
        kept.tell(report)
    return report
