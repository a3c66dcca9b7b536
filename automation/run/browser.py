"""The one place that finds a browser, and the one way in which it is started."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Playwright, sync_playwright

from automation.errors import EnvironmentProblem
from automation.pages.storefront import Storefront
from automation.run.leftovers import own_folder, temporary_files_in

_SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
             "microsoft-edge")  # fmt: skip
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Found:
    """A browser that is installed. *path* is `None` for Playwright's own."""

    name: str
    path: str | None


def find_browser(*, headed: bool) -> Found:
    """`UNORDER_BROWSER`, else Playwright's own, else an installed one; `EnvironmentProblem`."""
    named = os.environ.get("UNORDER_BROWSER")
    if named:
        if not Path(named).is_file():
            raise EnvironmentProblem(
                f"`UNORDER_BROWSER` names `{named}`, which is not there",
                hint="name a Chromium, Chrome or Edge, or leave it unset",
            )
        return Found(Path(named).name, named)
    own = _playwrights_own(headed=headed)
    if own:
        return own
    for name in (*(() if headed else _SHELLS), *_BROWSERS):
        path = shutil.which(name)
        if path:
            return Found(name, path)
    for path in _MAC if platform.system() == "Darwin" else ():
        if Path(path).is_file():
            return Found(Path(path).name, path)
    raise EnvironmentProblem(
        "no browser was found",
        hint="`playwright install chromium` downloads one; "
        "on Debian and Ubuntu `apt-get install chromium` works too",
    )


def _playwrights_own(*, headed: bool) -> Found | None:
    root = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(root)] if root and root != "0" else [
        Path.home() / ".cache/ms-playwright",
        Path.home() / "Library/Caches/ms-playwright",
        Path(os.environ.get("LOCALAPPDATA", "~")).expanduser() / "ms-playwright",
    ]  # fmt: skip
    kind = "chromium-" if headed else "chromium_headless_shell-"
    for folder in folders:
        for installed in sorted(folder.glob(f"{kind}*"), reverse=True):
            # Playwright writes this file when a download is complete.
            if (installed / "INSTALLATION_COMPLETE").exists():
                return Found(f"Playwright's {installed.name}", None)
    return None


_PHONE = "Pixel 7"


class OpenBrowser:
    """A browser that is running, and can reach one storefront's hosts only."""

    def __init__(self, browser: Browser, name: str, phone: dict[str, Any]) -> None:
        self._browser = browser
        self._phone = phone
        self.name = f"{name} {browser.version}"

    def new_context(
        self, *, language: str, state: dict[str, Any] | None, phone: bool = False
    ) -> BrowserContext:
        """A context of its own: no downloads, no service workers, no permissions.

        As a *phone* it has a phone's screen, touch and user agent.
        """
        device = self._phone if phone else {"viewport": {"width": 1280, "height": 900}}
        return self._browser.new_context(
            locale={"en": "en-GB", "nl": "nl-NL", "de": "de-DE"}.get(language, language),
            storage_state=state,  # type: ignore[arg-type]  # as Playwright itself gave it
            accept_downloads=False,
            service_workers="block",
            **device,
        )

    def new_dead_context(self) -> BrowserContext:
        """A context for looking at saved pages: scripts do not run."""
        return self._browser.new_context(
            java_script_enabled=False,
            accept_downloads=False,
            service_workers="block",
            viewport={"width": 1280, "height": 900},
        )


@contextmanager
def open_browser(storefront: Storefront | None, *, headed: bool = False) -> Iterator[OpenBrowser]:
    """A browser for this storefront, or for no host at all.

    `EnvironmentProblem` if there is none, or if it does not start.
    """
    found = find_browser(headed=headed)
    with own_folder() as folder, _started(folder) as playwright:
        browser = _launched(playwright, found, storefront, headed=headed)
        try:
            phone = dict(playwright.devices[_PHONE])
            phone.pop("default_browser_type")
            yield OpenBrowser(browser, found.name, phone)
        finally:
            with suppress(Error):  # it may be gone already
                browser.close()


@contextmanager
def _started(folder: Path) -> Iterator[Playwright]:
    """Playwright's driver, which keeps its files and the browser's in *folder*."""
    with temporary_files_in(folder):
        try:
            playwright = sync_playwright().start()
        except Exception as problem:  # it has no type of its own for a driver that dies
            raise EnvironmentProblem(
                f"Playwright's driver does not start: {problem}",
                hint="`unorder doctor` looks at the machine",
            ) from problem
    try:
        yield playwright
    finally:
        with suppress(Error):  # the driver may be gone already
            playwright.stop()


def _launched(
    playwright: Playwright, found: Found, storefront: Storefront | None, *, headed: bool
) -> Browser:
    try:
        return playwright.chromium.launch(
            executable_path=found.path,
            headless=not headed,
            args=_arguments(storefront),
            # Our own handlers decide: a browser that dies first leaves a click in the dark.
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            chromium_sandbox=not _is_root(),
        )
    except Error as problem:
        raise EnvironmentProblem(
            f"{found.name} does not start: {problem.message.splitlines()[0]}",
            hint="`unorder doctor` looks at the machine"
            + ("; --headed needs a screen" if headed else ""),
        ) from problem


def _arguments(storefront: Storefront | None) -> list[str]:
    hosts = storefront.hosts if storefront else ()
    if _is_root() and not set(hosts) <= _LOOPBACK:
        raise EnvironmentProblem(
            "as root the browser runs without its sandbox, which is refused for a real store",
            hint="run unorder as an ordinary user",
        )
    # Redirects, images, beacons and WebSockets pass a route handler, but not this.
    rules = ", ".join(["MAP * ~NOTFOUND", *(f"EXCLUDE {host}" for host in hosts)])
    return [f"--host-resolver-rules={rules}", *_QUIET]


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
