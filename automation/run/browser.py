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
from automation.pages.covers import teach_what_is_met
from automation.pages.storefront import Storefront
from automation.run.gate import Gate
from automation.run.left import Left
from automation.run.leftovers import own_folder, temporary_files_in
from automation.run.lifeline import ends_with_its_browser
from automation.run.once import Once

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
# Nobody looks at pages that are read at night. Words, roles and addresses are there all the same.
_LEAN = ("--blink-settings=imagesEnabled=false", "--disable-remote-fonts")
_MORE = 5.0  # seconds that the gate waits for a store longer than a walk does
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


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


@dataclass(frozen=True)
class Screen:
    """What pages are laid out on: its size in CSS pixels, and how many real ones each of them has.

    A film's frames have as many pixels as it will show, so that its text is drawn, not scaled.
    """

    width: int
    height: int
    scale: float


class OpenBrowser:
    """A browser that is running, and can reach one storefront's hosts only."""

    def __init__(
        self,
        browser: Browser,
        name: str,
        phone: dict[str, Any],
        gate: Gate | None,
        *,
        screen: Screen | None = None,
        left: Left | None = None,
    ) -> None:
        self.left = left
        self._browser = browser
        self._phone = phone
        self._gate = gate
        self._screen = screen
        self.name = f"{name} {browser.version}"

    @property
    def alive(self) -> bool:
        return self._browser.is_connected()

    def narrow(self, within: float) -> Once:
        """What is sent next goes out on a connection of its own, within so many seconds, once."""
        return self._gate.narrow(within) if self._gate else Once(within)

    def widen(self) -> None:
        """Send as usual again."""
        if self._gate:
            self._gate.widen()

    def new_context(
        self, *, language: str, state: dict[str, Any] | None, phone: bool = False
    ) -> BrowserContext:
        """A context of its own: no downloads, no service workers, no permissions.

        As a *phone* it has a phone's screen, touch and user agent.
        """
        computer = {"viewport": {"width": 1280, "height": 900}}
        device: dict[str, Any] = dict(self._phone) if phone else computer
        if self._screen:
            device["viewport"] = {"width": self._screen.width, "height": self._screen.height}
            device["device_scale_factor"] = self._screen.scale
            device.pop("screen", None)
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


def launch_arguments(
    found: Found, gate: Gate | None, screen: Screen | None = None
) -> dict[str, Any]:
    """How a browser is launched whose only way out is this *gate*; `None` is for tests only.

    `EnvironmentProblem` where it would run without its sandbox against a real store.
    """
    if gate is not None and _is_root() and not gate.hosts <= LOOPBACK:
        raise EnvironmentProblem(
            "as root the browser runs without its sandbox, which is refused for a real store",
            hint="run unorder as an ordinary user",
        )
    # A context's own scale is not that of a screencast's frames; this is.
    scale = [f"--force-device-scale-factor={screen.scale}"] if screen else []
    return {
        "executable_path": found.path,
        "args": [*_fence(gate), *_QUIET, *scale],
        # Our own handlers decide: a browser that dies first leaves a click in the dark.
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
        "chromium_sandbox": not _is_root(),
    }


def phone_of(playwright: Playwright) -> dict[str, Any]:
    """The screen, touch and user agent of a phone."""
    phone = dict(playwright.devices[_PHONE])
    phone.pop("default_browser_type")
    return phone


@contextmanager
def open_browser(
    storefront: Storefront | None,
    *,
    headed: bool = False,
    screen: Screen | None = None,
    lean: bool = False,
    one_account: bool = False,
) -> Iterator[OpenBrowser]:
    """A browser for this storefront, or for no host at all; its pages laid out on *screen*.

    A *lean* one asks for no images and no fonts, unless the storefront's pages need them. Where all
    visits are of *one_account*, each may go on in the context that the one before left.
    `EnvironmentProblem` if there is none, or if it does not start.
    """
    found = find_browser(headed=headed)
    with (
        _gate_to(storefront) as gate,
        own_folder() as folder,
        _started(folder) as playwright,
    ):
        arguments = launch_arguments(found, gate, screen)
        if lean and not (storefront and storefront.needs_images):
            arguments["args"] += _LEAN
        browser = _launched(playwright, found, arguments, headed=headed)
        with ends_with_its_browser(folder):
            try:
                yield OpenBrowser(
                    browser,
                    found.name,
                    phone_of(playwright),
                    gate,
                    screen=screen,
                    left=Left() if one_account else None,
                )
            finally:
                with suppress(Error):  # it may be gone already
                    browser.close()


def _gate_to(storefront: Storefront | None) -> Gate:
    if storefront is None:
        return Gate(())
    # As long as a page is being asked for, nothing that the browser is asked about the one before
    # is answered, and most of that has no time limit of its own.
    longest = max(storefront.patience.step, storefront.patience.answer)
    return Gate(storefront.hosts, silence=longest + _MORE)


@contextmanager
def _started(folder: Path) -> Iterator[Playwright]:
    """Playwright's driver, which keeps its files and the browser's in *folder*."""
    with temporary_files_in(folder):
        try:
            playwright = sync_playwright().start()
            teach_what_is_met(playwright)
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
    playwright: Playwright, found: Found, arguments: dict[str, Any], *, headed: bool
) -> Browser:
    try:
        return playwright.chromium.launch(headless=not headed, **arguments)
    except Error as problem:
        raise EnvironmentProblem(
            f"{found.name} does not start: {problem.message.splitlines()[0]}",
            hint="`unorder doctor` looks at the machine"
            + ("; a browser that you see needs a screen" if headed else ""),
        ) from problem


def _fence(gate: Gate | None) -> list[str]:
    if gate is None:
        return []
    # Redirects, images, beacons, WebSockets and popups pass a route handler, but not these.
    rules = ", ".join(["MAP * ~NOTFOUND", *(f"EXCLUDE {host}" for host in sorted(gate.hosts))])
    return [
        f"--proxy-server={gate.address}",
        "--proxy-bypass-list=<-loopback>",
        f"--host-resolver-rules={rules}",
        # Datagrams know no proxy. The shell goes by the first name of this, Chrome by the second.
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    ]


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
