"""Right profiles: the boutique's adapter, with the recipe of each shape that its pages can take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mock_store.boutique.shapes import SHAPES, Shapes

ADAPTER = Path(__file__).parents[2] / "storefronts/boutique"
LOOKS = frozenset({"role", "label", "placeholder", "text", "css"})
_ALIKE = {"reason=needed": "reason-select"}  # shapes that are followed with the recipe of another
# Without a recipe of their own, the adapter is not right for these.
_NEED_A_RECIPE = frozenset({
    "address=shifted", "count=select", "fee=after", "fee=shown", "fee=unstated", "lines=total",
    "opens=post", "opens=post_cancels", "requested=alert", "sign_in=none", "stamp=glued",
    "stamp=labelled", "title=quantity",
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class Right:
    """A profile without a mistake, as YAML holds it, and the shapes of the shop that it describes.

    *data* is shared by every case: copy it before you change it.
    """

    shape: str  # like `confirm=native`
    data: dict[str, Any]

    @property
    def part(self) -> str:
        return self.shape.partition("=")[0]

    @property
    def value(self) -> str:
        return self.shape.partition("=")[2]

    def worn(self) -> Shapes:
        """The shapes for the store."""
        return Shapes().with_(self.shape)


@cache
def right_profiles() -> tuple[Right, ...]:
    """One for each shape that a profile can describe, in the order in which they are declared."""
    shapes = [f"{part}={value}" for part, values in SHAPES.items() for value in values]
    recipes = {shape: recipe_of(shape) for shape in shapes}
    return tuple(
        Right(shape, merged(base_profile(), recipe))
        for shape, recipe in recipes.items()
        if recipe or shape not in _NEED_A_RECIPE
    )


@cache
def base_profile() -> dict[str, Any]:
    """The adapter of the boutique as it is by itself; shared, so not to be changed."""
    return _read(ADAPTER / "profile.yaml")


def recipe_of(shape: str) -> dict[str, Any]:
    """What a profile must say otherwise for this shape; nothing for most."""
    path = ADAPTER / "shapes" / f"{_ALIKE.get(shape, shape.replace('=', '-'))}.yaml"
    return _read(path) if path.is_file() else {}


def merged(base: Any, over: Any) -> Any:
    """*base* with what *over* says instead, key by key; a null takes a key away."""
    another = isinstance(over, dict) and LOOKS & over.keys()  # a place is replaced as a whole
    if another or not isinstance(base, dict) or not isinstance(over, dict):
        return over
    keys = {**base, **over}
    made = {key: merged(base.get(key), over[key]) if key in over else base[key] for key in keys}
    return {key: value for key, value in made.items() if value is not None}


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read
