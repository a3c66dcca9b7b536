"""The whole way: a command, a film, a player."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from playwright.sync_api import Page

from automation.run.browser import OpenBrowser
from automation.walkthrough.checking import pictures_of
from automation.walkthrough.timeline import read_timeline

PLAYER = """<!doctype html>
<video src="{film}" preload="auto" muted>
  <track kind="captions" src="{captions}" srclang="nl" default>
  <track kind="chapters" src="{chapters}" srclang="nl" default>
</video>"""
LOADED = """
(video) => new Promise((done, fail) => {
  const tell = () => done({seconds: video.duration, width: video.videoWidth});
  if (video.readyState >= 2) tell();
  video.onloadeddata = tell;
  video.onerror = () => fail(new Error(video.error.message));
})
"""
SOUGHT = """
([video, at]) => new Promise((done) => {
  video.onseeked = () => done(video.currentTime);
  video.currentTime = at;
})
"""


def unorder(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from automation.cli.main import main; main()", *words],
        capture_output=True, text=True, timeout=400, check=False, env={**os.environ, "CI": "1"},
    )  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of the practice store in Dutch, twice as fast as it should be."""
    out = tmp_path_factory.mktemp("films")
    ended = unorder("film", "cancel-items", "--language", "nl", "--speed", "2", "--webm",
                    "--out", str(out))  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "note:" not in ended.stderr
    return out


@pytest.fixture
def player(browser_of_ours: OpenBrowser, made: Path) -> Iterator[Page]:
    context = browser_of_ours.new_context(language="nl", state=None)
    kinds = {".mp4": "video/mp4", ".webm": "video/webm", ".vtt": "text/vtt", ".html": "text/html"}

    def serve(route: Any) -> None:
        name = route.request.url.rpartition("/")[2]
        content = (made / name).read_bytes()
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", route.request.headers.get("range", ""))
        begin = int(asked[1]) if asked else 0
        headers = {
            "Content-Type": kinds[Path(name).suffix],
            "Accept-Ranges": "bytes",
            "Content-Range": f"bytes {begin}-{len(content) - 1}/{len(content)}",
        }
        route.fulfill(status=206 if asked else 200, headers=headers, body=content[begin:])

    context.route("**/*", serve)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_it_plays_in_a_browser(made: Path, player: Page, ending: str) -> None:
    base = "cancel-items.nl"
    (made / "player.html").write_text(
        PLAYER.format(
            film=f"{base}.{ending}", captions=f"{base}.vtt", chapters=f"{base}.chapters.vtt"
        )
    )
    player.goto("http://127.0.0.1:9/player.html")
    video = player.locator("video")
    plays = video.evaluate("(one, kind) => one.canPlayType(kind)", f"video/{ending}")
    if not plays:
        pytest.skip(f"this browser plays no {ending}")

    loaded = video.evaluate(LOADED)
    with av.open(str(made / f"{base}.{ending}")) as film:
        seconds = film.duration / 1_000_000
    sought = video.evaluate_handle("one => one").evaluate(
        "(video, at) => (" + SOUGHT + ")([video, at])", seconds / 2
    )
    cues = video.evaluate(
        "one => [...one.textTracks].map(track => [...track.cues].map(cue => cue.text))"
    )

    assert loaded["width"] == 1280
    assert loaded["seconds"] == pytest.approx(seconds, abs=0.1)
    assert sought == pytest.approx(seconds / 2, abs=0.05)
    assert "Kies Artikelen annuleren." in cues[0]
    assert cues[1][0] == "Artikelen van een bestelling annuleren"
    assert len(cues[1]) == len(cues[0]) + 2


def test_it_shows_the_store_in_its_language(made: Path) -> None:
    told = read_timeline(made / "cancel-items.nl.timeline")

    assert told.language == "nl"
    assert told.ending.outcome == "cancelled"
    assert "geannuleerd" in told.ending.said.lower() or "gelukt" in told.ending.said.lower()


def test_a_recording_is_drawn_again_byte_for_byte(made: Path, tmp_path: Path) -> None:
    again = unorder("film", "--render", str(made / "cancel-items.nl.timeline"), "--language", "nl",
                    "--speed", "2", "--out", str(tmp_path))  # fmt: skip
    name = "cancel-items.nl.mp4"

    assert again.returncode == 0, again.stderr
    assert (tmp_path / name).read_bytes() == (made / name).read_bytes()


@pytest.mark.thorough
def test_a_recording_is_drawn_again_in_another_language_and_look(
    made: Path, tmp_path: Path
) -> None:
    theme = tmp_path / "theme.css"
    theme.write_text(":root { --backdrop: #0b0d12; --ink: #fff; --soft: #aab; }")
    again = unorder("film", "--render", str(made / "cancel-items.nl.timeline"), "--language", "de",
                    "--speed", "3", "--size", "640x360", "--theme", str(theme),
                    "--reduced-motion", "--out", str(tmp_path))  # fmt: skip
    first = next(pictures_of(tmp_path / "cancel-items.de.mp4"))

    assert again.returncode == 0, again.stderr
    assert "Wähle „Artikel stornieren“." in (tmp_path / "cancel-items.de.vtt").read_text()
    assert first.shape == (360, 640, 3)
    assert np.median(first) < 30


@pytest.mark.thorough
def test_a_run_that_stops_leaves_a_film(tmp_path: Path) -> None:
    ended = unorder("film", "cancel-items", "reason=No such reason", "--speed", "3",
                    "--out", str(tmp_path))  # fmt: skip
    told = json.loads((tmp_path / "cancel-items.en.timeline/timeline.json").read_text())

    assert ended.returncode == 2
    assert "does not offer `No such reason`" in ended.stderr
    assert told["steps"][-1]["broke"]
    assert (tmp_path / "cancel-items.en.mp4").stat().st_size > 50_000
