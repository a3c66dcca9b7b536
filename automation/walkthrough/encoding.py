"""From pictures to a video file, in this process: no other program is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.codec.context import Flags
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from PIL import Image

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Chapter:
    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Codec:
    """How one kind of file is written. Threads are few and fixed, so that bytes are the same."""

    name: str
    pixels: str
    options: dict[str, str]
    container: dict[str, str]


class Format(Enum):
    MP4 = Codec(
        "libx264",
        "yuv420p",
        {"preset": "veryfast", "crf": "20", "tune": "animation", "profile": "high",
         "threads": "2", "colorprim": "bt709"},
        {"movflags": "+faststart", "fflags": "+bitexact"},
    )  # fmt: skip
    WEBM = Codec(
        "libvpx-vp9",
        "yuv420p",
        {"crf": "32", "b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "1",
         "threads": "2"},
        {"fflags": "+bitexact"},
    )  # fmt: skip


def encode(
    path: Path,
    pictures: Iterable[Pixels],
    *,
    size: tuple[int, int],
    fps: int,
    format_: Format = Format.MP4,
    chapters: Sequence[Chapter] = (),
    title: str = "",
) -> None:
    """Write a film of these RGB pictures, *fps* a second. One that is given again costs little."""
    codec = format_.value
    with av.open(str(path), "w", options=codec.container) as container:
        stream: Any = container.add_stream(codec.name, rate=fps, options=codec.options)
        stream.width, stream.height = size
        stream.pix_fmt = codec.pixels
        stream.time_base = Fraction(1, fps)
        context = stream.codec_context
        context.gop_size = 4 * fps
        context.flags |= Flags.bitexact  # no version of the encoder in the file
        context.color_range = ColorRange.MPEG
        context.colorspace = Colorspace.ITU709
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        if title:
            container.metadata["title"] = title
        container.set_chapters([
            {"id": number, "start": round(chapter.start * 1000), "end": round(chapter.end * 1000),
             "time_base": Fraction(1, 1000), "metadata": {"title": chapter.text}}
            for number, chapter in enumerate(chapters, 1)
        ])  # fmt: skip
        last: Pixels | None = None
        frame: Any = None
        for number, picture in enumerate(pictures):
            if picture is not last or frame is None:
                last = picture
                frame = _as_frame(picture, codec.pixels)
            frame.pts = number
            frame.time_base = Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _as_frame(picture: Pixels, pixels: str) -> Any:
    return av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format=pixels,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
    )


def encode_gif(path: Path, pictures: Iterable[Pixels], *, fps: int, width: int = 960) -> None:
    """Write an animated picture: for places that take no video. One palette for all of it."""
    shown: list[tuple[Image.Image, int]] = []
    last: Pixels | None = None
    for picture in pictures:
        if picture is last:
            image, frames = shown[-1]
            shown[-1] = (image, frames + 1)
            continue
        last = picture
        whole = Image.fromarray(picture)
        size = (width, round(whole.height * width / whole.width))
        shown.append((whole.resize(size, Image.Resampling.LANCZOS), 1))
    images = [image for image, _frames in shown]
    palette = _palette(images)
    drawn = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    drawn[0].save(path, save_all=True, append_images=drawn[1:], loop=0,
                  duration=[1000 * frames // fps for _image, frames in shown])  # fmt: skip


def _palette(images: list[Image.Image]) -> Image.Image:
    """255 colours that serve pictures from all over the film."""
    some = images[:: max(1, len(images) // 12)]
    sheet = Image.new("RGB", (some[0].width, some[0].height * len(some)))
    for number, image in enumerate(some):
        sheet.paste(image, (0, number * image.height))
    return sheet.quantize(255, method=Image.Quantize.MEDIANCUT)
