"""What a film costs: `cancel-items` without a recorder, with ours, and with Playwright's own.

Interleaved in one run, each time with a browser of its own, so that a slow moment strikes all.
Playwright's `record_video` films the pace of the run; a viewer needs its cursor and its marks
(`show_actions`), which hold up each action. Ours is recorded at the pace of the run and drawn
afterwards. Medians are printed as the table of docs/walkthroughs.md; no number is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import av
import numpy as np
import playwright
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from automation.flow.binding import bind
from automation.flow.library import Library
from automation.pages.storefront import Storefront
from automation.run.browser import OpenBrowser, Screen, open_browser
from automation.run.engine import follow
from automation.run.following import Asked
from automation.run.journal import Journal
from automation.run.rules import Rules
from automation.run.settings import Settings
from automation.run.stopping import Stopping
from automation.run.watcher import Watcher
from automation.storefronts.profile import open_storefront
from automation.walkthrough.film import Wishes, shoot
from automation.walkthrough.painting import Texts, drawing_browser
from automation.walkthrough.recorder import Recorder
from automation.walkthrough.staging import staging_of
from mock_store.server import serve
from mock_store.store import Store

FLOW = Library().find("cancel-items")
ITEMS = ("Desk lamp", "USB-C cable")
WIDTH, HEIGHT = 1280, 720
SCREEN = Screen(WIDTH, HEIGHT, 1.0)

_NOISE = 24  # of 255: what an encoder changes by itself

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Video:
    """A film that was made: its file, how it moves, and how like the page itself its text is."""

    path: Path
    seconds: float
    fresh: int  # new pictures in the second that has most of them
    likeness: float  # SSIM of grey, in windows of eight pixels; 1 is the page itself


@dataclass(frozen=True)
class Made:
    """A film's file, and what the page looked like that stands at *left*, *top* of its pictures."""

    path: Path
    page: Pixels
    left: int = 0
    top: int = 0


@dataclass
class Way:
    """One way to film, and what it cost each time, in seconds."""

    name: str
    film: Callable[[Take], Made | None]
    flow: list[float] = field(default_factory=list)
    total: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    drawing: list[float] = field(default_factory=list)
    made: Made | None = None


@dataclass
class Take:
    """What a way to film needs: where the store is, and a folder of its own."""

    way: Way
    storefront: Storefront
    journal: Journal
    order: str
    folder: Path

    def follow(self, browser: OpenBrowser, watcher: Watcher) -> None:
        given = {"order": [self.order], "items": [ITEMS[1]]}
        bound = bind(FLOW, given, self.storefront, Library().find)
        asked = Asked(bound, self.storefront, Settings().account(None, self.storefront), Rules(),
                      commit=True, covered=True, each_step=False)  # fmt: skip
        begun = time.perf_counter()
        run = follow(asked, browser, self.journal, watcher=watcher, stopping=Stopping())
        self.way.flow.append(time.perf_counter() - begun)
        assert run.outcome.label == "cancelled", run.outcome


def nothing(take: Take, screen: Screen) -> None:
    with open_browser(take.storefront, screen=screen) as browser:
        take.follow(browser, Watcher())


def ours(take: Take, fps: int) -> Made:
    wishes = Wishes(fps=fps)
    recorder = Recorder(FLOW, take.storefront, wishes.screen(phone=False), layout="documented")
    with open_browser(take.storefront, screen=wishes.screen(phone=False)) as browser:
        take.follow(browser, recorder)
    begun = time.perf_counter()
    timeline = recorder.write(take.folder / "timeline")
    assert timeline
    staging = staging_of(FLOW, "en")
    with drawing_browser(wishes.stage(phone=False)) as browser:
        made = shoot(timeline, browser, wishes, Texts(staging.title, staging.summary, "en"),
                     take.folder / "film")  # fmt: skip
    take.way.drawing.append(time.perf_counter() - begun)
    with Image.open(timeline.path(timeline.frames[-1])) as picture:
        page = np.asarray(picture.convert("RGB"))
    place = wishes.stage(phone=False).page
    return Made(made.path, page, int(place.x), int(place.y))


class Filming:
    """Stands for a browser, and has each of its contexts filmed."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self._browser = browser
        self._folder = folder

    def new_context(self, **options: Any) -> BrowserContext:
        context: BrowserContext = self._browser.new_context(
            record_video_dir=self._folder,
            record_video_size={"width": WIDTH, "height": HEIGHT},
            **options,
        )
        return context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._browser, name)


class Marked(Watcher):
    """Playwright's own cursor and marks, and a picture of what the page looked like at last."""

    def __init__(self, *, marks: bool) -> None:
        self._marks = marks
        self.path: Path | None = None
        self.page: Pixels | None = None

    @contextmanager
    def looking_at(self, page: Page) -> Iterator[None]:
        with page.screencast.show_actions() if self._marks else nullcontext():
            yield
            picture = page.screenshot()
        with Image.open(BytesIO(picture)) as opened:
            self.page = np.asarray(opened.convert("RGB"))
        video = page.video
        self.path = Path(video.path()) if video else None


def playwrights(take: Take, *, marks: bool) -> Made:
    watcher = Marked(marks=marks)
    with open_browser(take.storefront, screen=SCREEN) as browser:
        browser._browser = Filming(browser._browser, take.folder)  # type: ignore[assignment]  # noqa: SLF001
        take.follow(browser, watcher)
    assert watcher.path
    assert watcher.page is not None
    return Made(watcher.path, watcher.page)


def looked_at(made: Made) -> Video:
    """Look at every picture of a film."""
    height, width = made.page.shape[:2]
    grey = made.page.mean(axis=2)
    before: NDArray[Any] | None = None
    changed: list[float] = []
    at = likeness = 0.0
    with av.open(str(made.path)) as film:
        for picture in film.decode(video=0):
            at = float(picture.time or 0)
            pixels = picture.to_ndarray(format="rgb24")
            if before is None or np.abs(pixels.astype(int) - before).max() > _NOISE:
                changed.append(at)
                seen = pixels[made.top : made.top + height, made.left : made.left + width]
                likeness = max(likeness, ssim(seen.mean(axis=2), grey))
            before = pixels
    fresh = max((sum(first <= one < first + 1 for one in changed) for first in changed), default=0)
    return Video(made.path, at, fresh, likeness)


def ssim(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Structural similarity (Wang et al., 2004), over windows that do not overlap."""

    def windows(grey: NDArray[np.float64]) -> NDArray[np.float64]:
        rows, columns = grey.shape[0] // 8, grey.shape[1] // 8
        cut = grey[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8)
        return cut.swapaxes(1, 2).reshape(rows * columns, 64)

    a, b = windows(one), windows(other)
    mean_a, mean_b = a.mean(axis=1), b.mean(axis=1)
    both = ((a - mean_a[:, None]) * (b - mean_b[:, None])).mean(axis=1)
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    values = ((2 * mean_a * mean_b + c1) * (2 * both + c2)) / (
        (mean_a**2 + mean_b**2 + c1) * (a.var(axis=1) + b.var(axis=1) + c2)
    )
    return float(values.mean())


def cpu_seconds() -> float:
    """Of this process and of all that it started and that has ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


@contextmanager
def an_ffmpeg_for_playwright(folder: Path) -> Iterator[bool]:
    """Whether Playwright can make films here: with its own FFmpeg, else with the system's."""
    driver = Path(playwright.__file__).parent / "driver/package/browsers.json"
    listed = json.loads(driver.read_text())["browsers"]
    revision = next(one["revision"] for one in listed if one["name"] == "ffmpeg")
    system = shutil.which("ffmpeg")
    if (Path.home() / f".cache/ms-playwright/ffmpeg-{revision}").exists() or not system:
        yield system is not None
        return
    own = folder / f"ffmpeg-{revision}"
    own.mkdir()
    (own / "ffmpeg-linux").symlink_to(system)
    with patch.dict(os.environ, {"PLAYWRIGHT_BROWSERS_PATH": str(folder)}):
        yield True


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=5)
    times = options.parse_args().times
    film = Wishes().screen(phone=False)  # lower, for the captions below: more has to be scrolled
    ways = [
        Way("no recorder", lambda take: nothing(take, SCREEN)),
        Way("the same, on a film's screen", lambda take: nothing(take, film)),
        Way("unorder, 30 a second", lambda take: ours(take, 30)),
        Way("unorder, 60 a second", lambda take: ours(take, 60)),
    ]
    store = Store()
    with tempfile.TemporaryDirectory() as name, serve(store) as url:
        folder = Path(name)
        os.environ["UNORDER_STATE"] = str(folder / "state")
        with an_ffmpeg_for_playwright(folder) as there_is:
            if there_is:
                ways += [
                    Way("`record_video`", lambda take: playwrights(take, marks=False)),
                    Way("the same, with marks", lambda take: playwrights(take, marks=True)),
                ]
            else:
                print("left out: `record_video`, for there is no FFmpeg")
            measure(ways, times, store, url, folder)
        print_table(ways, times)


def measure(ways: list[Way], times: int, store: Store, url: str, folder: Path) -> None:
    storefront = open_storefront("mock", base_url=url)
    journal = Journal.open(folder / "runs")
    for number, way in enumerate(ways * (times + 1)):
        order = store.place(*ITEMS).number
        take = Take(way, replace(storefront, personal=()), journal, order, folder / str(number))
        take.folder.mkdir()
        begun, cpu = time.perf_counter(), cpu_seconds()
        way.made = way.film(take)
        way.total.append(time.perf_counter() - begun)
        way.cpu.append(cpu_seconds() - cpu)
    journal.close()


def print_table(ways: list[Way], times: int) -> None:
    print(f"Medians of {times}, after one to warm up; {HEIGHT} lines; times in seconds.\n")
    heads = ("", "flow", "ratio", "total", "CPU", "drawing", "film", "file",
             "new pictures a second", "likeness of text")  # fmt: skip
    print("|", " | ".join(heads), "|")
    print("|" + "---|" * len(heads))
    least = statistics.median(ways[0].flow[1:])
    for way in ways:
        flow, total, cpu = (statistics.median(of[1:]) for of in (way.flow, way.total, way.cpu))
        cells = [way.name, f"{flow:.2f}", f"{flow / least:.2f}", f"{total:.1f}", f"{cpu:.1f}"]
        cells.append(f"{statistics.median(way.drawing[1:]):.1f}" if way.drawing else "·")
        if way.made:
            video = looked_at(way.made)
            megabytes = video.path.stat().st_size / 1_000_000
            cells += [f"{video.seconds:.1f}", f"{megabytes:.2f} MB", f"{video.fresh}",
                      f"{video.likeness:.4f}"]  # fmt: skip
        else:
            cells += ["·"] * 4
        print("|", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
