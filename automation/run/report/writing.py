"""Writing the report."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from automation.run.facts import read_last, states
from automation.run.places import write_private
from automation.run.plain import plain
from automation.run.record import Run
from automation.run.report.sentences import summary_line, what_next
from automation.run.report.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Template

# How an outcome looks: the name of its tone, and a mark that does not need the colour.
_TONES = {0: ("good", "✓"), 3: ("held", "■"), 4: ("no", "✕"), 5: ("person", "!"),
          6: ("unknown", "?"), 8: ("waits", "…"), 9: ("broken", "✕"),
          10: ("unknown", "!")}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One item before and after."""

    title: str
    quantity: int
    price: str
    seller: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Film:
    """A run's film and what belongs to it, each as an address that holds all of it."""

    video: str
    poster: str
    captions: str
    chapters: str


def write_report(run: Run) -> Path:
    """Write `report.html` into the run's folder; readable by its owner only."""
    tone, mark = _TONES[run.exit_code]
    words = Wording(run.language)
    html = _template().render(
        run=run,
        picture_of=lambda name: _picture(run.folder, name),
        outline_of=lambda name: _text(run.folder, name),
        sentence=summary_line(run),
        words=words,
        title=words(f"title_{run.outcome.label}"),
        next=what_next(run),
        tone=tone,
        mark=mark,
        rows=_rows(run, words),
        film=_film(run),
        seconds=(run.ended - run.started).total_seconds(),
        when=_when(run.started),
        has_json=(run.folder / "run.json").exists(),
    )
    write_private(run.report, html.encode())
    return run.report


@cache
def _template() -> Template:
    """The report's template, compiled once a process."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 (start-up)

    environment = Environment(
        loader=PackageLoader("automation.run.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
    )
    environment.filters["quoted"] = _quoted
    return environment.get_template("report.html")


class _Coded(Markup):
    """A file as an address that holds all of it, in letters that do nothing but be read."""


def _shown(value: object) -> object:
    if isinstance(value, _Coded):  # a hundred thousand letters, of which none needs looking at
        return value
    if isinstance(value, Markup):
        return Markup(plain(value))  # noqa: S704 (it was escaped when it was made)
    return plain(value) if isinstance(value, str) else value


def _quoted(text: str) -> Markup:
    """What stands in backticks in plain words is strong on a page."""
    return Markup(re.sub(r"`([^`]+)`", r"<strong>\1</strong>", str(escape(text))))  # noqa: S704


def _rows(run: Run, words: Wording) -> list[Row]:
    shown = run.before or run.after
    if shown is None:
        return []
    before, after = states(run.before), states(read_last(run.before, run.after))

    def told(states: dict[str, str], name: str) -> str:
        return words(f"state_{states[name]}" if name in states else "not_listed")

    return [
        Row(item.title, item.quantity, item.price, item.seller, told(before, name),
            told(after, name))
        for item, name in zip(shown.items, states(shown), strict=True)
    ]  # fmt: skip


def _when(moment: datetime) -> str:
    local = moment.astimezone()
    here = f" ({local:%H:%M} {local.tzname()})" if local.utcoffset() else ""
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC{here}"


def _film(run: Run) -> Film | None:
    if run.film is None:
        return None
    base = run.folder / run.film
    endings = {".mp4": "video/mp4", ".png": "image/png", ".vtt": "text/vtt",
               ".chapters.vtt": "text/vtt"}  # fmt: skip
    if not all(base.with_suffix(ending).is_file() for ending in endings):
        return None
    return Film(*(_data(base.with_suffix(ending), kind) for ending, kind in endings.items()))


def _data(path: Path, kind: str) -> _Coded:
    return _Coded(f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}")


def _picture(folder: Path, name: str | None) -> str | None:
    if name is None or not (folder / name).is_file():
        return None
    return _data(folder / name, "image/png")


def _text(folder: Path, name: str | None) -> str | None:
    if name is None or not (folder / name).is_file():
        return None
    return (folder / name).read_text("utf-8")
