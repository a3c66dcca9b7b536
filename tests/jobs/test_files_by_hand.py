"""Files that were edited by hand since: told in a sentence, never as a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Command
from plans import NOW, a_plan, resealed, rules_of

from automation.errors import Refused
from automation.jobs.admission import admit
from automation.jobs.plan import Source
from automation.jobs.planning import note
from automation.run.journal import Journal
from automation.run.settings import Settings

AGAIN = "make it again: unorder plan RULES -o PLAN"
HINT = f"\n\nhint: {AGAIN}"
CHANGE = f"change the rules and {AGAIN}"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "runs")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            r'"version": 1, "x": "\ud800"',
            "`{}` was changed since it was written\n\nhint: a plan is not edited; " + CHANGE,
        ),
        (
            r'"version": "\ud800"',
            r"`{}` is a plan of version '\ud800'; this unorder reads 1" + HINT,
        ),
        ('"version": ' + "1" * 5000, "`{}` is not a plan of unorder" + HINT),
    ],
    ids=["half a character", "half a character as its version", "a number without end"],
)
def test_a_plan_is_told_to_be_changed(
    tmp_path: Path, command: Command, more: str, said: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(f'{{"format": "unorder-plan", {more}}}')

    code, _, err = command("apply", str(path))

    assert code == 2
    assert said.format(path) in err


def test_rules_that_are_no_text_any_more_were_changed(tmp_path: Path, journal: Journal) -> None:
    rules = rules_of(tmp_path / "rules.yaml", "robin")
    plan = resealed(a_plan(), source=Source(str(rules.path), rules.sha256, rules.text))
    note(journal, plan)
    rules.path.write_bytes(rules.text.encode() + "# caf\xe9\n".encode("latin-1"))

    with pytest.raises(Refused, match="were changed since this plan was made"):
        admit(plan, journal, Settings(), NOW)
