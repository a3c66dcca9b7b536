"""From an edit to a file, without a browser."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from recordings import STAGE, drawings, drawn, two_steps

from automation.walkthrough.checking import pictures_of, problems_of_captions, problems_of_file
from automation.walkthrough.compositing import Compositor
from automation.walkthrough.cutting import Pace, cut
from automation.walkthrough.edit import Edit
from automation.walkthrough.encoding import Format, encode, encode_gif
from automation.walkthrough.film import chapters_of, pictures
from automation.walkthrough.timeline import Timeline, read_timeline

FPS = 30


@pytest.fixture
def told(tmp_path: Path) -> Timeline:
    return drawn(two_steps(), tmp_path)


def compositor(told: Timeline, edit: Edit, detail: float = 1.0) -> Compositor:
    def pixels(number: int) -> np.ndarray:
        return np.asarray(Image.open(told.path(told.frames[number])).convert("RGB"))

    return Compositor(edit, STAGE, drawings(edit), pixels, detail=detail)


def film(told: Timeline, path: Path, format_: Format = Format.MP4) -> Edit:
    edit = cut(told, "en", Pace(2))
    encode(path, pictures(compositor(told, edit), edit, FPS), size=(640, 360), fps=FPS,
           format_=format_, chapters=chapters_of(edit, "Cancel items"))  # fmt: skip
    return edit


def test_it_is_what_players_expect(told: Timeline, tmp_path: Path) -> None:
    edit = film(told, tmp_path / "film.mp4")

    assert problems_of_file(
        tmp_path / "film.mp4", seconds=edit.seconds, fps=FPS, chapters=len(edit.cues) + 2
    ) == []  # fmt: skip
    with av.open(str(tmp_path / "film.mp4")) as made:
        assert [one["metadata"]["title"] for one in made.chapters()] == [
            "Cancel items", "1. Open the order.", "2. Choose Cancel items.", "■",
        ]  # fmt: skip


def test_a_wrong_film_is_told_about(told: Timeline, tmp_path: Path) -> None:
    film(told, tmp_path / "film.webm", Format.WEBM)
    problems = problems_of_file(tmp_path / "film.webm", seconds=99, fps=60, chapters=1)

    assert "its codec is libdav1d, not h264" in problems or any("codec" in one for one in problems)
    assert any("it lasts" in one for one in problems)
    assert any("its rate is 30, not 60" in one for one in problems)
    assert any("chapters" in one for one in problems)


def test_two_renders_are_the_same_bytes(told: Timeline, tmp_path: Path) -> None:
    film(told, tmp_path / "one.mp4")
    film(read_timeline(told.folder), tmp_path / "other.mp4")

    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "other.mp4").read_bytes()


def test_white_stays_white(tmp_path: Path) -> None:
    white = np.full((360, 640, 3), 255, dtype=np.uint8)
    encode(tmp_path / "white.mp4", [white] * 8, size=(640, 360), fps=FPS)

    assert all(picture.min() >= 254 for picture in pictures_of(tmp_path / "white.mp4"))
    assert "the first picture is blank" in problems_of_file(
        tmp_path / "white.mp4", seconds=8 / FPS, fps=FPS, chapters=0
    )


def test_an_accent_keeps_its_colour(tmp_path: Path) -> None:
    plain = np.full((360, 640, 3), (81, 69, 229), dtype=np.uint8)
    encode(tmp_path / "plain.mp4", [plain] * 8, size=(640, 360), fps=FPS)

    shown = next(pictures_of(tmp_path / "plain.mp4")).reshape(-1, 3).mean(axis=0)

    assert shown == pytest.approx((81, 69, 229), abs=4)


def test_what_does_not_change_is_the_same_picture(told: Timeline) -> None:
    edit = cut(told, "en", Pace())
    made = compositor(told, edit)

    assert made.picture(0.1) is made.picture(0.3)
    assert made.picture(edit.presses[0].at + 0.1) is not made.picture(edit.presses[0].at + 0.2)


def test_the_ripple_is_where_and_when_the_press_is(told: Timeline) -> None:
    edit = cut(told, "en", Pace())
    made = compositor(told, edit)
    press = edit.presses[0]
    before, after = (made.picture(press.at + by).astype(int) for by in (-0.3, 0.12))
    changed = np.abs(after - before).sum(axis=2) > 12
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    scale, place = STAGE.screen.scale, STAGE.page

    assert (columns[0] + columns[-1]) / 2 == pytest.approx(place.x + press.point[0] * scale, abs=9)
    assert (rows[0] + rows[-1]) / 2 == pytest.approx(place.y + press.point[1] * scale, abs=9)


def test_no_caption_covers_what_it_talks_about(told: Timeline) -> None:
    edit = cut(told, "en", Pace())
    plain = drawings(edit)
    lifted = {number: type(one)(one.pixels, 200, 200) for number, one in plain.captions.items()}

    assert problems_of_captions(edit, STAGE, plain) == []
    assert problems_of_captions(
        edit, STAGE, type(plain)(**{**plain.__dict__, "captions": lifted})
    ) == ["the caption “Choose Cancel items.” covers what it talks about"]  # fmt: skip


def test_coming_nearer_keeps_the_press_in_sight(told: Timeline) -> None:
    edit = cut(told, "en", Pace())
    press = edit.presses[0]
    plain, near = (compositor(told, edit, by).picture(press.at) for by in (1.0, 1.35))

    assert near.shape == plain.shape
    assert np.any(near != plain)


def test_a_moving_picture_for_places_without_video(told: Timeline, tmp_path: Path) -> None:
    edit = cut(told, "en", Pace(3))
    encode_gif(tmp_path / "film.gif", pictures(compositor(told, edit), edit, 10), fps=10, width=320)

    with Image.open(tmp_path / "film.gif") as made:
        lasts = 0
        for number in range(made.n_frames):
            made.seek(number)
            lasts += made.info["duration"]
        assert made.size == (320, 180)
        assert lasts / 1000 == pytest.approx(edit.seconds, abs=0.3)
