"""Environments for the ways that need other packages than ours, made when they are first needed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATIENCE = 420  # seconds: a slow network must leave time to measure
_PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--require-hashes", "-r")  # fmt: skip


class Missing(Exception):  # noqa: N818 (it says why a way is left out)
    """What a way needs is not here, and cannot be installed."""


def python_with(name: str) -> str:
    """The Python of `.venv-NAME`, in which `requirements/NAME.txt` is installed."""
    locked = ROOT / "requirements" / f"{name}.txt"
    folder = ROOT / f".venv-{name}"
    python = folder / "bin" / "python"
    stamp = folder / ".ready"
    known = hashlib.sha256(locked.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == known:
        return str(python)
    print(f"installing {locked.relative_to(ROOT)} into {folder.name}", file=sys.stderr)
    venv.create(folder, with_pip=True, clear=True)
    _run([str(python), *_PIP, str(locked)])
    stamp.write_text(known)
    return str(python)


def chromedriver() -> str:
    """Debian's, for the browser is Debian's too."""
    if not shutil.which("chromedriver"):
        print("installing chromium-driver", file=sys.stderr)
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        _run([*as_root, "apt-get", "update", "-qq"])
        _run([*as_root, "apt-get", "install", "-y", "-qq", "--no-install-recommends",
              "chromium-driver"])  # fmt: skip
    found = shutil.which("chromedriver")
    if not found:
        raise Missing("there is no chromedriver")
    return found


def _run(command: Sequence[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(  # noqa: S603 (our own commands)
            command, check=True, capture_output=True, text=True, timeout=_PATIENCE,
            env=environment,
        )  # fmt: skip
    except FileNotFoundError as problem:
        raise Missing(f"{problem.filename} is not here") from None
    except subprocess.TimeoutExpired:
        raise Missing(f"`{' '.join(command[:3])} …` took longer than {_PATIENCE} s") from None
    except subprocess.CalledProcessError as problem:
        lines = problem.stderr.strip().splitlines() or ["it failed"]
        raise Missing(lines[-1]) from None
