"""Captions and chapters as text, for players that show or speak them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Timed(Protocol):
    """A text from one second to another."""

    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...
    @property
    def text(self) -> str: ...


def as_vtt(texts: Sequence[Timed], language: str) -> str:
    """A WebVTT file."""
    blocks = [
        f"{number}\n{_clock(one.start)} --> {_clock(one.end)}\n{_escaped(one.text)}\n"
        for number, one in enumerate(texts, 1)
    ]
    return "\n".join([f"WEBVTT\nLanguage: {language}\n", *blocks])


def as_srt(texts: Sequence[Timed]) -> str:
    """A SubRip file."""
    return "\n".join(
        f"{number}\n{_clock(one.start, ',')} --> {_clock(one.end, ',')}\n{one.text}\n"
        for number, one in enumerate(texts, 1)
    )


def _clock(seconds: float, comma: str = ".") -> str:
    whole = round(seconds * 1000)
    minutes, thousandths = divmod(whole, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{thousandths // 1000:02d}{comma}{thousandths % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
