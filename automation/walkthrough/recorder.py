"""Recording a run for a film: it looks on, and leaves a timeline and its frames in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Error, Locator, Page

from automation.flow.model import LANGUAGES, Flow, Step
from automation.outcome import Outcome
from automation.pages.storefront import Storefront
from automation.run.browser import Screen
from automation.run.record import Run, StepTaken
from automation.run.watcher import Watcher
from automation.walkthrough.camera import Camera, Shot, Told, now
from automation.walkthrough.timeline import Act, Box, Ending, Frame, Kind, Taken, Timeline
from automation.walkthrough.words import told_of

_NOWHERE = Box(0, 0, 0, 0)


@dataclass
class _Doing:
    """A step while it is being taken."""

    step: Step | None
    begun: float
    word: str = ""
    end: str = ""
    ended: float = 0
    broke: bool = False
    acts: list[Act] = field(default_factory=list)


class Recorder(Watcher):
    """Records the page that a run walks on, and every tab that it opens."""

    def __init__(self, flow: Flow, storefront: Storefront, screen: Screen, *, layout: str) -> None:
        self._flow = flow
        self._storefront = storefront
        self._screen = screen
        self._layout = layout
        self._cameras: list[Camera] = []
        self._documents: list[tuple[float, int]] = []  # when each was begun, and in which tab
        self._doing: list[_Doing] = []
        self._run: Run | None = None

    @property
    def _width(self) -> int:
        """Of a frame, in pixels."""
        return round(self._screen.width * self._screen.scale)

    @contextmanager
    def looking_at(self, page: Page) -> Iterator[None]:
        self._cameras.append(Camera(page, 0, self._width, self._told))
        page.context.on("page", self._opened)
        try:
            yield
        finally:
            for camera in self._cameras:
                camera.settle()
                camera.stop()

    def taking(self, step: Step) -> None:
        self._begin(_Doing(step, now(), str(step.word)))

    def took(self, step: StepTaken) -> None:
        if self._doing and not self._doing[-1].ended:
            self._doing[-1].ended = now()
            self._doing[-1].broke = step.problem is not None

    def at_the_click(self, step: Step) -> None:
        self._begin(_Doing(step, now(), str(step.word)))

    def left_unclicked(self, control: Locator) -> None:
        self._show(control)

    def decided(self, end: str, sign: Locator) -> None:
        self._begin(_Doing(None, now(), "decided", end))
        self._show(sign)

    def reading_back(self, answer: object) -> None:  # noqa: ARG002 (the run's record holds it)
        self._settle()

    def again(self, why: str) -> None:  # noqa: ARG002 (what went before is not shown)
        self._doing.clear()

    def ended(self, run: Run) -> None:
        self._run = run

    def _opened(self, page: Page) -> None:
        """A tab that the shopper's own page opened; a run's other pages have no opener."""
        with suppress(Error):
            if page.opener() is not None:
                self._cameras.append(Camera(page, len(self._cameras), self._width, self._told))

    def _begin(self, doing: _Doing) -> None:
        if self._doing:  # what was there before the first step is not shown
            for camera in self._cameras:
                camera.glance()
        doing.begun = now()
        self._doing.append(doing)
        # What was done between two steps, as unfolding what a phone folds, shows with the next.
        if len(self._doing) > 1:
            before = self._doing[-2]
            late = [act for act in before.acts if before.ended and act.at > before.ended]
            before.acts = [act for act in before.acts if act not in late]
            doing.acts = late

    def _settle(self) -> None:
        for camera in self._cameras:
            camera.settle()

    def _show(self, what: Locator) -> None:
        with suppress(Error):
            before = what.page.evaluate("scrollY")
            what.first.scroll_into_view_if_needed()
            scrolled = what.page.evaluate("scrollY")
            if scrolled != before:
                self._settle()
            found = what.first.bounding_box()
            if found:
                box = Box(**found)
                self._doing[-1].acts.append(
                    Act(Kind.SHOWN, now(), box, box.middle, scrolled=scrolled)
                )

    def _told(self, told: Told) -> None:
        if told.kind == "document":
            self._documents.append((told.at, told.tab))
        elif told.kind == "answered":
            self._answered(yes=told.more["yes"])
        elif self._doing:
            self._doing[-1].acts.append(_as_act(told))

    def _answered(self, *, yes: bool) -> None:
        for doing in reversed(self._doing):
            for number, act in enumerate(doing.acts):
                if act.kind is Kind.ASKED and act.chosen < 0:
                    doing.acts[number] = replace(act, chosen=int(yes))
                    return

    def write(self, folder: Path) -> Timeline | None:
        """Write what was recorded; `None` if the run came to no page that could be shown."""
        shots = sorted((shot for camera in self._cameras for shot in camera.shots),
                       key=lambda shot: shot.at)  # fmt: skip
        if not self._doing:
            return None
        shots = _of_the_walk(shots, self._documents, self._doing[0].begun)
        shots = [shot for shot in shots if shot.width == self._width] or shots
        if not shots:
            return None
        if self._run is None:  # it did not come to an outcome
            self._doing[-1].broke = True
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
        start = shots[0].at
        frames: list[Frame] = []
        for shot in shots:
            file = f"{len(frames):04d}.png"
            (folder / file).write_bytes(shot.png)
            frames.append(
                Frame(
                    file,
                    round(shot.at - start, 1),
                    self._document(shot.at),
                    shot.tab,
                    shot.scrolled,
                )
            )
        return Timeline(
            flow=self._flow.name,
            summary=self._flow.summary,
            store=self._storefront.title,
            language=self._storefront.language,
            layout=self._layout,
            phone=self._flow.phone,
            recorded=datetime.now(UTC).date().isoformat(),
            width=self._screen.width,
            height=self._screen.height,
            frames=tuple(frames),
            steps=tuple(self._taken(doing, start, shots[-1].at) for doing in self._doing),
            ending=self._ending(),
        ).write(folder)

    def _taken(self, doing: _Doing, start: float, last: float) -> Taken:
        return Taken(
            word=doing.word,
            captions=_captions(doing),
            begun=round(doing.begun - start, 1),
            ended=round((doing.ended or last) - start, 1),
            acts=tuple(
                replace(act, at=round(act.at - start, 1), document=self._document(act.at))
                for act in _merged(doing.acts)
            ),
            broke=doing.broke,
        )

    def _document(self, at: float) -> int:
        """How many documents had been begun by then."""
        return sum(1 for begun, _tab in self._documents if begun <= at)

    def _ending(self) -> Ending:
        if self._run is None:
            return Ending(Outcome.BROKEN.label)
        return Ending(self._run.outcome.label, self._run.said or "")


def _of_the_walk(shots: list[Shot], documents: list[tuple[float, int]], begun: float) -> list[Shot]:
    """From the first page of the walk on: what the empty page looked like is of no interest."""
    first = next((at for at, _tab in documents if at >= begun), None)
    if first is None:
        return []
    kept: list[Shot] = []
    for shot in shots:
        if shot.at >= first and not (
            kept and kept[-1].png == shot.png and kept[-1].tab == shot.tab
        ):
            kept.append(shot)
    return kept


def _captions(doing: _Doing) -> dict[str, str]:
    if doing.step is None:
        return {language: told_of(doing.end, language).sentence for language in LANGUAGES}
    return {"en": doing.step.sentence("en"), **doing.step.captions}


def _as_act(told: Told) -> Act:
    more = told.more
    box = Box(**more["box"]) if "box" in more else _NOWHERE
    return Act(
        kind=Kind(told.kind),
        at=told.at,
        box=box,
        point=tuple(more["point"]) if "point" in more else box.middle,
        texts=tuple(more.get("texts", ())),
        chosen=more.get("chosen", -1),
        line=more.get("line", 0),
        scrolled=more.get("scrolled", 0),
    )


def _merged(acts: list[Act]) -> list[Act]:
    """Letters of one text are one act; a press that only leads to a choice is part of it."""
    kept: list[Act] = []
    for act in sorted(acts, key=lambda act: act.at):
        if (
            kept
            and act.kind is Kind.WRITE
            and kept[-1].kind is Kind.WRITE
            and kept[-1].box == act.box
        ):
            kept[-1] = act
            continue
        # What was rung as the way to go is pressed after all.
        if kept and kept[-1].kind is Kind.SHOWN and act.kind is Kind.PRESS:
            kept.pop()
        kept.append(act)
    return kept
