"""One page as it is recorded: its frames, and what its `eye.js` tells. Nothing is drawn into it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from playwright.sync_api import Error, Page

from automation.walkthrough.timeline import SCROLLED

_BINDING = "UNORDER"
_WORLD = "unorder"
_EYE = files("automation.walkthrough").joinpath("eye.js").read_text("utf-8")
# What happened last is painted: a message comes after the frame that it was sent in. A tab in the
# background paints none. Both tell how far the page is scrolled by then.
_PAINTED = """
new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  requestAnimationFrame(() => port2.postMessage(0));
  setTimeout(done, 250);
}).then(() => scrollY)
"""
# Another frame was begun since, so the newest that came here shows it.
_DELIVERED = """
new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(done, 250);
}).then(() => scrollY)
"""
_TRIES = 4  # to see a frame of what is there, which a busy machine delivers late


def now() -> float:
    """Milliseconds since the epoch, as the browser counts them too."""
    return datetime.now(UTC).timestamp() * 1000


@dataclass(frozen=True)
class Shot:
    """A frame as it came. *at* is in milliseconds since the epoch."""

    png: bytes
    at: float
    scrolled: float
    tab: int

    @property
    def width(self) -> int:
        """In pixels, as the head of every PNG has it."""
        return int.from_bytes(self.png[16:20], "big")


@dataclass(frozen=True)
class Told:
    """Something that happened on the page, as its eye or the browser tells it."""

    kind: str
    at: float
    tab: int
    more: dict[str, Any]


class Camera:
    """Records one page until it is stopped. *told* is called with what happens, as it happens.

    Its frames should be *width* pixels wide; a new document's first may still be smaller.
    """

    def __init__(self, page: Page, tab: int, width: int, told: Callable[[Told], None]) -> None:
        self.page = page
        self._tab = tab
        self._width = width
        self._told = told
        self.shots: list[Shot] = []
        self._document = 0.0  # when the newest document was begun
        self._session = session = page.context.new_cdp_session(page)
        session.on("Page.screencastFrame", self._frame)
        session.on("Runtime.bindingCalled", self._called)
        session.on("Page.javascriptDialogOpening", self._asked)
        session.on("Page.javascriptDialogClosed", self._answered)
        session.send("Page.enable")
        session.send("Runtime.enable")
        session.send("Runtime.addBinding", {"name": _BINDING, "executionContextName": _WORLD})
        session.send(
            "Page.addScriptToEvaluateOnNewDocument",
            {"source": _EYE, "worldName": _WORLD, "runImmediately": True},
        )
        # More in flight than there will be: none is lost while something moves, and none waits
        # for a word that it came.
        session.send(
            "Page.startScreencast",
            {"format": "png", "everyNthFrame": 1, "maxFramesInFlight": 1_000_000},
        )

    def glance(self) -> None:
        """Wait, a hundredth of a second, until what is there is painted; its frame may come later.

        That is enough before what takes longer than a frame.
        """
        with suppress(Error):  # the page is gone, or goes on to another
            if self._is_shown(scrolled=self._wait_for(_PAINTED)):
                return
        self.settle()

    def settle(self) -> None:
        """Wait, a few hundredths of a second, until there is a frame of what is there."""
        with suppress(Error):
            for _ in range(_TRIES):
                if self._is_shown(scrolled=self._wait_for(_DELIVERED)):
                    return
            self._photograph()

    def stop(self) -> None:
        with suppress(Error):
            self._session.send("Page.stopScreencast")
            self._session.detach()

    def _wait_for(self, expression: str) -> float:
        # Not by the page's own `evaluate`, which would wait for a navigation that may never come.
        asked = {"expression": expression, "awaitPromise": True}
        answer = self._session.send("Runtime.evaluate", asked)
        return float(answer["result"].get("value", 0))

    def _photograph(self) -> None:
        """Take what is there now: a page that stands still sends no other frame by itself."""
        scrolled = self._wait_for("scrollY")
        taken = self._session.send("Page.captureScreenshot", {"format": "png"})
        self.shots.append(Shot(base64.b64decode(taken["data"]), now(), scrolled, self._tab))

    def _is_shown(self, *, scrolled: float) -> bool:
        """Whether there is a frame of the newest document: as large, and *scrolled* as far."""
        newest = self.shots[-1] if self.shots else None
        return (
            newest is not None
            and newest.at >= self._document
            and newest.width == self._width
            and abs(newest.scrolled - scrolled) < SCROLLED
        )

    def _frame(self, event: dict[str, Any]) -> None:
        seen = event["metadata"]
        self.shots.append(
            Shot(
                base64.b64decode(event["data"]),
                seen["timestamp"] * 1000,
                seen.get("scrollOffsetY", 0.0),
                self._tab,
            )
        )

    def _called(self, event: dict[str, Any]) -> None:
        if event["name"] == _BINDING:
            told = json.loads(event["payload"])
            if told["kind"] == "document":
                self._document = told["at"]
            self._told(Told(told.pop("kind"), told.pop("at"), self._tab, told))

    # These events carry no time of their own; the page stands still until they are answered.
    def _asked(self, event: dict[str, Any]) -> None:
        self._told(Told("asked", now(), self._tab, {"texts": [event["message"]]}))

    def _answered(self, event: dict[str, Any]) -> None:
        self._told(Told("answered", now(), self._tab, {"yes": event["result"]}))
