"""A plan's file is believed only as it was written."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from plans import SAM, a_plan, planned

from automation.errors import InputError
from automation.jobs.planfile import read_plan, write_plan


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    write_plan(a_plan(planned(1), planned(2, SAM)), path)
    return path


def test_is_read_as_it_was_written(path: Path) -> None:
    assert read_plan(path) == a_plan(planned(1), planned(2, SAM))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Robin Vale" not in path.read_text()


def changed(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["orders"][0].update(order="112-0000000-0000009"), "was changed since"),
        (lambda d: d["orders"].pop(), "was changed since"),
        (lambda d: d.update(expires="2099-01-01T00:00:00+00:00"), "was changed since"),
        (lambda d: d.update(more=1), "was changed since"),
        (lambda d: d.pop("sha256"), "was changed since"),
        (lambda d: d.update(version=2), "is a plan of version 2; this unorder reads 1"),
        (lambda d: d.update(format="terraform"), "is not a plan of unorder"),
    ],
)
def test_an_edited_plan_is_refused(
    path: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    changed(path, change)

    with pytest.raises(InputError, match=said):
        read_plan(path)


@pytest.mark.parametrize("left", [0, 1, 40, 400])
def test_a_plan_that_was_cut_short_is_refused(path: Path, left: int) -> None:
    path.write_bytes(path.read_bytes()[:left])

    with pytest.raises(InputError, match="cut short or changed"):
        read_plan(path)


@pytest.mark.parametrize("content", [b"[]", b'"plan"', b"\xff\xfe", b"[" * 50_000])
def test_what_is_no_plan_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(InputError):
        read_plan(path)


def test_a_missing_plan_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read .*none\.json"):
        read_plan(tmp_path / "none.json")
