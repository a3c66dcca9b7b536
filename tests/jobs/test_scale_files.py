"""The files in docs/scale are what Compose and Kubernetes accept, and call what there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from automation.cli.scaling import scale
from automation.run.shared import name_of

FILES = Path(__file__).parents[2] / "docs" / "scale"


def containers() -> list[tuple[str, list[str], dict[str, str]]]:
    """Every station of both files: its name, its words, its environment."""
    found = []
    composed = yaml.safe_load((FILES / "compose.yaml").read_text())
    for name, service in composed["services"].items():
        if service["image"] == "unorder":
            found.append((name, service["command"], service["environment"]))
    for document in yaml.safe_load_all((FILES / "kubernetes.yaml").read_text()):
        if document["kind"] == "StatefulSet":
            (one,) = document["spec"]["template"]["spec"]["containers"]
            values = {each["name"]: each.get("value", "") for each in one["env"]}
            found.append((one["name"], one["args"], values))
    return found


def station_set() -> dict[str, Any]:
    documents = yaml.safe_load_all((FILES / "kubernetes.yaml").read_text())
    (found,) = (one for one in documents if one["kind"] == "StatefulSet")
    spec: dict[str, Any] = found["spec"]
    return spec


def test_compose_accepts_its_file() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema",
               "vendor.compose-spec", str(FILES / "compose.yaml")]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("one", containers(), ids=lambda one: one[0])
def test_a_station_calls_what_there_is(one: tuple[str, list[str], dict[str, str]]) -> None:
    _, words, environment = one

    assert words[:2] == ["scale", "serve"]
    told = CliRunner().invoke(scale, ["serve", "--help"]).output
    assert all(word in told for word in words if word.startswith("--"))
    assert name_of(environment["UNORDER_DATABASE"])
    assert {"PGPASSFILE", "UNORDER_STATE", "UNORDER_RUNS", "UNORDER_CONFIG"} <= set(environment)


def test_stations_have_names_of_their_own() -> None:
    composed = [words[words.index("--station") + 1] for _, words, _ in containers()]

    assert len(set(composed)) == len(composed)


def test_every_volume_of_the_set_is_there() -> None:
    spec = station_set()
    pod = spec["template"]["spec"]
    there = {volume["name"] for volume in pod["volumes"]}
    there |= {claim["metadata"]["name"] for claim in spec["volumeClaimTemplates"]}
    (one,) = pod["containers"]

    assert {mount["name"] for mount in one["volumeMounts"]} == there
    assert pod["terminationGracePeriodSeconds"] >= 180
    assert spec["selector"]["matchLabels"].items() <= spec["template"]["metadata"]["labels"].items()


def test_the_image_is_made_from_the_lock_file() -> None:
    text = (FILES / "Dockerfile").read_text()

    assert "--require-hashes -r requirements/dev.txt" in text
    assert "USER unorder" in text
