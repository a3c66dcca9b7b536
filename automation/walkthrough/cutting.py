"""From a recording to a film's edit: dead time goes, time to read comes."""

from __future__ import annotations

from dataclasses import dataclass

from automation.walkthrough.edit import (
    Card,
    Cue,
    Dissolve,
    Edit,
    Pan,
    Popup,
    Press,
    Ring,
    Span,
    Still,
    Travel,
    Writing,
)
from automation.walkthrough.motion import Point, travel_time
from automation.walkthrough.popup import answer_box, asked_box, menu_box, option_box
from automation.walkthrough.timeline import Act, Box, Kind, Taken, Timeline

_TITLE, _CLOSING = 2.6, 4.2
_LEAD = 0.55  # from a caption to the first move
_DWELL = 0.30  # the hand rests on what it is about to press
_LANDED = 0.16  # from a press to what it does
_AFTER = 1.0  # to look at what a step has done
_LONGEST_GAP = 0.35  # of what was recorded; the rest is dead time
_LONGEST_PLAY = 1.5
_POPUP = 0.55  # to look into a menu before the hand goes on


@dataclass(frozen=True)
class Pace:
    """How fast a film goes, and whether things move in it."""

    speed: float = 1.0
    reduced_motion: bool = False


def reading_time(text: str) -> float:
    """Seconds that it takes to read a caption, with some to spare."""
    return 0.9 + 0.052 * len(text)


def cut(timeline: Timeline, language: str, pace: Pace) -> Edit:
    """The edit of a film with captions in this language."""
    cutter = _Cutter(timeline, language, pace)
    cutter.card("title", _TITLE)
    for number, step in enumerate(timeline.steps):
        following = timeline.steps[number + 1 : number + 2]
        cutter.step(step, _begun(following[0]) if following else None)
    cutter.card("stopped" if timeline.steps and timeline.steps[-1].broke else "closing", _CLOSING)
    return cutter.edit()


def _begun(step: Taken) -> float:
    """When a step begins to show: some of what belongs to it may be done before it is named."""
    return min([step.begun, *(act.at for act in step.acts)])


class _Cutter:
    def __init__(self, timeline: Timeline, language: str, pace: Pace) -> None:
        self._timeline = timeline
        self._language = language
        self._pace = pace
        self._now = 0.0
        self._shown = 0
        self._begun = 0.0  # when what is shown began to be
        first: Point = (timeline.width * 0.64, timeline.height * 0.82)
        self._first = self._hand = first
        self._spans: list[Span] = []
        self._travels: list[Travel] = []
        self._presses: list[Press] = []
        self._rings: list[Ring] = []
        self._popups: list[Popup] = []
        self._cues: list[Cue] = []
        self._cards: list[Card] = []
        self._tabs: list[tuple[float, int]] = [(0.0, timeline.frames[0].tab)]

    def edit(self) -> Edit:
        self._still()
        return Edit(
            seconds=self._now,
            spans=tuple(self._spans),
            travels=tuple(self._travels),
            presses=tuple(self._presses),
            rings=tuple(self._rings),
            popups=tuple(self._popups),
            cues=tuple(self._cues),
            cards=tuple(self._cards),
            hand=self._first,
            tabs=tuple(self._tabs),
            scrolled=tuple(frame.scrolled for frame in self._timeline.frames),
            soft=0.0 if self._pace.reduced_motion else 0.2,
        )

    def card(self, name: str, seconds: float) -> None:
        start = self._now
        self._wait(seconds)
        self._cards.append(Card(start, self._now, name))

    def step(self, step: Taken, next_begun: float | None) -> None:
        """Show one step; the next begins at *next_begun* of the recording."""
        text = step.sentence(self._language)
        start = self._now
        last = self._timeline.before(step.ended if next_begun is None else next_begun)
        if not self._cues:
            self._shown = last if not step.acts else self._timeline.before(step.begun)
        if step.acts:
            self._wait(_LEAD + 0.25 * reading_time(text))
        for number, act in enumerate(step.acts):
            later = step.acts[number + 1 : number + 2]
            self._act(act, later[0].at if later else None, last)
        self._show(last)
        self._wait(_AFTER)
        missing = start + reading_time(text) / self._pace.speed + 0.3 - self._now
        if missing > 0:
            self._now += missing
        self._cues.append(Cue(start, self._now, len(self._cues) + 1, text))

    def _act(self, act: Act, next_at: float | None, last: int) -> None:
        self._show(self._timeline.state(act))
        ring_from = self._now
        match act.kind:
            case Kind.SHOWN:
                self._wait(0.25)
                self._hold_ring(act.box, self._now, 2.2)
                return
            case Kind.PRESS:
                self._go(act.point)
                self._press()
            case Kind.CHOOSE:
                self._choose(act)
            case Kind.ASKED:
                self._answer(act)
            case Kind.KEY:
                self._key(act)
            case Kind.WRITE:
                self._write(act, last if next_at is None else self._timeline.before(next_at))
        if act.kind in (Kind.PRESS, Kind.CHOOSE):
            self._rings.append(Ring(ring_from, self._now, act.box))
        self._play(act.at, last if next_at is None else self._timeline.before(next_at))

    def _hold_ring(self, box: Box, start: float, seconds: float) -> None:
        self._wait(seconds)
        self._rings.append(Ring(start, self._now, box))

    def _go(self, point: Point) -> None:
        seconds = 0.0 if self._pace.reduced_motion else travel_time(self._hand, point)
        start = self._now
        self._wait(seconds)
        self._travels.append(Travel(start, self._now, self._hand, point))
        self._hand = point
        self._wait(_DWELL)

    def _press(self) -> None:
        self._presses.append(Press(self._now, self._hand))
        self._wait(_LANDED)

    def _choose(self, act: Act) -> None:
        self._go(act.box.middle)
        self._press()
        start = self._now
        menu = menu_box(act, self._timeline.width, self._timeline.height)
        self._wait(_POPUP)
        option = option_box(act, menu)
        self._go((option.x + min(option.width * 0.4, 120), option.middle[1]))
        picked = self._now - _DWELL / self._pace.speed
        self._press()
        self._popups.append(Popup(start, self._now, act, picked))

    def _answer(self, act: Act) -> None:
        start = self._now
        asked = asked_box(self._timeline.width)
        self._wait(_POPUP + reading_time(" ".join(act.texts)))
        self._go(answer_box(asked, yes=act.chosen != 0).middle)
        self._press()
        self._popups.append(Popup(start, self._now, act, self._now))

    def _key(self, act: Act) -> None:
        start = self._now
        self._wait(0.7)
        self._popups.append(Popup(start, self._now, act, self._now))

    def _write(self, act: Act, after: int) -> None:
        # The hand rests where it covers nothing of what is written.
        self._go((act.box.x + act.box.width * 0.86, act.box.y + act.box.height * 0.8))
        self._still()
        start = self._now
        self._wait(1.6)
        look = Writing(self._shown, after, act.box, act.line)
        if self._pace.reduced_motion:
            self._spans.append(Span(start, self._now, Still(after)))
        else:
            self._spans.append(Span(start, self._now, look))
        self._rings.append(Ring(start - 0.3, self._now + 0.3, act.box))
        self._shown, self._begun = after, self._now

    def _play(self, since: float, until: int) -> None:
        """Show what an act did: another page at once, a page that changes as it changed."""
        frames = self._timeline.frames
        if frames[until].document != frames[self._shown].document:
            self._show(until)
            return
        played = 0.0
        at = since
        for number in range(self._shown + 1, until + 1):
            if frames[number].at <= since:
                continue
            gap = min((frames[number].at - at) / 1000, _LONGEST_GAP)
            at = frames[number].at
            if played + gap < _LONGEST_PLAY:
                self._wait(gap)
                played += gap
            self._show(number)

    def _show(self, frame: int) -> None:
        """Come from what is shown to this frame."""
        if frame == self._shown:
            return
        before, after = self._timeline.frames[self._shown], self._timeline.frames[frame]
        if before.tab != after.tab:
            self._tabs.append((self._now, after.tab))
        if self._pace.reduced_motion:
            self._cut_to(frame)
        elif before.document != after.document or before.tab != after.tab:
            self._turn(Dissolve(self._shown, frame), 0.26, frame)
        elif before.scrolled != after.scrolled:
            far = abs(after.scrolled - before.scrolled)
            self._turn(Pan(self._shown, frame), min(0.5 + far / 2400, 0.95), frame)
            self._wait(0.12)
        else:
            self._cut_to(frame)

    def _turn(self, look: Dissolve | Pan, seconds: float, frame: int) -> None:
        self._still()
        start = self._now
        self._wait(seconds)
        self._spans.append(Span(start, self._now, look))
        self._shown, self._begun = frame, self._now

    def _cut_to(self, frame: int) -> None:
        self._still()
        self._shown = frame

    def _still(self) -> None:
        """Note what was shown up to now."""
        if self._now > self._begun:
            self._spans.append(Span(self._begun, self._now, Still(self._shown)))
        self._begun = self._now

    def _wait(self, seconds: float) -> None:
        self._now += seconds / self._pace.speed
