"""`unorder check` of files, and what looks at the configuration and at places to write to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from commands import Command

from automation.run.doctor import examine

RULES = """\
rules: nightly
accounts:
  - {store: mock, account: robin}
cancel: []
"""
FLOW = """\
flow: mine
summary: Look at one order.
steps:
  - orders.open
  - orders.open_order: %s
"""


def test_a_rules_file_is_not_called_a_flow(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES)

    code, _, err = command("check", str(path))

    assert code == 2
    assert "name at least one choice" in err
    assert f"`{path}` does not hold" in err


def test_a_flow_is_called_as_its_file_is(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(FLOW % "112-4419326-1180247")

    code, _, err = command("check", str(path))

    assert code == 2
    assert "this flow is called `mine`, and its file `other`" in err
    assert "call both the same" in err


@pytest.mark.parametrize(
    ("number", "store", "holds"),
    [
        ("112-4419326-1180247", "mock", True),
        ("12", "mock", False),
        ("12", None, True),  # the boutique may have such an order
        ("none-has-it", None, False),
    ],
)
def test_a_number_that_no_order_can_have_is_told(
    command: Command, tmp_path: Path, number: str, store: str | None, *, holds: bool
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(FLOW % number)

    code, _, err = command("check", str(path), *(("--store", store) if store else ()))

    assert code == (0 if holds else 2)
    assert holds or f"`{number}` is not an order number of" in err


def test_the_doctor_looks_at_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> tuple[bool, str]:
        found = next(each for each in examine(tmp_path / "runs") if each.what == "configuration")
        return found.well, found.said

    assert said()[0]
    monkeypatch.setenv("UNORDER_CONFIG", str(tmp_path))
    well, told = said()
    assert not well
    assert f"names `{tmp_path}`, which is a folder" in told
    broken = tmp_path / "unorder.yaml"
    broken.write_text("acounts: {}\n")
    monkeypatch.setenv("UNORDER_CONFIG", str(broken))
    well, told = said()
    assert not well
    assert "acounts" in told


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_plan_that_could_not_be_written_is_not_begun(command: Command, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.touch(mode=0o400)

    code, _, err = command("plan", "rules.yaml", "-o", str(plan))

    assert code == 2
    assert f"cannot write to `{plan}`" in err
