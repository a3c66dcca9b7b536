"""docs/new-storefront.md, followed to the letter in a clean folder, without the shipped adapter."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from boutiques import Open

from mock_store.rules import State

DOC = Path(__file__).parents[2] / "docs/new-storefront.md"
PYTHON = Path(sys.executable)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOC.read_text(), re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What one has after the first three parts: a folder, and one profile made of their blocks."""
    where, pages, click, more, accounts = blocks("yaml")[:5]
    home = tmp_path / "clean"
    (home / "my-store").mkdir(parents=True)
    (home / "my-store/profile.yaml").write_text(f"{where}\n{pages}\n{click}\n{more}")
    (home / "unorder.yaml").write_text(accounts)
    monkeypatch.setenv("SHOP_EMAIL", "robin@varnholt.test")
    monkeypatch.setenv("SHOP_PASSWORD", "lantern-oak-42")
    return home


def unorder(home: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run([str(PYTHON.parent / "unorder"), *words], cwd=home, text=True,
                          capture_output=True, timeout=300, check=False)  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_check_says_that_it_holds(folder: Path) -> None:
    code, said = unorder(folder, "check", "--store", "my-store")

    assert (code, "it can follow cancel-items, cancel-order" in said) == (0, True), said


@pytest.mark.parametrize(
    "flow", ["cancel-items", pytest.param("cancel-order", marks=pytest.mark.thorough)]
)
def test_it_rehearses_and_commits(flow: str, folder: Path, boutique: Open) -> None:
    shop = boutique()
    order, other = shop.place("Stoneware mug", number="1022"), shop.place("Wool throw")
    run = ("run", flow, "order=1022", "--store", "my-store", "--base-url", shop.url)

    code, said = unorder(folder, *run)
    assert (code, order.submits) == (0, 0), said
    assert "rehearsed" in said
    code, said = unorder(folder, *run, "--commit")

    assert code == 0, said
    assert (order.state, order.submits, order.executions) == (State.CANCELLED, 1, 1)
    assert other.state == State.ORDERED


def test_every_shape_of_its_table_is_one_that_a_profile_can_say() -> None:
    """What the table writes in backticks are keys that the reader knows."""
    table = DOC.read_text().partition("## Shapes")[2].partition("## When")[0]

    for key in re.findall(r"`([a-z_]+)\.([a-z_]+)", table):
        assert key[0] in ("sign_in", "orders", "order", "cancel", "commit", "answer"), key


def test_the_blocks_of_python_are_good_manners(tmp_path: Path) -> None:
    from automation.storefronts.own_pages import own_pages  # noqa: PLC0415

    (tmp_path / "pages.py").write_text(blocks("python")[0])

    assert [page.name for page in own_pages(tmp_path)] == ["order"]
