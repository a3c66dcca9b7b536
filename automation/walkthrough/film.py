"""From a recording to a film and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image

from automation.run.browser import OpenBrowser, Screen
from automation.walkthrough.checking import problems_of_captions, problems_of_file
from automation.walkthrough.compositing import Compositor
from automation.walkthrough.cutting import Pace, cut
from automation.walkthrough.edit import Edit
from automation.walkthrough.encoding import Chapter, Format, Pixels, encode, encode_gif
from automation.walkthrough.layers import pixels_in
from automation.walkthrough.painting import Texts, paint, theme_text
from automation.walkthrough.stage import SHEET_HEIGHT, SHEET_WIDTH, Stage
from automation.walkthrough.subtitles import as_srt, as_vtt
from automation.walkthrough.timeline import Timeline
from automation.walkthrough.zoom import NEAREST

# Called with how many pictures of how many are drawn.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wishes:
    """What a film should be like."""

    width: int = SHEET_WIDTH
    height: int = SHEET_HEIGHT
    fps: int = 30
    theme: Path | None = None
    gif: bool = False
    webm: bool = False
    zoom: bool = False
    pace: Pace = field(default_factory=Pace)

    def stage(self, *, phone: bool) -> Stage:
        return Stage(self.width, self.height, phone)

    @property
    def detail(self) -> float:
        """How many times more pixels of the page are needed than the picture has."""
        return NEAREST if self.zoom else 1.0

    def screen(self, *, phone: bool) -> Screen:
        """What to record on, so that nothing has to be made larger."""
        screen = self.stage(phone=phone).screen
        return replace(screen, scale=screen.scale * self.detail)


@dataclass(frozen=True)
class Film:
    """A film that is finished, and its files."""

    path: Path
    seconds: float
    edit: Edit
    files: tuple[Path, ...]
    problems: tuple[str, ...]  # what is wrong with it, in words; there should be nothing


def shoot(
    timeline: Timeline,
    browser: OpenBrowser,
    wishes: Wishes,
    texts: Texts,
    base: Path,
    *,
    progress: Progress = lambda _done, _of: None,
) -> Film:
    """Render the film. *base* is its path without the ending, such as `out/cancel-items.nl`."""
    stage = wishes.stage(phone=timeline.phone)
    edit = cut(timeline, texts.language, wishes.pace)
    detail = wishes.detail
    drawings = paint(browser, stage, timeline, edit, texts, theme=theme_text(wishes.theme),
                     detail=detail)  # fmt: skip
    compositor = Compositor(
        edit,
        stage,
        drawings,
        lambda number: pixels_in(timeline.path(timeline.frames[number])),
        detail=detail,
    )
    chapters = chapters_of(edit, texts.title)
    size = (wishes.width, wishes.height)
    kinds = [(Format.MP4, ".mp4"), *([(Format.WEBM, ".webm")] if wishes.webm else [])]
    files = []
    for format_, ending in kinds:
        path = base.with_name(base.name + ending)
        encode(path, pictures(compositor, edit, wishes.fps, progress), size=size, fps=wishes.fps,
               format_=format_, chapters=chapters, title=texts.title)  # fmt: skip
        files.append(path)
    if wishes.gif:
        path = base.with_name(base.name + ".gif")
        encode_gif(path, pictures(compositor, edit, 12, progress), fps=12)
        files.append(path)
    files += _beside(base, edit, chapters, texts, compositor)
    problems = (
        *problems_of_file(files[0], seconds=edit.seconds, fps=wishes.fps, chapters=len(chapters)),
        *problems_of_captions(edit, stage, drawings),
    )
    return Film(files[0], edit.seconds, edit, tuple(files), problems)


def pictures(
    compositor: Compositor, edit: Edit, fps: int, progress: Progress = lambda _done, _of: None
) -> Iterator[Pixels]:
    """Every picture of the film, in order."""
    count = round(edit.seconds * fps)
    for number in range(count):
        yield compositor.picture(number / fps)
        progress(number + 1, count)


def chapters_of(edit: Edit, title: str) -> tuple[Chapter, ...]:
    """A chapter for each step; the title belongs to none, so it is the first."""
    begin = edit.cues[0].start if edit.cues else edit.seconds
    steps = [Chapter(cue.start, cue.end, f"{cue.number}. {cue.text}") for cue in edit.cues]
    last = Chapter(steps[-1].end, edit.seconds, "■") if steps else None
    return (Chapter(0.0, begin, title), *steps, *((last,) if last else ()))


def _beside(
    base: Path, edit: Edit, chapters: tuple[Chapter, ...], texts: Texts, compositor: Compositor
) -> list[Path]:
    written = {
        ".vtt": as_vtt(edit.cues, texts.language),
        ".srt": as_srt(edit.cues),
        ".chapters.vtt": as_vtt(chapters, texts.language),
    }
    files = []
    for ending, text in written.items():
        path = base.with_name(base.name + ending)
        path.write_text(text, "utf-8")
        files.append(path)
    poster = base.with_name(base.name + ".png")
    Image.fromarray(compositor.picture(0.0)).save(poster, optimize=True)
    return [*files, poster]
