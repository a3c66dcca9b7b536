"""The one browser that all ways use, by its executable."""

from __future__ import annotations

import os
from pathlib import Path

from automation.errors import EnvironmentProblem
from automation.run.browser import find_browser

ARGUMENTS = ("--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--no-first-run")  # fmt: skip
_SHELLS = ("headless_shell", "chrome-headless-shell")


def the_browser() -> str:
    """What unorder would take itself; `EnvironmentProblem` if there is none."""
    found = find_browser(headed=False)
    if found.path:
        return found.path
    folder = Path(
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    )
    for name in _SHELLS:
        for path in sorted(folder.glob(f"chromium_headless_shell-*/*/{name}"), reverse=True):
            return str(path)
    raise EnvironmentProblem(
        f"the executable of {found.name} was not found", hint="name it in `UNORDER_BROWSER`"
    )


def arguments() -> tuple[str, ...]:
    """What ours is started with too; as root no browser has a sandbox."""
    return (*ARGUMENTS, *(("--no-sandbox",) if os.geteuid() == 0 else ()))
