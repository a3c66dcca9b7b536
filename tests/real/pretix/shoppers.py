"""A shopper at the command line: a clean folder with an `unorder.yaml`, and `unorder` in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ticket_shops import EMAIL, PASSWORD

ACCOUNTS = """\
accounts:
  robin:
    store: pretix
    email: {env: SHOP_EMAIL}
    password: {env: SHOP_PASSWORD}
"""


@dataclass(frozen=True)
class Told:
    """What the command said of one run."""

    code: int
    outcome: str | None
    reason: str
    order: str
    report: str  # the whole report, as text
    words: str  # all that stood on the terminal


@dataclass(frozen=True)
class Shopper:
    """Types `unorder` in a folder of their own."""

    home: Path
    url: str
    store: str = "pretix"

    def settings(self, text: str) -> None:
        """What the folder's `unorder.yaml` says."""
        (self.home / "unorder.yaml").write_text(text)

    def cancel(self, order: str, *words: str, **secrets: str) -> Told:
        """`unorder cancel ORDER` on the shop; `--commit` is one of *words*."""
        (told,) = self.tell("cancel", order, "--store", self.store, "--base-url", self.url,
                            *words, **secrets)  # fmt: skip
        return told

    def verify(self) -> list[Told]:
        """`unorder verify`."""
        return self.tell("verify")

    def tell(self, *words: str, **secrets: str) -> list[Told]:
        """What `unorder *words*` says, run by run."""
        done = self.unorder(*words, "--json", **secrets)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert lines, done.stderr
        return [_told(line, done) for line in lines]

    def unorder(self, *words: str, **secrets: str) -> subprocess.CompletedProcess[str]:
        """`unorder *words*`, in the shopper's folder."""
        environment = {
            **os.environ,
            "SHOP_EMAIL": EMAIL,
            "SHOP_PASSWORD": PASSWORD,
            "UNORDER_STATE": str(self.home / "state"),
            "UNORDER_RUNS": str(self.home / "runs"),
            "CI": "1",
            **secrets,
        }
        return subprocess.run(
            [str(Path(sys.executable).parent / "unorder"), *words], env=environment,
            cwd=self.home, text=True, capture_output=True, timeout=300, check=False,
        )  # fmt: skip

    def kept(self) -> str:
        """All that was written to this folder, as text."""
        files = (file for file in self.home.rglob("*") if file.is_file())
        return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files)


def _told(line: dict[str, Any], done: subprocess.CompletedProcess[str]) -> Told:
    report = Path(line["report"]).read_text("utf-8") if line.get("report") else ""
    return Told(done.returncode, line["outcome"], str(line.get("reason")), str(line["order"]),
                report, done.stdout + done.stderr)  # fmt: skip
