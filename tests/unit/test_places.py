"""Where unorder keeps its files, and who may read them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from automation.run.accounts import FromEnvironment
from automation.run.places import private_folder, write_private


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_every_folder_on_the_way_is_closed(tmp_path: Path) -> None:
    private_folder(tmp_path / "a/b/c")

    for path in ("a", "a/b", "a/b/c"):
        assert (tmp_path / path).stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_removed_is_made_again(tmp_path: Path) -> None:
    private_folder(tmp_path / "a").rmdir()

    assert private_folder(tmp_path / "a").is_dir()


def test_a_file_is_closed_even_if_it_was_open_before(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.touch(mode=0o644)

    write_private(path, b"x")

    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.touch()
    (tmp_path / "run.json").symlink_to(elsewhere)

    with pytest.raises(OSError, match="symbolic links"):
        write_private(tmp_path / "run.json", b"x")
    assert elsewhere.read_bytes() == b""


def test_a_secret_leaves_the_environment_as_soon_as_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UNORDER_TEST_SECRET", "lantern")

    secret = FromEnvironment("UNORDER_TEST_SECRET")

    assert "UNORDER_TEST_SECRET" not in os.environ
    assert (secret.read(), FromEnvironment("UNORDER_TEST_SECRET").read()) == ("lantern", "lantern")
