"""A run does not wait for a browser that is gone, even if nobody tells that it is."""

from __future__ import annotations

import os
import signal
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Error

from automation.run import lifeline
from automation.run.browser import open_browser
from automation.run.leftovers import running_out_of


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(lifeline, "_EVERY", 0.2)
    return tmp_path


def is_driver(process: int) -> bool:
    return b"run-driver" in Path(f"/proc/{process}/cmdline").read_bytes()


def of_the_one_browser(temporary: Path) -> list[int]:
    (folder,) = temporary.glob("unorder-browser-*")
    return running_out_of(folder)


def wait_for_a_browser_that_dies_untold(temporary: Path) -> None:
    with open_browser(None) as browser:
        page = browser.new_context(language="en", state=None).new_page()
        processes = of_the_one_browser(temporary)
        for driver in filter(is_driver, processes):
            os.kill(driver, signal.SIGSTOP)
        for process in [process for process in processes if not is_driver(process)]:
            os.kill(process, signal.SIGKILL)
        page.evaluate("1")


def look_at_a_browser_for_a_while(temporary: Path) -> int:
    with open_browser(None) as browser:
        page = browser.new_context(language="en", state=None).new_page()
        page.evaluate("new Promise((done) => setTimeout(done, 1500))")
        return len(of_the_one_browser(temporary))


def test_the_driver_ends_with_the_browser(temporary: Path) -> None:
    with ThreadPoolExecutor(1) as thread, pytest.raises(Error, match="has been closed"):
        thread.submit(wait_for_a_browser_that_dies_untold, temporary).result()

    assert not list(temporary.glob("unorder-browser-*"))


def test_while_there_is_a_browser_nothing_is_ended(temporary: Path) -> None:
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(look_at_a_browser_for_a_while, temporary).result() > 2
