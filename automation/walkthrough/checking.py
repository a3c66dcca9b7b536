"""Looking a finished film over: is it what players everywhere expect, and what was meant?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np

from automation.walkthrough.edit import Cue, Edit, Ring
from automation.walkthrough.encoding import Pixels
from automation.walkthrough.painting import Drawings, Sprite
from automation.walkthrough.stage import Stage
from automation.walkthrough.timeline import Box

_BT709 = 1
_HALF_A_FRAME = 0.5


def problems_of_file(path: Path, *, seconds: float, fps: int, chapters: int) -> list[str]:
    """What is wrong with the file, in words; nothing if it is as it should be."""
    with av.open(str(path)) as film:
        stream: Any = film.streams.video[0]
        context = stream.codec_context
        found = [
            *_unlike("codec", context.name, "h264"),
            *_unlike("profile", context.profile, "High"),
            *_unlike("pixels", context.pix_fmt, "yuv420p"),
            *_unlike("rate", int(stream.average_rate), fps),
            *_unlike("chapters", len(film.chapters()), chapters),
        ]
        for name in ("colorspace", "color_primaries", "color_trc", "color_range"):
            found += _unlike(name, int(getattr(context, name)), _BT709)
        times = sorted(packet.pts * packet.time_base for packet in film.demux(stream)
                       if packet.pts is not None)  # fmt: skip
        steps = {later - earlier for earlier, later in pairwise(times)}
        if len(steps) > 1:
            found.append("the rate is not constant")
        if abs(len(times) / fps - seconds) > _HALF_A_FRAME / fps + 1 / fps:
            found.append(f"it lasts {len(times) / fps:.2f} s, not {seconds:.2f} s")
    if not _begins_with_its_index(path):
        found.append("it cannot be played before all of it has come")
    if _is_blank(next(pictures_of(path))):
        found.append("the first picture is blank")
    return found


def problems_of_captions(edit: Edit, stage: Stage, drawings: Drawings) -> list[str]:
    """Captions that cover what they talk about."""
    found = []
    for cue in edit.cues:
        caption = _drawn(drawings.captions[cue.number])
        boxes = (stage.on_picture(box) for box in _pointed_at(edit, cue))
        if any(_overlap(caption, box) for box in boxes):
            found.append(f"the caption “{cue.text}” covers what it talks about")
    return found


def pictures_of(path: Path) -> Iterator[Pixels]:
    """Every picture of a film, as RGB."""
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)


def _unlike(what: str, is_: object, should: object) -> list[str]:
    return [] if is_ == should else [f"its {what} is {is_}, not {should}"]


def _begins_with_its_index(path: Path) -> bool:
    content = path.read_bytes()
    return 0 < content.find(b"moov") < content.find(b"mdat")


def _is_blank(picture: Pixels) -> bool:
    return float(picture.std()) < 1.0


def _pointed_at(edit: Edit, cue: Cue) -> Iterator[Box]:
    def during(one: Ring) -> bool:
        return one.start < cue.end and cue.start < one.end

    yield from (one.box for one in edit.rings if during(one))
    for press in edit.presses:
        if cue.start <= press.at <= cue.end:
            yield Box(press.point[0] - 2, press.point[1] - 2, 4, 4)


def _drawn(sprite: Sprite) -> Box:
    """Where of a drawing there is anything."""
    there = sprite.pixels[..., 3] > 0
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    if rows.size == 0:
        return Box(sprite.x, sprite.y, 0, 0)
    return Box(sprite.x + int(columns[0]), sprite.y + int(rows[0]),
               int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1)  # fmt: skip


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
