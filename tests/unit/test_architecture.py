"""The house as it is meant: which room may know of which, and what may not be written where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("automation/**/*.py"), *ROOT.glob("mock_store/**/*.py")])
LONGEST = 350  # lines; past this, a module hides something

# What each room may import. A room that is not named here may not exist.
MAY = {
    "automation.errors": set(),
    "automation.outcome": set(),
    "automation.source": {"automation.errors"},
    "automation.pages": {"automation.errors"},
    "automation.storefronts": {"automation.errors", "automation.pages", "automation.source"},
    "automation.flow": {"automation.errors", "automation.pages", "automation.source"},
    "automation.run": {
        "automation.errors", "automation.outcome", "automation.pages", "automation.source",
        "automation.storefronts", "automation.flow",
    },
    "automation.jobs": {
        "automation.errors", "automation.outcome", "automation.pages", "automation.source",
        "automation.storefronts", "automation.flow", "automation.run",
    },
    # The test kit is where the two worlds meet: it follows flows on a mock store in one process,
    # and compares what runs say with what that store knows.
    "automation.testing": {
        "automation.errors", "automation.outcome", "automation.pages", "automation.source",
        "automation.storefronts", "automation.flow", "automation.run", "mock_store",
    },
    "automation.walkthrough": {
        "automation.errors", "automation.outcome", "automation.pages", "automation.source",
        "automation.flow", "automation.run",
    },
    "automation.scale": {
        "automation.errors", "automation.outcome", "automation.pages", "automation.source",
        "automation.storefronts", "automation.flow", "automation.run", "automation.jobs",
    },
    "automation.cli": {
        "automation.errors", "automation.outcome", "automation.pages", "automation.source",
        "automation.storefronts", "automation.flow", "automation.run", "automation.jobs",
        "automation.walkthrough", "automation.testing", "automation.scale", "mock_store",
    },
    "mock_store": set(),
}  # fmt: skip


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def room(module: str) -> str:
    parts = module.split(".")
    return parts[0] if parts[0] == "mock_store" else ".".join(parts[:2])


def named(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_point_down(path: Path) -> None:
    mine = room(named(path))
    others = {
        room(module)
        for module in imported(path)
        if module.startswith(("automation.", "mock_store"))
    }

    if mine != "automation.__init__":
        assert others - {mine} <= MAY[mine]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_waits_for_a_while(path: Path) -> None:
    slow = {"time.sleep", "sleep"}

    assert not [call for call in calls(path) if call in slow or call.endswith("wait_for_timeout")]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    if "cli" in named(path):
        return
    assert not {"print", "sys.exit", "click.echo", "exit"} & set(calls(path))


@pytest.mark.parametrize(
    "path", [path for path in MODULES if named(path).startswith("automation.")], ids=named
)
def test_selectors_live_in_page_objects(path: Path) -> None:
    if room(named(path)) in ("automation.pages", "automation.storefronts"):
        return
    of_the_document = {'"html"', '"body"', "'html'", "'body'"}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            (".locator", ".get_by_role", ".get_by_label", ".get_by_text", ".query_selector")
        ):
            given = node.args[0]
            assert not isinstance(given, ast.Constant) or ast.unparse(given) in of_the_document
