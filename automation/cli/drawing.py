"""Drawing a film while the terminal shows how far it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # start-up
    from automation.flow.model import Flow
    from automation.walkthrough.film import Film, Progress, Wishes
    from automation.walkthrough.timeline import Timeline

_WIDTH = 28  # of the bar that shows how far it is


def film_of(timeline: Timeline, wishes: Wishes, language: str, base: Path, flow: Flow) -> Film:
    """Draw the film of a recording. *base* is its path without the ending."""
    from automation.walkthrough.film import shoot  # noqa: PLC0415 (start-up)
    from automation.walkthrough.painting import Texts, drawing_browser  # noqa: PLC0415
    from automation.walkthrough.staging import staging_of  # noqa: PLC0415

    staging = staging_of(flow, language)
    texts = Texts(staging.title, staging.summary, language)
    with drawing_browser(wishes.stage(phone=False)) as browser, _bar() as progress:
        return shoot(timeline, browser, wishes, texts, base, progress=progress)


@contextmanager
def _bar() -> Iterator[Progress]:
    """A bar on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield lambda _done, _of: None
        return

    def show(done: int, of: int) -> None:
        if done % 10 == 0 or done == of:
            filled = round(_WIDTH * done / of)
            sys.stderr.write(f"\r\033[K   drawing {'█' * filled}{'░' * (_WIDTH - filled)} "
                             f"{100 * done // of} %")  # fmt: skip
            sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\033[K")
