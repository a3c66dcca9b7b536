"""What is installed is whole: each shipped storefront is known by its name."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path.parent.name for path in ROOT.glob("storefronts/*/profile.yaml"))
COMMAND = "from automation.cli.main import main; main()"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the wheel are, as an installer lays them down."""
    made = tmp_path_factory.mktemp("wheel")
    words = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(made), str(ROOT)]
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    (wheel,) = made.glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        files.extractall(made / "installed")
    return made / "installed"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_storefront_holds_by_its_name(installed: Path, tmp_path: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "check", "--store", name],
        env={**os.environ, "PYTHONPATH": str(installed)}, cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    folder = installed / "automation/_storefronts" / name
    assert f"its folder: {folder}" in done.stdout
    assert _files(folder) == _files(ROOT / "storefronts" / name)


def _files(folder: Path) -> set[Path]:
    return {
        path.relative_to(folder) for path in folder.rglob("*") if path.suffix in (".yaml", ".py")
    }
