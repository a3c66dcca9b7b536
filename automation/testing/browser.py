"""pytest-playwright's browser, as runs use it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Playwright

from automation.errors import EnvironmentProblem
from automation.run.browser import OpenBrowser, find_browser, launch_arguments, phone_of
from automation.run.gate import Gate
from automation.testing.kept import Kept


def launch_arguments_for(theirs: dict[str, Any], gate: Gate | None) -> dict[str, Any]:
    """pytest-playwright's launch arguments, with the browser that unorder finds.

    Only a project that names its hosts, and so has a *gate*, gets the rest of what a run has:
    other tests of the same project may need the whole network.
    """
    headed = theirs.get("headless") is False
    try:
        found = find_browser(headed=headed)
    except EnvironmentProblem:
        if os.environ.get("UNORDER_BROWSER"):
            raise
        return theirs  # Playwright says itself what it lacks
    ours: dict[str, Any] = {"executable_path": found.path}
    if gate:
        ours = launch_arguments(found, gate)
    if ours["executable_path"] is None:
        del ours["executable_path"]
    args: list[str] = [*ours.pop("args", []), *theirs.get("args", [])]
    return {**ours, **theirs, **({"args": args} if args else {})}


def trace_is_unsaid(config: pytest.Config) -> bool:
    """Whether nobody said `--tracing`: then a run's trace is kept when its test fails."""
    environment = os.environ.get("PYTEST_ADDOPTS", "").split()
    words = [*config.invocation_params.args, *config.getini("addopts"), *environment]
    return not any(str(word).partition("=")[0] == "--tracing" for word in words)


class Contexts:
    """Opens the contexts of a test's runs, in the place of a browser.

    Those that are signed in go through pytest-playwright, which records them as its options say.
    A context without a state is about to sign in: of that nothing is recorded.
    """

    def __init__(
        self,
        browser: Browser,
        new_context: Callable[..., BrowserContext],
        said: Collection[str],
        kept: Kept | None,
    ) -> None:
        self._browser = browser
        self._new_context = new_context
        self._said = said  # what the command line or a marker says goes before a flow's device
        self._kept = kept
        self.version = browser.version
        self.name = browser.browser_type.name

    def new_context(self, **given: Any) -> BrowserContext:
        if given.get("storage_state") is None:
            return self._browser.new_context(**given)
        own = {name: value for name, value in given.items() if name not in self._said}
        context = self._new_context(**own)
        if self._kept is not None:
            _trace(context, self._kept)
        return context


def opened(playwright: Playwright, contexts: Contexts, gate: Gate | None) -> OpenBrowser:
    """The browser of a run whose contexts are opened so."""
    return OpenBrowser(cast("Browser", contexts), contexts.name, phone_of(playwright), gate)


def _trace(context: BrowserContext, kept: Kept) -> None:
    close = context.close
    context.tracing.start(screenshots=True, snapshots=True)

    def save_and_close(**given: Any) -> None:
        with suppress(Error):  # a browser that is gone leaves no trace
            context.tracing.stop(path=kept.new_trace())
        close(**given)

    context.close = save_and_close  # type: ignore[method-assign]
