"""`unorder matrix` as its user types it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from process import start

pytestmark = pytest.mark.thorough

CASES = """\
cases:
  - it: cancels
    given: {order: {items: [Desk lamp]}}
    follow: {flow: cancel-order}
    expect: {outcome: cancelled}
  - it: is refused
    given: {order: {items: [Desk lamp]}, quirks: [refuses]}
    follow: {flow: cancel-order}
    expect: {outcome: cancelled}
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_it_follows_every_cell_so_many_times_and_tells_what_that_comes_to(shop: Path) -> None:
    (shop / "shop.cases.yaml").write_text(CASES)

    ended = start(
        "matrix", ".", "--times", "2", "--workers", "1", "--html", "page.html", "--junit", "j.xml"
    )

    assert ended.returncode == 1, ended.stderr
    table = {
        found[1]: found[2].split()
        for line in ended.stdout.splitlines()
        if (found := re.fullmatch(r" *([\w-]+) +(\d.*)", line))
    }
    assert table["refuses"] == ["1", "2", "0", "0", "%", "0"]
    assert table["none"] == ["1", "2", "2", "100", "%", "0"]
    assert table["all"] == ["2", "4", "2", "50.0", "%", "0"]
    assert "shop.cases.yaml:9: outcome is refused, not cancelled" in ended.stdout
    links = re.findall(r'class="dot[^"]*" href="([^"]+)"', (shop / "page.html").read_text())
    assert len(links) == 3  # both that failed, and the newest that passed
    assert all((shop / link).is_file() for link in links)
    assert len(list(ET.parse("j.xml").iter("testcase"))) == 4  # noqa: S314 (pytest wrote it)


def test_a_file_that_cannot_be_followed_is_told_with_its_place(shop: Path) -> None:
    (shop / "shop.cases.yaml").write_text(CASES.replace("refuses", "refuse"))

    ended = start("matrix", "shop.cases.yaml")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "shop.cases.yaml:7:51: no quirk is called `refuse`" in ended.stderr
    assert "hint: did you mean `refuses`?" in ended.stderr
