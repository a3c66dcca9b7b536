"""One picture of the table: how long each way took, as an SVG that fits a light and a dark page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from benchmarks.speed.tally import Spread

_WIDTH, _LEFT, _RIGHT, _EDGE = 880, 300, 90, 28
_ROW, _BAR, _GROUP, _TOP, _FOOT = 32, 16, 46, 78, 70
_TICKS = 6  # at most
_STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_STYLE = """
  text { font-family: Inter, system-ui, -apple-system, "Segoe UI", sans-serif; font-size: 13px; }
  .card { fill: #ffffff; stroke: #dfe3e1; } .strong { fill: #17211e; } .soft { fill: #66716d; }
  .title { font-size: 17px; font-weight: 600; } .group { font-weight: 600; font-size: 12px; }
  .small { font-size: 12px; } .number { font-weight: 600; font-variant-numeric: tabular-nums; }
  .grid { stroke: #eceff0; } .zero { stroke: #c3cac7; } .other { fill: #aab4b0; }
  .ours { fill: #1d6b5e; } .spread { stroke: #17211e; stroke-width: 1.5; stroke-opacity: .7; }
  @media (prefers-color-scheme: dark) {
    .card { fill: #151b19; stroke: #2c3532; } .strong { fill: #e9efec; } .soft { fill: #98a49f; }
    .grid { stroke: #222a27; } .zero { stroke: #46514d; } .other { fill: #5b6662; }
    .ours { fill: #3fae98; } .spread { stroke: #e9efec; }
  }
"""


@dataclass(frozen=True)
class Bar:
    """One way, and the group that it stands in."""

    title: str
    group: str
    seconds: Spread
    ours: bool


def drawn(bars: Sequence[Bar], under: str) -> str:
    """The picture. *under* tells below the title how it was measured."""
    groups = [(name, list(rows)) for name, rows in groupby(bars, lambda bar: bar.group)]
    bottom = _TOP + _GROUP * len(groups) + _ROW * len(bars)
    step = next((one for one in _STEPS if _most(bars) <= one * _TICKS), _STEPS[-1])
    scale = (_WIDTH - _LEFT - _RIGHT) / max(_most(bars), step)
    lines = [
        _text(_EDGE, 40, "Seconds to cancel one order", "strong title"),
        _text(_EDGE, 62, under, "soft small"),
        *_grid(step, scale, bottom),
        *_rows(groups, scale),
        *_legend(bottom + _FOOT - 12),
    ]
    height = bottom + _FOOT + 14
    box, size = f"0 0 {_WIDTH} {height}", f'width="{_WIDTH}" height="{height}"'
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {size} role="img">',
        f"<title>{escape(_in_words(bars))}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="card" x=".5" y=".5" width="{_WIDTH - 1}" height="{height - 1}" rx="12"/>',
        *lines,
        "</svg>\n",
    ])  # fmt: skip


def _most(bars: Sequence[Bar]) -> float:
    return max((bar.seconds.most for bar in bars), default=1.0)


def _in_words(bars: Sequence[Bar]) -> str:
    """What the picture shows, for who does not see it."""
    told = (f"{bar.title}: {bar.seconds.median:.2f} s" for bar in bars)
    return "Seconds to cancel one order. " + "; ".join(told)


def _grid(step: float, scale: float, bottom: float) -> Iterator[str]:
    at = 0
    while at * step * scale <= _WIDTH - _LEFT - _RIGHT:
        x = _LEFT + at * step * scale
        kind = "grid" if at else "zero"
        yield f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{bottom + 4}"/>'
        yield _text(x, bottom + 22, f"{at * step:g} s" if at else "0", "soft small", "middle")
        at += 1


def _rows(groups: Sequence[tuple[str, list[Bar]]], scale: float) -> Iterator[str]:
    y = float(_TOP)
    for name, bars in groups:
        yield _text(_EDGE, y + 30, name, "soft group")
        y += _GROUP
        for bar in bars:
            yield from _row(bar, y, scale)
            y += _ROW


def _row(bar: Bar, y: float, scale: float) -> Iterator[str]:
    middle = y + _ROW / 2 - 4
    least, median, most = (
        _LEFT + seconds * scale
        for seconds in (bar.seconds.least, bar.seconds.median, bar.seconds.most)
    )
    kind = "ours" if bar.ours else "other"
    yield _text(_EDGE, middle + 4.5, bar.title, "strong")
    yield (f'<rect class="{kind}" x="{_LEFT}" y="{middle - _BAR / 2}" rx="2" '
           f'width="{max(median - _LEFT, 1.5):.1f}" height="{_BAR}"/>')  # fmt: skip
    yield from _whisker(least, most, middle)
    number = f"{bar.seconds.median:.2f}"
    yield _text(max(most, median) + 10, middle + 4.5, number, "strong number")


def _whisker(least: float, most: float, middle: float) -> Iterator[str]:
    corners = [(least, -3.5), (least, 3.5), (least, 0), (most, 0), (most, -3.5), (most, 3.5)]
    path = "".join(
        f"{'M' if at % 2 == 0 else 'L'}{x:.1f} {middle + dy:.1f}"
        for at, (x, dy) in enumerate(corners)
    )
    yield f'<path class="spread" d="{path}"/>'


def _legend(y: float) -> Iterator[str]:
    yield f'<rect class="ours" x="{_EDGE}" y="{y - 10}" width="12" height="12" rx="2"/>'
    yield _text(_EDGE + 20, y, "unorder", "soft small")
    yield f'<rect class="other" x="{_EDGE + 90}" y="{y - 10}" width="12" height="12" rx="2"/>'
    yield _text(_EDGE + 110, y, "other ways, which check nothing", "soft small")
    yield from _whisker(_EDGE + 316, _EDGE + 344, y - 4)
    yield _text(_EDGE + 354, y, "least and most; the bar is the median", "soft small")


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}"{place}>{escape(text)}</text>'
