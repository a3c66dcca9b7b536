"""Files that are made from the page objects, and whether they still are."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.flow.library import Library
from automation.flow.schema import schema_text
from automation.flow.vocabulary import vocabulary_text
from automation.jobs.schema import rules_schema_text
from automation.outcome import Outcome

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("path", "make", "command"),
    [
        ("docs/vocabulary.md", vocabulary_text, "unorder words --markdown"),
        ("flows/schema/flow.schema.json", schema_text, "unorder schema"),
    ],
)
def test_is_as_the_page_objects_make_it(path: str, make: object, command: str) -> None:
    assert callable(make)
    made = make(Library().words)

    assert (ROOT / path).read_text() == made, f"stale: {command} > {path}"


def test_the_schema_of_rules_is_as_they_are_read() -> None:
    written = (ROOT / "flows/schema/rules.schema.json").read_text()

    assert written == rules_schema_text(), "stale: unorder schema rules > …/rules.schema.json"


def test_the_table_of_outcomes_is_whole() -> None:
    table = [
        f"| `{each.label}` | {each.exit_code} | {each.sentence()} | {each.again.value} |"
        for each in Outcome
    ]

    written = (ROOT / "docs/outcomes.md").read_text().partition("## States")[0].splitlines()

    assert [line for line in written if line.startswith("| `")] == table


@pytest.mark.parametrize("language", ["nl", "de"])
def test_every_outcome_is_said_in_every_language(language: str) -> None:
    for outcome in Outcome:
        assert outcome.sentence(language) != outcome.sentence("en")
