"""The files that make a system run a night each night."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from commands import Command

RULES = """
rules: Night shift
accounts:
  - {store: mock, account: robin}
  - {store: mock, account: sam}
cancel: [{name: all, orders: all}]
hours: {from: "22:30", until: "23:10"}
zone: Europe/Amsterdam
ping: {credential: ping}
notify:
  - to: {env: APPRISE}
"""
Printed = Callable[..., dict[str, str]]


@pytest.fixture
def printed(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Printed:
    for name in ("UNORDER_CONFIG", "UNORDER_RUNS", "UNORDER_DATABASE"):
        monkeypatch.delenv(name, raising=False)

    def printed(system: str, rules: str = RULES, *more: str) -> dict[str, str]:
        path = tmp_path / "rules.yaml"
        path.write_text(rules)
        folder = tmp_path / "units"
        code, out, err = command("schedule", "print", str(path), f"--{system}", "-o", str(folder),
                                 "--user", "unorder", *more)  # fmt: skip
        assert code == 0, err
        return {Path(name).name: Path(name).read_text() for name in out.splitlines()}

    return printed


def unit(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as systemd reads it
    parser.read_string(text)
    return parser


def test_a_service_stops_with_care(printed: Printed) -> None:
    files = printed("systemd")

    service = unit(files["unorder-night-shift.service"])["Service"]
    assert service["Type"] == "oneshot"
    assert service["KillMode"] == "mixed"
    assert int(service["TimeoutStopSec"]) >= 180
    assert service["LoadCredential"] == "ping:/etc/unorder/credentials/ping"
    assert service["UMask"] == "0077"
    assert service["ProtectSystem"] == "strict"
    assert service["MemoryMax"].endswith("M")
    assert "SuccessExitStatus" not in service
    assert service["ExecStart"].endswith("rules.yaml --commit --json")
    failed = unit(files["unorder-night-shift.service"])["Unit"]["OnFailure"]
    assert failed == "unorder-night-shift-failed@%n.service"
    assert "{credential: APPRISE}" in files["unorder-night-shift.service"]


def test_a_timer_catches_up_and_does_not_come_with_everybody(printed: Printed) -> None:
    timer = unit(printed("systemd")["unorder-night-shift.timer"])["Timer"]

    assert timer["OnCalendar"] == "*-*-* 22:30:00 Europe/Amsterdam"
    assert timer["Persistent"] == "true"
    assert timer["RandomizedDelaySec"] == "10min"  # a quarter of the 40 minutes of its hours


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_nothing_wrong(printed: Printed, tmp_path: Path) -> None:
    names = printed("systemd")

    verified = subprocess.run(
        ["systemd-analyze", "verify", *(f"./{name}" for name in names)],  # noqa: S607
        cwd=tmp_path / "units", capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_a_line_for_cron_leaves_to_who_works_already(printed: Printed) -> None:
    (text,) = printed("cron").values()

    zone, line = (line for line in text.splitlines() if not line.startswith("#"))
    assert zone == "CRON_TZ=Europe/Amsterdam"
    assert re.fullmatch(r"30 22 \* \* \*  cd \S+ && (UNORDER_STATE=\S+ )?flock -n -E 75 \S+\.lock "
                        r"\S+ nightly \S+ --commit --json", line)  # fmt: skip


def test_what_unorder_goes_by_here_it_goes_by_there(
    printed: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a timer would read another keep-list, or not know of what was clicked."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.yaml").write_text("keep: {orders: []}")
    database = "postgresql://unorder@db.example/unorder"
    monkeypatch.setenv("UNORDER_CONFIG", "own.yaml")
    monkeypatch.setenv("UNORDER_DATABASE", database)
    named = f"UNORDER_CONFIG={tmp_path}/own.yaml"

    service = unit(printed("systemd")["unorder-night-shift.service"])["Service"]["Environment"]
    (line,) = printed("cron").values()
    _, job = yaml.safe_load_all(next(iter(printed("kubernetes").values())))

    assert service.split()[-2:] == [named, f"UNORDER_DATABASE={database}"]
    assert f"cd {tmp_path} && {named} " in line
    assert f" UNORDER_DATABASE={database} flock" in line
    container = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
    assert {"name": "UNORDER_DATABASE", "value": database} in container["env"]


def test_a_credential_for_a_code_is_loaded_too(
    printed: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.yaml").write_text(
        "accounts: {anna: {store: mock, code: {credential: anna-code}}}\n"
    )
    monkeypatch.setenv("UNORDER_CONFIG", str(tmp_path / "own.yaml"))

    files = printed("systemd", RULES.replace("account: sam", "account: anna"))

    loads = "LoadCredential=anna-code:/etc/unorder/credentials/anna-code"
    assert loads in files["unorder-night-shift.service"]


def test_a_manifest_for_kubernetes_begins_one_night_at_a_time(printed: Printed) -> None:
    (text,) = printed("kubernetes", RULES, "--image", "registry.example/unorder:1").values()

    volume, job = yaml.safe_load_all(text)
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert (job["spec"]["schedule"], job["spec"]["timeZone"]) == ("30 22 * * *", "Europe/Amsterdam")
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    assert job["spec"]["jobTemplate"]["spec"]["backoffLimit"] == 0
    assert pod["restartPolicy"] == "Never"
    assert pod["terminationGracePeriodSeconds"] >= 180
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["containers"][0]["image"] == "registry.example/unorder:1"
    mounted = {mount["name"] for mount in pod["containers"][0]["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}
    assert volume["spec"]["accessModes"] == ["ReadWriteOncePod"]


def test_without_hours_a_quiet_minute_is_drawn_and_stays(printed: Printed) -> None:
    rules = re.sub(r"(?m)^(hours|zone): .*\n", "", RULES)

    first, again = printed("cron", rules), printed("cron", rules)

    assert first == again
    assert re.search(r"(?m)^\d{1,2} 3 \* \* \*", *first.values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "for which system is not said"),
        (("--systemd", "--at", "25:00"), "`25:00` is not a time of day"),
    ],
)
def test_bad_input_is_told(
    command: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES)

    code, _, err = command("schedule", "print", str(path), *words)

    assert code == 2
    assert said in err


def test_a_path_that_a_unit_would_misread_is_refused(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "50% off $HOME"
    folder.mkdir()
    (folder / "rules.yaml").write_text(RULES)

    code, _, err = command("schedule", "print", str(folder / "rules.yaml"), "--systemd")

    assert code == 2
    assert "cannot stand in a unit" in err


@pytest.mark.parametrize(
    ("status", "told"), [("5", False), ("137", True), ("1", True), (None, True)]
)
def test_a_night_that_ended_without_a_word_is_told_of(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    status: str | None,
    *,
    told: bool,
) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES)
    if status:
        monkeypatch.setenv("MONITOR_EXIT_STATUS", status)

    code, _, err = command("schedule", "failed", str(path), "unorder-night-shift.service")

    assert code == 0
    assert ("the notice 1 was not sent" in err) is told  # its address is nowhere
