"""Files that cannot be followed, and exactly what is said about each."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import compare

from automation.errors import InputError
from automation.flow.library import Library
from automation.jobs.reading import read_rules
from automation.run.settings import Settings
from automation.storefronts.manners import see_manners
from automation.storefronts.profile import read_profile
from automation.testing.cases.reading import read_cases

BROKEN = Path(__file__).parent / "broken"
FLOWS = sorted(BROKEN.glob("flows/*.yaml"))
PROFILES = sorted(BROKEN.glob("profiles/*.yaml"))
RULES = sorted(BROKEN.glob("rules/*.yaml"))
PAGES = sorted(BROKEN.glob("pages_py/*.py"))
CASES = sorted(BROKEN.glob("cases/*.yaml"))


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_broken_flow_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.chdir(path.parent)

    with pytest.raises(InputError) as problem:
        library.read(Path(path.name))

    compare(path.with_suffix(".txt"), f"{problem.value}\n")


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_broken_profile_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)

    with pytest.raises(InputError) as problem:
        read_profile(Path(path.name))

    compare(path.with_suffix(".txt"), f"{problem.value}\n")


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_broken_rules_are_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)

    with pytest.raises(InputError) as problem:
        read_rules(Path(path.name), Settings())

    compare(path.with_suffix(".txt"), f"{problem.value}\n")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_broken_case_is_told(path: Path) -> None:
    with pytest.raises(InputError) as problem:
        read_cases(path, Library(), name=path.name)

    compare(path.with_suffix(".txt"), f"{problem.value}\n")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_objects_without_manners_are_told(path: Path) -> None:
    with pytest.raises(InputError) as problem:
        see_manners(path)

    compare(path.with_suffix(".txt"), f"{problem.value}\n")


def test_every_golden_text_has_its_file() -> None:
    texts = {path.with_suffix("") for path in BROKEN.rglob("*.txt")
             if path.parent.name != "commands"}  # fmt: skip

    assert texts == {path.with_suffix("") for path in [*FLOWS, *PROFILES, *RULES, *CASES, *PAGES]}
