"""Files that cannot be followed, and exactly what is said about each.

`UPDATE_GOLDEN=1 pytest tests/test_broken.py` writes the texts anew; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from automation.errors import InputError
from automation.flow.library import Library
from automation.storefronts.profile import read_profile

BROKEN = Path(__file__).parent / "broken"
FLOWS = sorted(BROKEN.glob("flows/*.yaml"))
PROFILES = sorted(BROKEN.glob("profiles/*.yaml"))


def compare(path: Path, said: str) -> None:
    golden = path.with_suffix(".txt")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(said + "\n")
    assert golden.read_text() == said + "\n"


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_broken_flow_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.chdir(path.parent)

    with pytest.raises(InputError) as problem:
        library.read(Path(path.name))

    compare(path, str(problem.value))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_broken_profile_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)

    with pytest.raises(InputError) as problem:
        read_profile(Path(path.name))

    compare(path, str(problem.value))


def test_every_golden_text_has_its_file() -> None:
    texts = {path.with_suffix("") for path in BROKEN.rglob("*.txt")}

    assert texts == {path.with_suffix("") for path in [*FLOWS, *PROFILES]}
