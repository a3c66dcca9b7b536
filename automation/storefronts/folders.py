"""Where storefronts are: folders that come with unorder, those of installed packages, any other."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from automation.errors import InputError

GROUP = "unorder.storefronts"  # the entry points of packages that bring one
PROFILE = "profile.yaml"
_HERE = Path(__file__).parent
# Those that only say what differs stand beside the code; a worked example and adapters on top.
_BUNDLED = (_HERE, _HERE.parent / "_storefronts", _HERE.parents[1] / "storefronts")


def known_folders() -> dict[str, Path]:
    """Every storefront that can be named, and its folder. What comes with unorder goes first."""
    found = _installed()
    for root in reversed(_BUNDLED):
        found |= {path.parent.name: path.parent for path in root.glob(f"*/{PROFILE}")}
    return dict(sorted(found.items()))


def folder_of(named: str) -> tuple[Path, str]:
    """The storefront of this name, or in this folder, and what it is opened by again."""
    known = known_folders()
    if named in known:
        return known[named], named
    if (Path(named) / PROFILE).is_file():
        return Path(named), str(Path(named).resolve())
    close = get_close_matches(named, known, n=1)
    raise InputError(
        f"no storefront is called `{named}`, and no folder `{named}` has a profile.yaml",
        hint=f"did you mean `{close[0]}`?" if close else "there are: " + ", ".join(known),
    )


def _installed() -> dict[str, Path]:
    """Those of installed packages. None of their code runs before one of them is opened."""
    found = {}
    for point in entry_points(group=GROUP):
        spec = find_spec(point.value)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            if (Path(folder) / PROFILE).is_file():
                found[point.name] = Path(folder)
    return found
