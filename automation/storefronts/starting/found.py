"""Everything that a person pointed at so far, and the file that keeps it between two starts."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from automation.errors import InputError
from automation.pages.spots import By, Look
from automation.storefronts.request_keys import BY_SCRIPT

BEGUN = "begun.json"


@dataclass(frozen=True)
class Opens:
    """A control that leads to the last one, and what its link or form asks for."""

    look: Look
    goes_to: str = ""
    sends: str = ""


@dataclass
class Found:
    """Everything that a profile is written from."""

    base_url: str
    addresses: dict[str, str] = field(default_factory=dict)
    number: str = ""
    spots: dict[str, Look] = field(default_factory=dict)  # by part and key: `orders.rows`
    opens: list[Opens] = field(default_factory=list)
    commit: Look | None = None
    goes_to: str = BY_SCRIPT
    sends: str = ""
    states: dict[str, str] = field(default_factory=dict)
    personal: list[str] = field(default_factory=list)  # selectors of what no picture may show
    agreed: dict[str, bool] = field(default_factory=dict)  # by question
    left_out: list[str] = field(default_factory=list)  # keys that the person writes by hand

    def save(self, folder: Path) -> None:
        """Keep it in *folder*, readable by its owner only."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / BEGUN
        path.touch(mode=0o600)
        told = json.dumps(asdict(self), ensure_ascii=False, indent=1, default=lambda by: by.value)
        path.write_text(told, "utf-8")

    @classmethod
    def begun(cls, folder: Path) -> Found | None:
        """What an earlier start kept there; `None` where none did."""
        try:
            told = json.loads((folder / BEGUN).read_text("utf-8"))
        except FileNotFoundError:
            return None
        try:
            return cls(**{**told, **_looks(told)})
        except (KeyError, TypeError, ValueError) as problem:
            raise InputError(
                f"`{folder / BEGUN}` is not what `new-storefront` wrote: {problem}",
                hint="remove it, and begin again",
            ) from None


def forget(folder: Path) -> None:
    """Remove what is written as a profile now."""
    with suppress(FileNotFoundError):
        (folder / BEGUN).unlink()


def _looks(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "spots": {spot: _look(look) for spot, look in told["spots"].items()},
        "opens": [Opens(**{**each, "look": _look(each["look"])}) for each in told["opens"]],
        "commit": _look(told["commit"]),
    }


def _look(told: dict[str, Any] | None) -> Look | None:
    if told is None:
        return None
    return Look(**{**told, "by": By(told["by"]), "words": tuple(told["words"]),
                   "within": _look(told["within"])})  # fmt: skip
