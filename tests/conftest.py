"""Fixtures: a store of one's own for each test, and a browser that they share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands import Command

from automation.cli.main import main
from automation.flow.binding import bind
from automation.flow.library import Library
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser, open_browser
from automation.run.engine import follow as follow_flow
from automation.run.following import Asked
from automation.run.journal import Journal
from automation.run.record import Run
from automation.run.rules import Rules
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from automation.storefronts.profile import open_storefront
from mock_store.rules import Mode
from mock_store.server import serve
from mock_store.store import Store

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--captures", metavar="DIR", help="real pages to try the page objects on")


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own state, and none finds their configuration."""
    monkeypatch.setenv("UNORDER_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("UNORDER_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(ROOT)


@pytest.fixture
def layout() -> str:
    """Which of its faces the store shows; modules that try each override this."""
    return "documented"


@pytest.fixture
def language() -> str:
    return "en"


@pytest.fixture(params=[Mode.STRICT])
def store(request: pytest.FixtureRequest, layout: str, language: str) -> Iterator[Store]:
    opened = Store(mode=request.param, layout=layout, language=language)
    yield opened
    opened.close()


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    with serve(store) as url:
        yield url


@pytest.fixture(scope="session")
def browser_of_ours() -> Iterator[OpenBrowser]:
    with open_browser(open_storefront("mock")) as browser:
        yield browser


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command in this process: its exit code, and what it says on both streams."""

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["unorder", *words])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return command


@pytest.fixture
def storefront(address: str, language: str) -> Storefront:
    return open_storefront("mock", base_url=address, language=language)


@pytest.fixture
def follow(
    storefront: Storefront, browser_of_ours: OpenBrowser, tmp_path: Path
) -> Callable[..., Run]:
    def follow(
        flow: str,
        *,
        commit: bool = True,
        account: str | None = None,
        rules: Rules | None = None,
        watcher: Watcher | None = None,
        **given: str | list[str],
    ) -> Run:
        texts = {name: [value] if isinstance(value, str) else value
                 for name, value in given.items()}  # fmt: skip
        asked = Asked(
            bind(Library().find(flow), texts, storefront, Library().find),
            storefront,
            Settings().account(account, storefront),
            rules or Rules(),
            commit=commit,
        )
        journal = Journal.open(tmp_path / "runs")
        try:
            return follow_flow(
                asked,
                browser_of_ours,
                journal,
                watcher=watcher or Watcher(),
                stopping=Stopping(),
            )
        finally:
            journal.close()

    return follow
