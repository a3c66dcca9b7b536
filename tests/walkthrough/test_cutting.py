"""From a recording to what a viewer sees: dead time goes, time to read comes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from recordings import broken, frame, press, taken, timeline, two_steps

from automation.walkthrough.cutting import Pace, cut, reading_time
from automation.walkthrough.edit import Dissolve, Pan, Popup, Still, Writing
from automation.walkthrough.timeline import Act, Box, Kind

PLAIN = Pace()
SELECT = Box(100, 200, 400, 40)


def test_a_slow_store_makes_no_longer_film() -> None:
    quick, slow = (cut(two_steps(slowness=by), "en", PLAIN) for by in (1, 30))

    assert slow.seconds == pytest.approx(quick.seconds, abs=0.5)


def test_a_caption_stands_as_long_as_it_takes_to_read() -> None:
    for language in ("en", "nl"):
        for cue in cut(two_steps(), language, PLAIN).cues:
            assert cue.end - cue.start >= reading_time(cue.text)


def test_captions_follow_each_other_and_nothing_overlaps() -> None:
    edit = cut(two_steps(), "en", PLAIN)

    assert [cue.number for cue in edit.cues] == [1, 2]
    assert all(one.end <= other.start for one, other in pairwise(edit.cues))
    assert all(one.end == pytest.approx(other.start) for one, other in pairwise(edit.spans))
    assert edit.spans[0].start == 0
    assert edit.spans[-1].end == pytest.approx(edit.seconds)


def test_a_press_comes_after_the_hand_and_before_what_it_does() -> None:
    edit = cut(two_steps(), "en", PLAIN)
    (travel,), (pressed,) = edit.travels, edit.presses
    turned = next(span for span in edit.spans if isinstance(span.look, Dissolve))

    assert travel.end < pressed.at < turned.start
    assert edit.cues[1].start < travel.start
    assert pressed.point == travel.to == (1000, 422)
    assert any(ring.start < pressed.at < ring.end for ring in edit.rings)


def test_what_is_off_the_screen_is_scrolled_to() -> None:
    told = timeline(
        taken(press(900, scrolled=300), begun=100, ended=1500),
        frames=(frame(0, 0), frame(1, 800, scrolled=300), frame(2, 1400, document=2)),
    )

    looks = [span.look for span in cut(told, "en", PLAIN).spans]

    assert Pan(0, 1) in looks
    assert looks.index(Pan(0, 1)) < looks.index(Dissolve(1, 2))


def test_a_page_that_was_not_painted_in_time_is_shown_as_it_came_then() -> None:
    told = timeline(
        taken(press(900, scrolled=300), begun=100, ended=1500),
        frames=(frame(0, 0), frame(1, 950, scrolled=300)),
    )

    assert Pan(0, 1) in [span.look for span in cut(told, "en", PLAIN).spans]


def test_a_menu_opens_for_a_choice() -> None:
    choice = Act(Kind.CHOOSE, 500, SELECT, SELECT.middle, ("None", "Too late", "Other"), 1,
                 document=1)  # fmt: skip
    told = timeline(taken(choice, begun=100, ended=900), frames=(frame(0, 0), frame(1, 600)))

    edit = cut(told, "en", PLAIN)
    (popup,) = edit.popups

    assert isinstance(popup, Popup)
    assert popup.start < popup.picked_at < popup.end
    assert len(edit.presses) == 2
    assert edit.presses[1].point[1] > SELECT.y + SELECT.height


def test_a_confirm_box_is_answered() -> None:
    asked = Act(Kind.ASKED, 500, Box(0, 0, 0, 0), (0, 0), ("Really?",), 1, document=1)
    told = timeline(
        taken(press(400), asked, begun=100, ended=900), frames=(frame(0, 0), frame(1, 600))
    )

    edit = cut(told, "en", PLAIN)

    assert [popup.act.kind for popup in edit.popups] == [Kind.ASKED]
    assert len(edit.presses) == 2


def test_text_is_written_letter_by_letter() -> None:
    text = Act(Kind.WRITE, 500, SELECT, SELECT.middle, line=20, document=1)
    told = timeline(taken(text, begun=100, ended=900), frames=(frame(0, 0), frame(1, 600)))

    assert Writing(0, 1, SELECT, 20) in [span.look for span in cut(told, "en", PLAIN).spans]


def test_another_tab_comes_to_the_front() -> None:
    told = timeline(
        taken(press(500), begun=100, ended=900), frames=(frame(0, 0), frame(1, 600, 2, tab=1))
    )

    assert [tab for _at, tab in cut(told, "en", PLAIN).tabs] == [0, 1]


def test_with_reduced_motion_nothing_moves() -> None:
    edit = cut(two_steps(), "en", Pace(reduced_motion=True))

    assert all(isinstance(span.look, Still) for span in edit.spans)
    assert all(travel.start == travel.end for travel in edit.travels)
    assert edit.soft == 0


def test_a_faster_film_is_shorter() -> None:
    assert cut(two_steps(), "en", Pace(2)).seconds < 0.7 * cut(two_steps(), "en", PLAIN).seconds


def test_it_closes_with_how_it_ended() -> None:
    assert cut(two_steps(), "en", PLAIN).cards[-1].name == "closing"
    assert cut(broken(two_steps()), "en", PLAIN).cards[-1].name == "stopped"
