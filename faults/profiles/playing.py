"""Many cases, shared among workers, and what of them is kept in a file."""

from __future__ import annotations

import multiprocessing
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from faults.profiles.kinds import draw
from faults.profiles.stage import Played, Stage

_CHUNK = 16  # cases that share a browser


def play_all(seeds: Sequence[int], *, workers: int, keep: Path | None = None) -> list[Played]:
    """Every case. With a file to *keep* them in, those that it holds are not played again."""
    ended = {one.seed: one for one in _kept(keep)}
    todo = [seed for seed in seeds if seed not in ended]
    chunks = [todo[at : at + _CHUNK] for at in range(0, len(todo), _CHUNK)]
    for chunk in _spread(chunks, workers):
        ended |= {one.seed: one for one in chunk}
        if keep:
            with keep.open("ab") as file:
                for one in chunk:
                    pickle.dump(one, file)
    return [ended[seed] for seed in seeds]


def play(seeds: list[int]) -> list[Played]:
    """These cases, one after the other, on one stage."""
    with tempfile.TemporaryDirectory(prefix="unorder-profiles-") as folder, ExitStack() as stack:
        stage = Stage(Path(folder), stack)
        return [stage.play(draw(seed)) for seed in seeds]


def _spread(chunks: list[list[int]], workers: int) -> Iterator[list[Played]]:
    if workers == 1:
        yield from map(play, chunks)
        return
    # A fresh interpreter for each: a fork would inherit greenlets and patches.
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap_unordered(play, chunks)


def _kept(path: Path | None) -> Iterator[Played]:
    if path and path.exists():
        with path.open("rb") as file, suppress(EOFError):
            while True:
                yield pickle.load(file)  # noqa: S301 (our own file)
