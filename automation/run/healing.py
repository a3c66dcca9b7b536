"""What was not found where a profile looks first, and how to put the profile right."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

from automation.pages.spots import Spot
from automation.pages.storefront import Storefront
from automation.run.places import write_private
from automation.storefronts.folders import PROFILE

PATCH = "profile.patch"


def heal(storefront: Storefront, folder: Path) -> list[str]:
    """A note for each such spot, and in the run's *folder* a patch that moves what worked up."""
    if storefront.description is None:
        return []
    found = storefront.description.fallbacks.take()
    notes = [
        f"{PROFILE}:{spot.lines[0]}: `{spot.called}` was not found as {spot.looks[0]}, "
        f"but as {spot.looks[number]}"
        for spot, number in found.items()
    ]
    patch = _patch(storefront, found) if found else ""
    if patch:
        write_private(folder / PATCH, patch.encode())
        notes.append(f"{PATCH}, beside the report, moves what was found up; read it first")
    return notes


def _patch(storefront: Storefront, found: dict[Spot, int]) -> str:
    if storefront.folder is None:
        return ""
    try:
        before = (storefront.folder / PROFILE).read_text("utf-8").splitlines(keepends=True)
    except OSError:
        return ""
    after = list(before)
    for spot, number in found.items():
        own = list(spot.lines)
        if own != list(range(own[0], own[0] + len(own))):
            continue  # not a line each: a person moves them better
        ways = [before[line - 1] for line in own]
        moved = [ways[number], *ways[:number], *ways[number + 1 :]]
        after[own[0] - 1 : own[0] - 1 + len(own)] = moved
    return "".join(unified_diff(before, after, f"a/{PROFILE}", f"b/{PROFILE}"))
