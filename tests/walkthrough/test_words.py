"""What is told round a film, in each language; and how stagings are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from recordings import two_steps

from automation.errors import InputError
from automation.flow.library import Library
from automation.flow.model import LANGUAGES
from automation.outcome import Outcome
from automation.source import SourceError
from automation.walkthrough.cutting import Pace, cut
from automation.walkthrough.stage import size_in
from automation.walkthrough.staging import staging_of
from automation.walkthrough.subtitles import as_srt, as_vtt
from automation.walkthrough.timeline import read_timeline
from automation.walkthrough.words import told_of, words_in


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_has_words(language: str) -> None:
    for outcome in Outcome:
        told = told_of(outcome.label, language)
        assert told.title
        assert told.sentence.endswith(".")


def test_every_language_has_the_same_words() -> None:
    assert len({tuple(words_in(language)) for language in LANGUAGES}) == 1


@pytest.mark.parametrize("flow", Library().paths())
def test_every_flow_is_staged_in_every_language(flow: str) -> None:
    stagings = [staging_of(Library().find(flow), language) for language in LANGUAGES]

    assert all(one.order or one.subscription for one in stagings)
    assert len({one.title for one in stagings}) == len(LANGUAGES)
    assert all(one.instead and one.ends for one in stagings)


def test_a_flow_of_ones_own_needs_no_staging(tmp_path: Path) -> None:
    text = Path("flows/shipped.yaml").read_text().replace("flow: shipped", "flow: my-flow")
    (tmp_path / "my-flow.yaml").write_text(text)
    staging = staging_of(Library().find(str(tmp_path / "my-flow.yaml")), "nl")

    assert staging.title == "My flow"
    assert staging.order is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ends: canceled", "no run ends in `canceled`"),
        ("given: {ordr: x}", "has no input called `ordr`"),
        ("place: {order: {items: [{titel: x}]}}", "unknown key `titel` in an item"),
        ("title: {en: x}", "lacks `nl`"),
    ],
)
def test_a_wrong_staging_shows_the_place(tmp_path: Path, line: str, said: str) -> None:
    text = Path("flows/shipped.yaml").read_text()
    (tmp_path / "shipped.yaml").write_text(text)
    (tmp_path / "staging").mkdir()
    title = "" if line.startswith("title") else "title: A title\n"
    (tmp_path / "staging/shipped.yaml").write_text(
        f"staging: shipped\n{title}summary: A summary.\n{line}\n"
    )

    with pytest.raises(SourceError) as problem:
        staging_of(Library().find(str(tmp_path / "shipped.yaml")), "nl")

    assert said in str(problem.value)
    assert "shipped.yaml:" in str(problem.value)


def test_captions_as_text() -> None:
    cues = cut(two_steps(), "en", Pace()).cues

    assert as_vtt(cues, "en").startswith(
        "WEBVTT\nLanguage: en\n\n1\n00:00:02.600 --> 00:00:04.580\nOpen the order.\n"
    )
    assert as_srt(cues).startswith("1\n00:00:02,600 --> 00:00:04,580\nOpen the order.\n")


@pytest.mark.parametrize("text", ["1280", "1281x720", "100x100", "9999x9999", "axb"])
def test_a_size_that_cannot_be(text: str) -> None:
    with pytest.raises(InputError, match=text):
        size_in(text)


def test_no_recording(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no recording"):
        read_timeline(tmp_path)
    (tmp_path / "timeline.json").write_text('{"version": 1}')
    with pytest.raises(InputError, match="is not a recording"):
        read_timeline(tmp_path)
