"""Bad days are made outside: what runs against a store knows nothing of them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = sorted([*ROOT.glob("automation/**/*.py"), *ROOT.glob("mock_store/**/*.py")])
BAD_DAYS = sorted(ROOT.glob("faults/**/*.py"))
LONGEST = 350  # lines, as for every module


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
    return found


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_is_not_imported(path: Path) -> None:
    assert "faults" not in imported(path)
    assert "mutant" not in path.read_text().lower()


@pytest.mark.parametrize("path", BAD_DAYS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


def test_it_is_not_shipped() -> None:
    built = (
        ROOT.joinpath("pyproject.toml").read_text().partition("[tool.hatch.build.targets.wheel]")[2]
    )

    assert 'packages = ["automation", "mock_store"]' in built.partition("[tool")[0]
