"""The fixtures: a store of one's own for each test, and flows that are followed on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from automation.testing.kept import KEPT, Kept

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright

    from automation.pages.storefront import Patience, Storefront
    from automation.run.browser import OpenBrowser
    from automation.run.gate import Gate
    from automation.run.settings import Settings
    from automation.run.visit import Visit
    from automation.testing.accessibility import Violation
    from automation.testing.following import Follow
    from automation.testing.outlines import Outlines
    from mock_store.rules import Mode
    from mock_store.store import Store


@pytest.fixture
def layout(request: pytest.FixtureRequest) -> str:
    """Which of its faces the mock store shows: documented, current or mobile."""
    return str(getattr(request, "param", "documented"))


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    """What the mock store speaks: en, nl or de."""
    return str(getattr(request, "param", "en"))


@pytest.fixture
def mode(request: pytest.FixtureRequest) -> str:
    """How the mock store treats forms that come late or twice: strict, lenient or legacy."""
    return str(getattr(request, "param", "strict"))


@pytest.fixture
def store(request: pytest.FixtureRequest, layout: str, language: str, mode: str) -> Iterator[Store]:
    """A mock store that is this test's own."""
    from mock_store.store import Store  # noqa: PLC0415

    asked: Mode | str = getattr(request, "param", mode)
    opened = Store(mode=asked, layout=layout, language=language)
    yield opened
    opened.close()


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    """Where the mock store listens: on the loopback interface, on a free port."""
    from mock_store.server import serve  # noqa: PLC0415

    with serve(store) as url:
        yield url


@pytest.fixture
def patience(pytestconfig: pytest.Config) -> Patience:
    """How long runs wait. The store is in this process, so it settles soon."""
    from automation.testing.patience import patience_of  # noqa: PLC0415

    return patience_of(pytestconfig.getini("unorder_patience"))


@pytest.fixture
def signed_in(pytestconfig: pytest.Config) -> bool:
    """Whether runs on the mock store begin signed in, or sign in first."""
    said: bool = pytestconfig.getini("unorder_signed_in")
    return said


@pytest.fixture
def each_step(pytestconfig: pytest.Config) -> bool:
    """Whether each step of a run is pictured, or the click and a step that broke only."""
    said: bool = pytestconfig.getini("unorder_each_step")
    return said


@pytest.fixture
def storefront(
    request: pytest.FixtureRequest,
    address: str,
    language: str,
    patience: Patience,
    signed_in: bool,
) -> Storefront:
    """The store as runs see it: that of `--unorder-store`, else a mock store of the test's own.

    For another store override it, and `unorder_settings`.
    """
    from dataclasses import replace  # noqa: PLC0415

    from automation.storefronts.profile import open_storefront  # noqa: PLC0415

    named = request.config.getoption("--unorder-store")
    if named:
        url = request.config.getoption("--unorder-url")
        return open_storefront(named, base_url=url, language=language)
    opened = open_storefront("mock", base_url=address, language=language)
    if signed_in:
        from automation.testing.letting_in import let_in  # noqa: PLC0415

        let_in(request.getfixturevalue("store"), opened)
    return replace(opened, patience=patience)


@pytest.fixture
def unorder_settings() -> Settings:
    """Accounts and rules. The mock store needs none; nobody's own configuration is read."""
    from automation.run.settings import Settings  # noqa: PLC0415

    return Settings()


@pytest.fixture(scope="session")
def unorder_gate(pytestconfig: pytest.Config) -> Iterator[Gate | None]:
    """The browser's only way out, where the ini file names the hosts that it may reach."""
    from automation.run.gate import Gate  # noqa: PLC0415

    hosts = pytestconfig.getini("unorder_hosts")
    if not hosts:
        yield None
        return
    with Gate(hosts) as gate:
        yield gate


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
    browser_name: str,
    connect_options: dict[str, Any] | None,
    unorder_gate: Gate | None,
) -> dict[str, Any]:
    """As pytest-playwright has it, with the browser that unorder finds."""
    from automation.testing.browser import launch_arguments_for  # noqa: PLC0415

    if browser_name != "chromium" or connect_options or "channel" in browser_type_launch_args:
        return browser_type_launch_args
    return launch_arguments_for(browser_type_launch_args, unorder_gate)


@pytest.fixture
def unorder_kept(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    output_path: str,
    pytestconfig: pytest.Config,
    monkeypatch: pytest.MonkeyPatch,
) -> Kept:
    """What this test's runs leave; nothing goes to the user's own state."""
    monkeypatch.setenv("UNORDER_STATE", str(tmp_path / "state"))
    named = pytestconfig.getoption("--unorder-runs")
    output = Path(named) / Path(output_path).name if named else Path(output_path)
    kept = Kept(tmp_path, output, always=bool(named))
    request.node.stash[KEPT] = kept
    return kept


@pytest.fixture(scope="session")
def unorder_playwright(playwright: Playwright) -> Playwright:
    """pytest-playwright's Playwright, with what unorder's pages are looked at by."""
    from automation.pages.covers import teach_what_is_met  # noqa: PLC0415

    teach_what_is_met(playwright)
    return playwright


@pytest.fixture
def browser_of_ours(  # noqa: PLR0917 (fixtures are asked for by name)
    request: pytest.FixtureRequest,
    unorder_playwright: Playwright,
    browser: Browser,
    browser_context_args: dict[str, Any],
    new_context: Callable[..., BrowserContext],
    unorder_kept: Kept,
    unorder_gate: Gate | None,
) -> OpenBrowser:
    """pytest-playwright's browser as runs use it: its options hold for every context but one.

    Signing in has a context of its own, of which nothing is recorded.
    """
    from automation.testing.browser import Contexts, opened, trace_is_unsaid  # noqa: PLC0415

    marker = request.node.get_closest_marker("browser_context_args")
    said = {*browser_context_args, *(marker.kwargs if marker else ())}
    trace = unorder_kept if trace_is_unsaid(request.config) else None
    return opened(unorder_playwright, Contexts(browser, new_context, said, trace), unorder_gate)


@pytest.fixture
def follow(  # noqa: PLR0917 (fixtures are asked for by name)
    storefront: Storefront,
    unorder_settings: Settings,
    browser_of_ours: OpenBrowser,
    unorder_kept: Kept,
    pytestconfig: pytest.Config,
    each_step: bool,
) -> Follow:
    """Follow a flow on the store: `follow("cancel-items", order=…, items=[…])` gives the `Run`."""
    from automation.testing.following import Follow  # noqa: PLC0415

    return Follow(
        storefront,
        unorder_settings,
        browser_of_ours,
        unorder_kept,
        hosts=tuple(pytestconfig.getini("unorder_hosts")),
        each_step=each_step,
    )


@pytest.fixture
def visit(
    storefront: Storefront,
    unorder_settings: Settings,
    browser_of_ours: OpenBrowser,
    layout: str,
) -> Iterator[Visit]:
    """A visit to the store, signed in; `visit.page` is its page, a phone's on the mobile layout."""
    from automation.run.masking import Masker  # noqa: PLC0415
    from automation.run.visit import visiting  # noqa: PLC0415

    account = unorder_settings.account(None, storefront)
    phone = layout == "mobile"
    with visiting(browser_of_ours, storefront, account, Masker(storefront), phone=phone) as visit:
        yield visit


@pytest.fixture
def outline(request: pytest.FixtureRequest) -> Outlines:
    """Fail unless a page's outline is the approved one: `outline(page, "name")`."""
    from automation.testing.outlines import Outlines  # noqa: PLC0415

    folder = request.path.parent / "outlines" / request.path.stem
    return Outlines(folder, approve=request.config.getoption("--update-outlines"))


@pytest.fixture
def violations() -> Callable[..., list[Violation]]:
    """What axe finds on a page; nothing is as it should be."""
    from automation.testing.accessibility import violations  # noqa: PLC0415

    return violations
