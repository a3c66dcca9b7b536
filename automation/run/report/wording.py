"""The words in which a run is told, in its language; in English where that is not known."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("en", "nl", "de")


class Wording:
    """Looks up texts by key. A missing key is an error, never a blank."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"

    def __call__(self, key: str, **parts: object) -> str:
        text = _texts()[key][self.language]
        return text.format(**parts) if parts else text


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = files("automation.run.report").joinpath("words.yaml").read_text("utf-8")
    texts: dict[str, dict[str, str]] = yaml.safe_load(text)
    return texts
