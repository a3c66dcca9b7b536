"""Putting what was measured into `docs/performance.md`, between its markers."""

from __future__ import annotations

import re

from benchmarks.speed.environments import ROOT

PAGE = ROOT / "docs" / "performance.md"


def put(name: str, text: str) -> None:
    """Replace what stands between `<!-- NAME -->` and `<!-- /NAME -->`."""
    page = PAGE.read_text("utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    between = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    replaced, found = between.subn(lambda _: f"{begin}\n\n{text}\n\n{end}", page)
    if found != 1:
        raise SystemExit(f"{PAGE.name} needs the markers {begin} and {end} once")
    PAGE.write_text(replaced, "utf-8")


def picture(name: str, drawing: str) -> None:
    (ROOT / "docs" / "pictures" / name).write_text(drawing, "utf-8")
