"""A guide: the steps of a flow in words and pictures, to read, to print, to keep."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from PIL import Image

from automation.run.browser import OpenBrowser
from automation.walkthrough.cutting import Pace, cut
from automation.walkthrough.painting import Texts, paint, theme_text
from automation.walkthrough.plates import Plate, Plates
from automation.walkthrough.stage import Stage
from automation.walkthrough.staging import Staging
from automation.walkthrough.timeline import Timeline
from automation.walkthrough.words import Told, told_of, words_in

FORMATS = ("html", "md", "pdf")


@dataclass(frozen=True)
class Picture:
    """A picture with the words for those who do not see it."""

    plate: Plate
    alt: str

    @cached_property
    def png(self) -> bytes:
        held = io.BytesIO()
        Image.fromarray(self.plate.pixels).save(held, "PNG", optimize=True)
        return held.getvalue()

    @property
    def width(self) -> int:
        return int(self.plate.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.plate.pixels.shape[0])


@dataclass(frozen=True)
class Chapter:
    """One flow, told."""

    name: str
    title: str
    summary: str
    steps: tuple[tuple[str, Picture], ...]
    ending: Told
    said: str
    last: Picture
    notes: tuple[str, ...]
    instead: tuple[str, ...]
    phone: bool
    made: str  # when and where it was recorded


def chapter(
    timeline: Timeline, staging: Staging, language: str, browser: OpenBrowser, theme: Path | None
) -> Chapter:
    """The chapter of one recording. *browser* draws menus and numbers."""
    words = words_in(language)
    edit = cut(timeline, language, Pace())
    stage = Stage(phone=timeline.phone)
    with Image.open(timeline.path(timeline.frames[0])) as first:
        detail = first.width / timeline.width / stage.screen.scale
    drawings = paint(browser, stage, timeline, edit,
                     Texts(staging.title, staging.summary, language), theme=theme_text(theme),
                     detail=detail)  # fmt: skip
    plates = Plates(timeline, edit, drawings)
    steps = []
    for number, step in enumerate(timeline.steps, 1):
        text, plate = step.sentence(language), plates.of_step(number)
        alt = words["alt_rung" if plate.rung else "alt"].format(number=number, text=text)
        steps.append((text, Picture(plate, alt)))
    told = told_of(timeline.ending.outcome, language)
    return Chapter(
        name=timeline.flow,
        title=staging.title,
        summary=staging.summary,
        steps=tuple(steps),
        ending=told,
        said=timeline.ending.said,
        last=Picture(plates.of_the_end(), words["alt_end"].format(text=told.title)),
        notes=staging.notes,
        instead=staging.instead,
        phone=timeline.phone,
        made=_made(timeline, language),
    )


@dataclass(frozen=True)
class Guide:
    """One chapter, or a handbook of several."""

    title: str
    lead: str
    language: str
    chapters: tuple[Chapter, ...]

    def html(self) -> str:
        """All of it in one file, pictures too."""
        environment = Environment(
            loader=PackageLoader("automation.walkthrough"), autoescape=True,
            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        environment.filters["data"] = _as_data
        environment.filters["strong"] = _strong
        style = files("automation.walkthrough").joinpath("templates/guide.css").read_text("utf-8")
        return environment.get_template("guide.html").render(
            guide=self,
            words=words_in(self.language),
            style=Markup(style),  # noqa: S704 (our own)
        )

    def markdown(self, folder: str) -> str:
        """The text, with pictures that are in *folder*, named as `pictures` names them."""
        environment = Environment(  # noqa: S701 (Markdown)
            loader=PackageLoader("automation.walkthrough"), undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        text = environment.get_template("guide.md").render(
            guide=self, words=words_in(self.language), folder=folder
        )
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

    def pictures(self) -> dict[str, Picture]:
        """Every picture, by its file name."""
        named: dict[str, Picture] = {}
        for one in self.chapters:
            for number, (_text, picture) in enumerate(one.steps, 1):
                named[f"{one.name}-{number:02d}.png"] = picture
            named[f"{one.name}-end.png"] = one.last
        return named


def write_guide(
    guide: Guide, base: Path, formats: Sequence[str], browser: OpenBrowser
) -> tuple[Path, ...]:
    """Write the guide in these formats; *base* is its path without the ending."""
    written = []
    html = guide.html() if {"html", "pdf"} & set(formats) else ""
    if "html" in formats:
        written.append(_write(base, ".html", html.encode()))
    if "md" in formats:
        folder = base.with_name(base.name + ".pictures")
        folder.mkdir(exist_ok=True)
        for name, picture in guide.pictures().items():
            (folder / name).write_bytes(picture.png)
        written.append(_write(base, ".md", guide.markdown(folder.name).encode()))
    if "pdf" in formats:
        written.append(_write(base, ".pdf", printed(html, browser)))
    return tuple(written)


def printed(html: str, browser: OpenBrowser) -> bytes:
    """The page as the browser prints it: A4, with an outline and tags for readers."""
    context = browser.new_context(language="en", state=None)
    try:
        page = context.new_page()
        page.set_content(html, wait_until="load")
        return page.pdf(format="A4", print_background=True, tagged=True, outline=True,
                        prefer_css_page_size=True)  # fmt: skip
    finally:
        context.close()


def _write(base: Path, ending: str, content: bytes) -> Path:
    path = base.with_name(base.name + ending)
    path.write_bytes(content)
    return path


def _made(timeline: Timeline, language: str) -> str:
    words = words_in(language)
    day = date.fromisoformat(timeline.recorded)
    month = words["months"].split()[day.month - 1]
    when = words["date"].format(day=day.day, month=month, year=day.year)
    text: str = words["made"].format(date=when, store=timeline.store)
    layout = f" {words['layout'].format(layout=timeline.layout)}" if timeline.layout else ""
    return text + layout


def _as_data(picture: Picture) -> str:
    return "data:image/png;base64," + base64.b64encode(picture.png).decode()


def _strong(text: str) -> Markup:
    return Markup(re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", str(escape(text))))  # noqa: S704
