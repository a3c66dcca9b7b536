"""On which day a profile was right, against what, and how that is known."""

from __future__ import annotations

from datetime import date

from automation.pages.storefront import HowSure, Proof
from automation.source import Node, SourceError
from automation.source.nodes import scalar
from automation.source.shapes import Key, Kind, Shape, one_of


def read_proof(node: Node | None) -> Proof | None:
    """What a profile says under `proof`."""
    if node is None:
        return None
    told: Proof = _SHAPE.read(node)
    return told


def _day(node: Node, what: str) -> date:
    told = scalar(node, what)
    try:
        return date.fromisoformat(told.text)
    except ValueError:
        raise SourceError(f"{what} must be a day", told.place,
                          hint="write it like 2026-11-25") from None  # fmt: skip


def _how_sure(node: Node, what: str) -> HowSure:
    return HowSure(one_of(*(each.value for each in HowSure)).read(node, what))


_SHAPE = Shape(
    Proof,
    "`proof`",
    (
        Key("date", Kind(_day, {}), "The day.", required=True, field="on"),
        Key("against", Kind(lambda node, what: scalar(node, what).string(what), {}),
            "Which store, in which version.", required=True),
        Key("how_sure", Kind(_how_sure, {}), "How it is known.", required=True),
    ),
)  # fmt: skip
