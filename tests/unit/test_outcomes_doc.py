"""docs/outcomes.md names every state, and says of each what the code does."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from orders import order

from automation.pages.readings import State, Way
from automation.pages.values import Items
from automation.run.judgement import Verdict, before_the_click

DOC = Path(__file__).parents[2] / "docs/outcomes.md"


def test_the_table_of_states_says_what_the_code_does() -> None:
    table = DOC.read_text().partition("## States")[2]
    rows = re.findall(r"^\| (`[^|]+) \| [^|]+ \| `(\w+)` \|$", table, re.MULTILINE)
    told = {name: end for names, end in rows for name in re.findall(r"`(\w+)`", names)}

    assert told == {state.value: _end(state) for state in State if state is not State.UNREADABLE}


def _end(state: State) -> str:
    seen = order(("Desk lamp", state))
    judged = before_the_click(
        replace(seen, items=tuple(replace(item, way=Way.NONE) for item in seen.items)), Items()
    )
    assert isinstance(judged, Verdict)
    return judged.outcome.label
