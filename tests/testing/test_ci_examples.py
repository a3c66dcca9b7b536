"""The CI examples in docs/ci are what the two services accept, and call what there is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from automation.cli.matrix import matrix

CI = Path(__file__).parents[2] / "docs" / "ci"
SCHEMAS = {"github-actions.yml": "vendor.github-workflows", "gitlab-ci.yml": "vendor.gitlab-ci"}


def test_each_example_is_linted() -> None:
    assert {path.name for path in CI.iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_example_is_accepted_by_its_schema(name: str) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[name],
         *(["--data-transform", "gitlab-ci"] if "gitlab" in name else []), str(CI / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_example_calls_what_there_is(name: str, pytestconfig: pytest.Config) -> None:
    text = (CI / name).read_text()
    (of_matrix,) = re.findall(r"unorder matrix .+", text)
    (of_pytest,) = re.findall(r"pytest -n .+", text)

    assert matrix.make_context("matrix", shlex.split(of_matrix)[2:]).params["times"] == 5
    assert pytestconfig._parser.parse(shlex.split(of_pytest)[1:]).numprocesses
