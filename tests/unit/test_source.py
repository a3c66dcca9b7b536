"""What a file may hold, where its values stand, and how much it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.errors import InputError
from automation.source import Mapping, Scalar, SourceError, read_file, read_text
from automation.source.nodes import mapping, scalar, sequence
from automation.source.reading import DEEPEST, LARGEST, MOST_NODES


def test_every_value_knows_where_it_stands() -> None:
    top = mapping(read_text("flow: a\nsteps:\n  - orders.open: $order\n", "a.yaml"), "a flow")

    step = mapping(sequence(top.required("steps", "it"), "steps").items[0], "a step")
    value = scalar(step.values[0], "a value")

    assert str(value.place) == "a.yaml:3:18"
    assert value.text == "$order"


@pytest.mark.parametrize(
    ("written", "null"),
    [("~", True), ("null", True), ("", True), ("no", False), ("off", False), ("'null'", False)],
)
def test_only_null_is_null(written: str, null: bool) -> None:
    top = read_text(f"key: {written}", "a.yaml")

    assert isinstance(top, Mapping)
    assert isinstance(top.values[0], Scalar)
    assert top.values[0].is_null is null


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: " + b"x" * LARGEST)

    with pytest.raises(InputError, match="larger than 256 KiB"):
        read_file(path)


def test_a_deep_file_is_refused() -> None:
    with pytest.raises(SourceError, match=f"nested deeper than {DEEPEST} levels"):
        read_text("[" * 10_000, "deep.yaml")


def test_a_file_of_very_many_values_is_refused() -> None:
    with pytest.raises(SourceError, match=f"more than {MOST_NODES} values"):
        read_text("- a\n" * (MOST_NODES + 1), "long.yaml")


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    laughs = "a: &a [lol, lol]\nb: &b [*a, *a]\nc: [*b, *b]\n"

    with pytest.raises(SourceError, match="anchors are refused"):
        read_text(laughs, "laughs.yaml")


def test_what_is_not_text_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "flow.yaml"
    path.write_bytes(b"flow: a\nsummary: \xff\n")

    with pytest.raises(InputError, match=r"flow\.yaml:2: this is not UTF-8 text"):
        read_file(path)


@pytest.mark.parametrize("make", ["folder", "nothing"])
def test_what_is_no_file_is_told(tmp_path: Path, make: str) -> None:
    path = tmp_path / "flow.yaml"
    if make == "folder":
        path.mkdir()

    with pytest.raises(InputError, match=r"not a file|No such file"):
        read_file(path)


def test_a_wide_character_does_not_shift_the_mark() -> None:
    with pytest.raises(SourceError) as problem:
        read_text("summary: [注文, &a b]", "wide.yaml")

    lines = str(problem.value).splitlines()
    shown = next(line for line in lines if "注文" in line)
    mark = next(line for line in lines if line.lstrip().startswith("^"))
    two_columns_each = 2
    assert mark.index("^") == shown.index("&") + two_columns_each
